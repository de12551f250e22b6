/** The parts that pages are put together from. */
import { el, freshId, svg } from './dom.js';
import { name } from './text.js';
import { words } from './format.js';

/** The top of a page. The heading takes the focus when the page is opened. */
export function head(title, { under = null, actions = [], crumb = null } = {}) {
  return el('div.head', {},
    el('div', {}, crumb ? el('a.crumb', { href: crumb.href, text: `‹ ${crumb.text}` }) : null,
      el('h1', { tabindex: -1 }, title), under ? el('div.under-title', {}, under) : null),
    actions.length ? el('div.actions', {}, actions) : null);
}

/** A box with a heading. */
export function card(title, body, { actions = [], padded = true, level = 'h2' } = {}) {
  const id = freshId('card');
  return el('section.card', { 'aria-labelledby': id },
    el('header', {}, el(level, { id }, title), actions), padded ? el('div.body', {}, body) : body);
}

export const badge = (text, tone = '') => el('span.badge', { class: tone }, name(words(text)));

const tones = {
  ok: 'good', connected: 'good', success: 'good', allow: 'good', enforce: 'good', resolved: 'good', up: 'good',
  healthy: 'good', running: 'good', completed: 'good', done: 'good', active: 'good', closed: 'good', verified: 'good',
  degraded: 'warn', connecting: 'warn', partial: 'warn', warn: 'warn', 'require-approval': 'warn', mitigated: 'warn',
  medium: 'warn', sev1: 'bad', sev2: 'bad', sev3: 'warn', contested: 'warn', shadow: 'warn', idle: 'warn',
  unknown: 'warn', expired: 'warn', requeued: 'warn',
  failing: 'bad', failure: 'bad', failed: 'bad', deny: 'bad', down: 'bad', critical: 'bad', high: 'bad', open: 'bad',
  error: 'bad', retracted: 'bad', suspended: 'bad', contradicted: 'bad', unreachable: 'bad', offline: 'bad',
  disconnected: 'bad', refused: 'bad', received: 'good', claimed: 'info', investigating: 'info', assigned: 'info',
  queued: 'info', transform: 'info', annotate: 'info',
};
/** Whether a word is good news: `good`, `warn`, `bad`, `info` or ''. */
export const tone = (word) => tones[word] ?? '';
/** A word in the colour of what it means. */
export const state = (word) => badge(word, tone(word));

/** Words of this page, with `commands` set apart. */
export const prose = (text) => text.split('`').map((part, place) => (place % 2 ? el('code', { text: part }) : part));

/** Where there is nothing: why, and what to do about it. */
export const empty = (title, hint) => el('div.empty', {}, el('strong', { text: title }),
  el('span', {}, typeof hint === 'string' ? prose(hint) : hint));

/** Something that everybody should see. */
export const notice = (text, kind = 'warn', title = '') =>
  el(`div.notice.${kind}`, {}, title ? el('strong', { text: title }) : null, prose(text));

/** Names and values; what is empty is left out. */
export function facts(pairs) {
  const there = pairs.filter(([, value]) => ![null, undefined, ''].includes(value) && value.length !== 0);
  return el('dl.facts', {}, there.flatMap(([label, value]) => [
    el('dt', { text: label }), el('dd', {}, value instanceof Node || Array.isArray(value) ? value : name(value))]));
}

/** A table. A column is `{label, cell, number}`; on a phone each row becomes a block. */
export function table(label, columns) {
  const body = el('tbody', { role: 'rowgroup' });
  const whole = el('table', { role: 'table', 'aria-label': label },
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, columns.map((column) =>
        el('th', { role: 'columnheader', scope: 'col', class: column.number ? 'number' : '', text: column.label })))),
    body);
  const row = (item) => el('tr', { role: 'row' }, columns.map((column) =>
      el('td', { role: 'cell', class: column.number ? 'number' : '', 'data-label': column.label }, column.cell(item))));
  return { element: whole, body, row };
}

/** A share of a whole as a bar, with what it is called and what it amounts to. */
export function bar(label, share, text, kind = '') {
  const width = Math.max(0, Math.min(100, share * 100));
  return el('div.bar', { class: kind }, el('span', { title: label }, name(label)),
    svg('svg', { viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      svg('rect', { class: 'ground', width: 100, height: 8 }),
      svg('rect', { class: 'value', width, height: 8 })),
    el('span', { text }));
}

/** A field of a form with its label. */
export function field(label, control, kind = '') {
  control.id ||= freshId('field');
  return el('div.field', { class: kind }, el('label', { for: control.id, text: label }), control);
}

/** A choice; an option is a text or `[value, text]`. */
export function select(options, value = '', attributes = {}) {
  const element = el('select', attributes, options.map((option) => {
    const [key, text] = Array.isArray(option) ? option : [option, words(option)];
    return el('option', { value: key, text });
  }));
  if (options.some((option) => (Array.isArray(option) ? option[0] : option) === value)) element.value = value;
  return element;
}

/** A button that is switched off while what it does is under way. */
export function doing(kind, text, action, attributes = {}) {
  const button = el(kind, { text, ...attributes, on: { click: async () => {
    button.disabled = true;
    try { await action(); } finally { button.disabled = false; }
  } } });
  return button;
}
