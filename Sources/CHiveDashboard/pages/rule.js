/** One rule: its text, its versions, its last decisions, and whether it decides. */
import { path, post, query } from './api.js';
import { time } from './clock.js';
import { confirm } from './dialog.js';
import { el, regions } from './dom.js';
import { author, count, shortId } from './format.js';
import { keyed, shown } from './keyed.js';
import { card, empty, facts, head, state, badge } from './parts.js';
import { decisionsOf } from './rules.js';
import { say } from './said.js';
import { isOperator } from './session.js';
import { name, whole } from './text.js';
import { verdict } from './verdict.js';

export const rule = {
  title: 'Rule',
  topics: ['rules'],
  every: 5,
  open(page) {
    const [id] = page.params;
    page.title = id;
    const parts = regions('div.stack', 'top', 'text', 'side');
    const list = el('ol.rows', { 'aria-label': 'Its last decisions' });
    const none = el('div', { hidden: true },
      empty('It decided nothing lately', 'Decisions are remembered until the node ends.'));
    parts.text.append(el('div.skeleton'));
    page.root.append(parts.top, el('div.columns.wide', {}, el('div.stack', {}, parts.text, isOperator()
        ? card('Its last decisions', [list, none],
          { padded: false, actions: [el('a.button.small', { href: decisionsOf(id), text: 'All of them' })] }) : null),
      parts.side));
    return async () => {
      const found = await page.get(path('rules', id));
      shown(parts.top, found, () => head(name(id), { crumb: { href: '#/rules', text: 'Rules' },
        under: el('span.line', {}, state(found.effect), found.enabled ? state(found.enforcement) : badge('disabled'),
          name(found.set ?? '')),
        actions: isOperator() ? [control(page, found)] : [] }));
      shown(parts.text, found.text,
        (text) => card('Text', el('pre.source', { tabindex: 0, 'aria-label': 'Text of the rule' },
          whole(text, 'span'))));
      shown(parts.side, found, () => [card('About', facts([['Priority', count(found.priority)], ['Scope', found.scope],
        ['Type', found.type], ['Version', found.version]])), versions(found.history ?? [])]);
      if (!isOperator()) return;
      const { items } = await page.get(`/api/v1/decisions${query({ rule: id, limit: 10 })}`);
      keyed(list, items, (one) => one.id, verdict);
      none.hidden = items.length > 0;
    };
  },
};

const versions = (history) => card('Versions', el('ol.timeline', {}, history.map((one) => el('li', {},
  el('p.line', {}, el('strong', { text: `Version ${one.version}` }), one.active ? badge('in force', 'good') : null,
    name(author(one.author)), time(one.time), one.digest ? el('code', { text: shortId(one.digest) }) : null)))));

function control(page, found) {
  const change = (verb, done) => page.attempt(async () => {
    await post(`${path('rules', found.name)}/${verb}`);
    say(done);
  });
  if (!found.enabled) return el('button',
    { text: 'Enable', on: { click: () => change('enable', 'It decides again, on every node.') } });
  return el('button.danger', { text: 'Disable', on: { click: async () => {
    const yes = await confirm(`Disable ${found.name}`, 'It decides no longer, on any node of the hive.',
      { action: 'Disable' });
    if (yes !== null) await change('disable', 'It decides no longer.');
  } } });
}
