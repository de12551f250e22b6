/** Who works here: the roster of all nodes. */
import { path, post } from './api.js';
import { time } from './clock.js';
import { confirm } from './dialog.js';
import { el, svg } from './dom.js';
import { listing } from './listing.js';
import { badge, state } from './parts.js';
import { say } from './said.js';
import { isOperator } from './session.js';
import { excerpt, name } from './text.js';

export const agents = {
  title: 'Agents',
  topics: ['agent', 'members'],
  every: 5,
  open: (page) => listing(page, {
    title: 'Agents', under: 'Who works on the nodes of this hive, what they can do, and whether they are there.',
    path: '/api/v1/agents', fixed: { limit: 100 }, key: (one) => one.address,
    filters: [{ name: 'q', label: 'Search', grow: true },
      { name: 'state', label: 'State', options: [['', 'All but the retired'], 'active', 'idle', 'suspended',
        'retired'] },
      { name: 'role', label: 'Role' }, { name: 'capability', label: 'Capability' }],
    columns: [
      { label: 'Agent', cell: (one) => [el('strong', {}, name(one.name)), one.claimed ? badge('claimed', 'warn') : null,
        el('span.under', {}, name(one.description ?? one.client ?? one.model ?? ''))] },
      { label: 'State', cell: (one) => [state(one.state), one.reason ? el('span.under', {}, name(one.reason)) : null] },
      { label: 'Role', cell: (one) => name(one.role ?? '') },
      { label: 'Can do', cell: (one) => (one.capabilities?.cognitive ?? []).flatMap((word) => [badge(word), ' ']) },
      { label: 'Busy with', cell: load },
      { label: 'Node', cell: (one) => name(one.nodeName ?? one.node.slice(0, 8)) },
      { label: 'Last seen', cell: (one) => time(one.lastSeen) ?? 'never' },
      { label: 'Do', cell: (one) => (isOperator() && one.registered !== false ? controls(page, one) : '') },
    ],
    empty: ['No agent fits',
      '`hivectl agents install claude-code` sets one up; `hivectl agents register NAME` enters one by hand.'],
  }),
};

/** What an agent said with its last sign of life. */
function load({ pulse }) {
  if (!pulse) return el('span.faint', { text: 'not heard of' });
  const share = typeof pulse.load === 'number' ? Math.min(1, Math.max(0, pulse.load)) : null;
  const doing = pulse.status ?? pulse.task ?? '';
  return [share === null ? null : el('span.load', { title: 'load' },
    svg('svg', { viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      svg('rect', { class: 'ground', width: 100, height: 8 }),
      svg('rect', { class: 'value', width: share * 100, height: 8 })),
    el('span', { text: `${Math.round(share * 100)} %` })), doing ? excerpt(doing, { length: 80 }) : null];
}

function controls(page, one) {
  const change = (verb, done, body = {}) => page.attempt(async () => {
    await post(`${path('agents', one.address)}/${verb}`, body);
    say(done);
  });
  const asking = (verb, title, text, done) => el('button.small.danger',
    { text: title, 'aria-label': `${title} ${one.name}`, on: { click: async () => {
      const reason = await confirm(`${title} ${one.name}`, text, { action: title, reason: 'Why' });
      if (reason !== null) await change(verb, done, reason ? { reason } : {});
    } } });
  if (one.state === 'retired') return '';
  return el('div.actions', {}, one.state === 'suspended'
      ? el('button.small', { text: 'Resume', 'aria-label': `Resume ${one.name}`,
        on: { click: () => change('resume', 'It is given tasks again.') } })
      : asking('suspend', 'Suspend', 'It is given nothing to do any more.', 'Suspended.'),
    asking('retire', 'Retire', 'It leaves the roster until it registers again.', 'Retired.'));
}
