/** The law: the sets in force, what is wrong with them, and every rule. */
import { query } from './api.js';
import { el } from './dom.js';
import { count, many } from './format.js';
import { filterForm } from './listing.js';
import { keyed, shown } from './keyed.js';
import { badge, empty, head, notice, state, table } from './parts.js';
import { name } from './text.js';

const filters = [
  { name: 'q', label: 'Name', grow: true },
  { name: 'effect', label: 'Effect', options: [['', 'Any'], 'deny', 'require-approval', 'warn', 'allow', 'transform',
    'annotate', 'set', 'append', 'merge'] },
  { name: 'enforcement', label: 'Enforcement', options: [['', 'Any'], 'enforce', 'warn', 'shadow', 'disabled'] },
];

const columns = [
  { label: 'Rule', cell: (rule) => el('a', { href: `#/rules/${encodeURIComponent(rule.name)}`, 'data-entry': '' },
    name(rule.name)) },
  { label: 'Effect', cell: (rule) => state(rule.effect) },
  { label: 'Enforcement', cell: (rule) => (rule.enabled ? state(rule.enforcement) : badge('disabled')) },
  { label: 'Priority', number: true, cell: (rule) => count(rule.priority) },
  { label: 'Scope', cell: (rule) => name(rule.scope ?? '') },
  { label: 'Type', cell: (rule) => name(rule.type ?? '') },
  { label: 'Set', cell: (rule) => name(rule.set ?? '') },
  { label: 'Version', number: true, cell: (rule) => String(rule.version) },
];

export const rules = {
  title: 'Rules',
  topics: ['rules', 'members'],
  every: 5,
  open(page) {
    const form = filterForm(page, filters, () => page.refresh());
    const rows = table('Rules', columns);
    const summary = el('p', { role: 'status', text: 'Looking' });
    const law = el('div.stack');
    const waiting = el('div.skeleton');
    const none = el('div', { hidden: true });
    page.root.append(head('Rules',
      { under: summary, actions: [el('a.button', { href: '#/decisions', text: 'Decisions' })] }),
      el('div.stack', {}, law, el('section.card', { 'aria-label': 'Rules' }, form.element, waiting, rows.element,
        none)));
    rows.element.hidden = true;
    return async () => {
      const [all, status] = await Promise.all([page.get('/api/v1/rules'), page.get('/api/status')]);
      const { q, effect, enforcement } = form.values();
      const found = all.items.filter((rule) => rule.name.includes(q) && (!effect || rule.effect === effect)
          && (!enforcement || (rule.enabled ? rule.enforcement : 'disabled') === enforcement))
        .sort((one, other) => other.priority - one.priority || one.name.localeCompare(other.name));
      shown(law, [status.ruleSets, status.health.reasons], () => inForce(status));
      keyed(rows.body, found, (rule) => `${rule.set}/${rule.name}`, rows.row);
      rows.element.hidden = !found.length;
      summary.textContent = `${many(all.items.length, 'rule')} in ${many(status.ruleSets.length, 'set')}`;
      waiting.remove();
      none.hidden = found.length > 0;
      shown(none, all.items.length, (number) => (number ? empty('No rule fits', 'Choose other filters.')
          : empty('No rules are in force',
            '`hivectl rules push pack:devops-safety` puts rules in force that come with Hive.')));
    };
  },
};

function inForce(status) {
  const problems = (status.health.reasons ?? []).filter((reason) => /rule set|law of the hive/u.test(reason));
  return [
    problems.map((problem) => notice(problem, 'bad', 'Not as it should be')),
    status.ruleSets.length ? el('p.line', {}, 'In force:', status.ruleSets.map((set) => badge(set, 'good'))) : null,
  ];
}

/** The address of the decisions of one rule. */
export const decisionsOf = (rule) => `#/decisions${query({ rule })}`;
