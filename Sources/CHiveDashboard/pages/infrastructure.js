/** What runs where, and in what state, machine by machine. */
import { path, query } from './api.js';
import { time } from './clock.js';
import { open } from './dialog.js';
import { el } from './dom.js';
import { author, plain } from './format.js';
import { filterForm } from './listing.js';
import { keyed } from './keyed.js';
import { badge, card, empty, head, state, tone } from './parts.js';
import { complain } from './said.js';
import { excerpt, name } from './text.js';

const filters = [{ name: 'machine', label: 'Machine' },
  { name: 'status', label: 'Status', options: [['', 'Any'], 'ok', 'degraded', 'down', 'unknown'] }];

export const infrastructure = {
  title: 'Infrastructure',
  topics: ['memory'],
  open(page) {
    const form = filterForm(page, filters, () => page.refresh());
    const list = el('div.stack');
    const waiting = el('div.skeleton');
    const none = el('div.card', { hidden: true },
      empty('Nothing is recorded', '`hivectl infra record web-3/nginx --status ok` records a state.'));
    page.root.append(head('Infrastructure', { under: 'The last known state of what runs where.' }),
      el('div.stack', {}, el('section.card', { 'aria-label': 'Filters' }, form.element), waiting, list, none));
    return async () => {
      const { items } = await page.get(`/api/v1/infrastructure${query({ ...form.values(), limit: 500 })}`);
      const machines = [...Map.groupBy(items, (one) => one.machine)];
      keyed(list, machines.sort(([one], [other]) => one.localeCompare(other)), ([machine]) => machine,
        ([machine, components]) => card(name(machine),
          el('div.machine', {}, components.map((one) => component(page, one))),
          { actions: [badge(`${components.length}`)] }));
      waiting.remove();
      none.hidden = items.length > 0;
    };
  },
};

function component(page, one) {
  const values = Object.entries(one.values ?? {}).slice(0, 6);
  return el('article.component', { class: tone(one.status) },
    el('p.line', {}, el('strong', {}, name(one.component || 'machine')), state(one.status),
      one.contested ? badge('contested', 'warn') : null),
    el('p.line', {}, 'seen ', time(one.observedAt), one.previousStatus
        ? el('span', {}, 'was ', name(one.previousStatus)) : null),
    values.length ? el('p.line', {}, values.map(([key, value]) => el('span', {}, name(`${key} ${plain(value)}`))))
      : null,
    one.note ? el('p.small', {}, excerpt(one.note)) : null,
    el('button.quiet.small', { text: 'History', 'aria-label': `History of ${one.component} on ${one.machine}`,
      on: { click: () => history(page, one) } }));
}

async function history(page, one) {
  try {
    const past = await page.get(
      `${path('infrastructure', one.machine, one.component)}/history${query({ scope: one.scope })}`);
    await open(`${one.component} on ${one.machine}`, el('ol.timeline', {}, past.items.map((entry) => el('li', {},
      el('p.line', {}, state(entry.status), time(entry.observedAt), name(author(entry.author))),
      entry.note ? el('p.small', {}, excerpt(entry.note)) : null))));
  } catch (problem) { complain(problem); }
}
