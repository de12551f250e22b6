/** Encrypted copies of this node, and where else they are. */
import { post } from './api.js';
import { time } from './clock.js';
import { el } from './dom.js';
import { bytes, many, shortId } from './format.js';
import { keyed, shown } from './keyed.js';
import { badge, card, doing, empty, head, notice, state, table } from './parts.js';
import { say } from './said.js';
import { isOperator } from './session.js';
import { name } from './text.js';

const columns = [
  { label: 'Made', cell: (one) => time(one.createdAt) },
  { label: 'Size', number: true, cell: (one) => bytes(one.bytes) },
  { label: 'Kind', cell: (one) => [badge(one.scheduled ? 'scheduled' : 'asked for'),
    one.exported ? badge('key exported', 'info') : null] },
  { label: 'Readable until', cell: (one) => time(one.keptUntil) },
  { label: 'Copies', cell: (one) => (one.mirrors?.length ? one.mirrors.map((peer) => [badge(peer, 'good'), ' ']).flat()
      : el('span.faint', { text: 'only here' })) },
  { label: 'File', cell: (one) => el('code', {}, name(one.path)) },
];

export const backups = {
  title: 'Backups',
  every: 10,
  open(page) {
    if (!isOperator()) {
      page.root.append(head('Backups'),
        notice('Only an operator may look at backups. Sign in with an operator\'s link.', 'info'));
      return async () => undefined;
    }
    const rows = table('Backups', columns);
    const none = el('div', { hidden: true },
      empty('There is no backup', 'Make one now, or have them made by `backup: {every: 24h}` in hive.yaml.'));
    const elsewhere = el('div.stack');
    const make = doing('button.primary', 'Make a backup', () => page.attempt(async () => {
      const made = await post('/api/v1/backups');
      say(`Written: ${bytes(made.bytes)}. Keep its key elsewhere: \`hivectl backup key\` writes it to a file.`);
    }));
    page.root.append(head('Backups', { under: 'A copy on the same disk is lost with it.', actions: [make] }),
      el('div.stack', {}, card('On this node', [rows.element, none], { padded: false }), elsewhere));
    rows.element.hidden = true;
    return async () => {
      const [list, mirrors] = await Promise.all([page.get('/api/v1/backups'), page.get('/api/v1/backups/mirrors')]);
      keyed(rows.body, list.items, (one) => one.id, rows.row);
      rows.element.hidden = !list.items.length;
      none.hidden = list.items.length > 0;
      shown(elsewhere, mirrors, () => [kept(mirrors.peers ?? []), held(mirrors)]);
    };
  },
};

const kept = (peers) => (peers.length ? card('With peers', el('ul.rows', {}, peers.map((peer) => el('li', {},
  el('p.line', {}, el('strong', {}, name(peer.name ?? shortId(peer.node))),
    state(peer.connected ? 'connected' : 'offline'),
    `${many(peer.backups.filter((one) => one.whole).length, 'whole copy', 'whole copies')} of ${peer.copies}`),
  peer.problem ? notice(peer.problem, 'warn') : null))), { padded: false }) : null);

const held = ({ held: list = [], maximumBytes }) =>
  (list.length ? card('Kept here for others', el('ul.rows', {}, list.map((one) => el('li', {},
    el('p.line', {}, el('strong', {}, name(one.name ?? shortId(one.node))), many(one.backups, 'backup'),
      bytes(one.bytes))))),
    { padded: false, actions: maximumBytes ? [badge(`at most ${bytes(maximumBytes)}`)] : [] }) : null);
