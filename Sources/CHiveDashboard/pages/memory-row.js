/** A memory in a list: what it says, where it is from, and why it was found. */
import { el } from './dom.js';
import { author, percent, shortId } from './format.js';
import { badge, bar, state } from './parts.js';
import { excerpt, name } from './text.js';
import { time } from './clock.js';

export const address = (id) => `#/memories/${encodeURIComponent(id)}`;

/** What sets a memory apart, as badges. */
export function marks(memory) {
  const { lifecycle, epistemic = {} } = memory;
  return [
    memory.contested ? badge('contested', 'warn') : null,
    epistemic.retraction ? badge('retracted', 'bad') : null,
    lifecycle?.pinned ? badge('pinned', 'accent') : null,
    lifecycle?.core ? badge('core', 'accent') : null,
    lifecycle?.archived ? badge('archived') : null,
  ];
}

/** One entry of a list of memories. `terms` are marked in it. */
export function memoryRow(memory, terms = []) {
  const text = memory.content ?? (memory.content === null ? 'Its text is on the way from another node.' : '');
  const believed = memory.epistemic?.effectiveConfidence;
  return el('li', {}, el('div.hit', {},
    el('a', { href: address(memory.id), 'data-entry': '' }, excerpt(text, { terms })),
    el('span.score', {}, typeof believed === 'number'
        ? el('span', { title: 'how far it is believed', text: percent(believed) }) : ''),
    el('p.line', {}, badge(memory.kind), marks(memory),
      memory.episode?.outcome ? state(memory.episode.outcome) : null,
      el('span', {}, name(memory.scope)), memory.category ? el('span', {}, name(memory.category)) : null,
      el('span', {}, name(author(memory.author))), time(memory.updatedAt),
      memory.tags.slice(0, 8).map((tag) => el('span.tag', {}, name(`#${tag}`)))),
    memory.why ? why(memory) : null));
}

/** What a score is made of. */
function why({ score, why: parts }) {
  const named = [['Words', parts.words], ['Meaning', parts.meaning], ['Recency', parts.recency],
    ['Confidence', parts.confidence], ['Trust', parts.trust]].filter(([, value]) => typeof value === 'number');
  const found = parts.words !== null && parts.meaning !== null ? 'by its words and its meaning'
    : parts.words !== null ? 'by its words' : 'by its meaning';
  return el('details', {}, el('summary', { text: `Found ${found}, ${score.toFixed(3)}` }),
    el('div', {}, named.map(([label, value]) => bar(label, value, value.toFixed(2))),
      parts.model ? el('p.faint', { text: `Compared by ${parts.model}` }) : null,
      parts.degraded ? el('p.faint', { text: parts.degraded }) : null));
}

/** A link to a memory of which only the id is known. */
export const memoryLink = (id, text = shortId(id)) => el('a.mono', { href: address(id), text });
