/**
 * Texts of other people. They may be very long, turn the direction of writing, or hold characters that cannot be seen;
 * none of that may change how the rest of the page reads.
 */
import { el } from './dom.js';
import { bytes } from './format.js';

/** Characters that steer instead of being read: controls, marks of direction, those without a width. */
const steering = new RegExp('[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u061C'
    + '\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060\\u2066-\\u2069\\uFEFF]', 'u');
const shownAtOnce = 4000;

/** Text with its steering characters made visible, and `terms` marked. A list of nodes. */
export function visible(text, terms = []) {
  const nodes = [];
  let rest = '';
  for (const character of text) {
    if (!steering.test(character) || character === '\r') {
      rest += character;
      continue;
    }
    if (rest) nodes.push(...marked(rest, terms));
    rest = '';
    const code = character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0');
    nodes.push(el('span.control', { text: `U+${code}`, title: 'a character that cannot be seen' }));
  }
  if (rest) nodes.push(...marked(rest, terms));
  return nodes;
}

/** Marks words that begin like one of the terms. */
function marked(text, terms) {
  if (!terms.length) return [text];
  const starts = terms.map((term) => term.toLowerCase());
  return text.split(/([\p{L}\p{N}]+)/u).filter(Boolean).map((part) => {
    const word = part.toLowerCase();
    return starts.some((term) => word.startsWith(term)) ? el('mark', { text: part }) : part;
  });
}

/** One line or a few of it: line breaks become spaces, what is too long is cut. */
export function excerpt(text, { length = 280, terms = [] } = {}) {
  const flat = String(text ?? '').slice(0, length * 2).replace(/\s+/gu, ' ').trim();
  const cut = flat.length > length ? `${flat.slice(0, length)}…` : flat;
  return el('bdi', { dir: 'auto' }, visible(cut, terms));
}

/** A name or a word: kept apart from what stands around it. */
export const name = (text) => el('bdi', { dir: 'auto' }, visible(String(text ?? '').slice(0, 300)));

/** A whole text. What is very long is shown when it is asked for. */
export function whole(text, kind = 'div.text') {
  const full = String(text ?? '');
  const body = el(kind, { dir: 'auto' }, visible(full.slice(0, shownAtOnce)));
  if (full.length <= shownAtOnce) return body;
  const size = bytes(new TextEncoder().encode(full).length);
  const more = el('button.small', {
    text: `Show all of it (${size})`,
    on: { click: () => { body.replaceChildren(...visible(full)); more.remove(); body.focus(); } },
  });
  body.tabIndex = -1;
  body.append('…');
  return el('div', {}, body, more);
}
