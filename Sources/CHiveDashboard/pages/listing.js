/** Pages that are a list with filters: the same for everything that the node lists. */
import { query } from './api.js';
import { el } from './dom.js';
import { keyed } from './keyed.js';
import { empty, field, head, select, table } from './parts.js';

const typingPause = 250;

/**
 * Builds the page and returns how it is brought up to date.
 *
 * `path` answers `{items, next}`. A filter is `{name, label, options}` or, without options, a field to write in.
 * Nothing is asked before the form says enough to be `ready`. Items are rows of a table with `columns`, or entries
 * made by `item`. `empty` is `[title, hint]`; `above` stands over the list.
 */
export function listing(page, options) {
  const { title, under, path, actions = [], filters = [], fixed = {}, ready = () => true } = options;
  const { label = title, columns = null, item = null, key = (one) => one.id, above = null } = options;
  const rows = columns ? table(label, columns) : null;
  const list = rows ? rows.body : el('ol.rows', { 'aria-label': label });
  const nothing = el('div', { hidden: true }, empty(...options.empty));
  const more = el('button.small', { text: 'Show more' });
  const foot = el('div.more', { hidden: true }, more);
  const waiting = el('div.skeleton');
  const state = { pages: 1 };
  const form = filterForm(page, filters, () => { state.pages = 1; page.refresh(); });
  more.addEventListener('click', () => { state.pages += 1; page.refresh(); });
  page.root.append(head(title, { under, actions }), above ? el('div.above', {}, above) : '',
    el('section.card', { 'aria-label': label }, form.element, waiting, rows ? rows.element : list, nothing, foot));
  if (rows) rows.element.hidden = true;
  return async () => {
    const values = form.values();
    const found = ready(values)
      ? await pages(page, path, { ...fixed, ...values }, state.pages) : { items: [], next: null };
    keyed(list, found.items, key, rows ? rows.row : item);
    waiting.remove();
    if (rows) rows.element.hidden = !found.items.length;
    nothing.hidden = found.items.length > 0;
    foot.hidden = !found.next;
    return found;
  };
}

/** As many pages of the list as are shown. */
async function pages(page, path, fields, number) {
  const items = [];
  let next = null;
  for (let turn = 0; turn < number && (turn === 0 || next); turn += 1) {
    const found = await page.get(path + query({ ...fields, cursor: next }));
    items.push(...found.items);
    next = found.next;
  }
  return { items, next };
}

/** A form whose fields stand in the address; a change asks anew. */
export function filterForm(page, filters, onChange) {
  const controls = filters.map(({ name, options }) => {
    const value = page.query.get(name) ?? (options ? options[0][0] : '');
    const control = options ? select(options, value) : el('input', { type: 'search', value, autocomplete: 'off' });
    control.name = name;
    return control;
  });
  const values = () => Object.fromEntries(controls.map((control) => [control.name, control.value.trim()]));
  let timer = null;
  const changed = () => {
    if (page.signal.aborted) return;
    page.remember(values());
    onChange();
  };
  const fields = filters.map(({ label, grow }, place) => field(label, controls[place], grow ? 'grow' : ''));
  const rare = fields.filter((_, place) => filters[place].rare);
  const isUsed = filters.some(({ name, rare: seldom }) => seldom && page.query.get(name));
  const element = el('form.filters', { role: 'search', hidden: !filters.length, on: {
    submit: (event) => { event.preventDefault(); clearTimeout(timer); changed(); },
    change: changed,
    input: (event) => {
      if (event.target.tagName !== 'INPUT') return;
      clearTimeout(timer);
      timer = setTimeout(changed, typingPause);
    },
  } }, fields.filter((one) => !rare.includes(one)),
    rare.length ? el('details', { open: isUsed }, el('summary', { text: 'More filters' }), el('div', {}, rare)) : null);
  return { element, values, controls };
}
