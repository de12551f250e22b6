/** Search by words and by meaning. */
import { query } from './api.js';
import { el } from './dom.js';
import { count } from './format.js';
import { filterForm } from './listing.js';
import { keyed } from './keyed.js';
import { memoryRow } from './memory-row.js';
import { empty, head, notice } from './parts.js';

const size = 25;
const day = 86400000;
const kinds = [['', 'Any kind'], 'semantic', 'episodic', 'procedural', 'instant'];
const spans = [['', 'Any time'], ['1', 'The last day'], ['7', 'The last 7 days'], ['30', 'The last 30 days']];
const states = [['', 'Any'], 'observed', 'reported', 'inferred', 'contested', 'hearsay', 'hypothetical', 'retracted'];

const filters = [
  { name: 'q', label: 'Search', grow: true },
  { name: 'kind', label: 'Kind', options: kinds },
  { name: 'scope', label: 'Scope', options: [['', 'Any scope']] },
  { name: 'days', label: 'Changed', options: spans },
  { name: 'tag', label: 'Tag' },
  { name: 'category', label: 'Category', rare: true },
  { name: 'agent', label: 'Written by', rare: true },
  { name: 'status', label: 'Known by', options: states, rare: true },
  { name: 'by', label: 'Found by', options: [['', 'Words and meaning'], ['words', 'Words only']], rare: true },
  { name: 'archived', label: 'Archived', options: [['', 'Left out'], ['true', 'Included']], rare: true },
];

/** What the form says as the node's own parameters. */
function parameters({ q, days, by, ...others }, pages) {
  const since = days ? new Date(Math.floor((Date.now() - days * day) / 60000) * 60000).toISOString() : '';
  return query({
    ...others, q, since, semantic: by === 'words' ? 'false' : '', explain: q ? 'true' : '', limit: size * pages,
  });
}

export const memories = {
  title: 'Memories',
  topics: ['memory'],
  open(page) {
    const state = { pages: 1, scopes: false };
    const form = filterForm(page, filters, () => { state.pages = 1; page.refresh(); });
    const list = el('ol.rows', { 'aria-label': 'Memories' });
    const summary = el('p', { role: 'status', text: 'Searching' });
    const missing = el('div', { hidden: true },
      empty('Nothing found', 'Fewer words or filters find more. `hivectl memory add` remembers something.'));
    const degraded = el('div');
    const waiting = el('div.skeleton');
    const more = el('div.more', { hidden: true },
      el('button.small', { text: 'Show more', on: { click: () => { state.pages += 1; page.refresh(); } } }));
    page.root.append(head('Memories', { under: summary }), degraded,
      el('section.card', { 'aria-label': 'Search and results' }, form.element, waiting, list, missing, more));
    return async () => {
      if (!state.scopes) await offerScopes(page, form);
      state.scopes = true;
      const values = form.values();
      const found = await page.get(`/api/v1/memories${parameters(values, state.pages)}`);
      keyed(list, found.items, (hit) => hit.id, (hit) => memoryRow(hit, wordsOf(values.q, hit)));
      summary.textContent = found.items.length
        ? `${count(found.items.length)}${found.next ? ' of more' : ''}, the ${values.q ? 'best' : 'newest'} first`
        : 'None';
      degraded.replaceChildren(...(found.degraded ? [notice(found.degraded)] : []));
      waiting.remove();
      missing.hidden = found.items.length > 0;
      more.hidden = !found.next;
    };
  },
};

/** What to mark in a hit: what was asked for, and what the node looked for instead. */
const wordsOf = (q, hit) => [...q.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2), ...hit.why?.terms ?? []];

async function offerScopes(page, form) {
  const scopes = await page.get('/api/v1/scopes');
  const control = form.controls.find(({ name }) => name === 'scope');
  const chosen = page.query.get('scope') ?? '';
  for (const { name } of scopes.items) control.append(el('option', { value: name, text: name }));
  control.value = chosen;
}
