/** The other nodes, how far each is behind, and what went to and fro. */
import { post } from './api.js';
import { time } from './clock.js';
import { el, regions, svg } from './dom.js';
import { bytes, count, duration, many, shortId } from './format.js';
import { keyed, shown } from './keyed.js';
import { card, doing, empty, head, state, table } from './parts.js';
import { say } from './said.js';
import { name } from './text.js';

/** Seconds between two looks, and how many of them the chart shows. */
const every = 3;
const bars = 60;

const peerColumns = [
  { label: 'Node', cell: (peer) => [name(peer.name ?? shortId(peer.node)),
    el('span.under.mono', { text: shortId(peer.node) })] },
  { label: 'State', cell: (peer) => [state(peer.state), peer.problem ? el('span.under', {}, name(peer.problem))
      : null] },
  { label: 'Role', cell: (peer) => name(peer.role ?? '–') },
  { label: 'Address', cell: (peer) => name(peer.address ?? '–') },
  { label: 'Lag', number: true,
    cell: (peer) => (peer.lag === null ? '–'
        : el('span', { title: 'operations that it has not acknowledged', text: count(peer.lag) })) },
  { label: 'Sent', number: true, cell: (peer) => bytes(peer.bytesSent) },
  { label: 'Received', number: true, cell: (peer) => bytes(peer.bytesReceived) },
  { label: 'Last contact', cell: (peer) => time(peer.lastSeen) ?? 'never' },
];

const historyColumns = (names) => [
  { label: 'When', cell: (event) => time(event.time) },
  { label: 'Node', cell: (event) => name(names.get(event.node) ?? shortId(event.node)) },
  { label: 'What', cell: (event) => state(event.outcome) },
  { label: 'Details', cell: (event) => [event.message ? name(event.message) : null, exchanged(event)] },
];

/** What went to and fro, where the node counted it. */
function exchanged({ operationsSent: up, operationsReceived: down, bytesSent, bytesReceived,
  durationMilliseconds: took }) {
    if (!up && !down) return null;
    return el('span.under',
      { text: `↑ ${count(up)} ↓ ${count(down)} operations, ↑ ${bytes(bytesSent)} ↓ ${bytes(bytesReceived)}`
          + `${took === null ? '' : `, ${duration(took / 1000)}`}` });
  }

export const sync = {
  title: 'Peers and sync',
  topics: ['memory', 'members', 'peer', 'sync', 'rules'],
  every,
  open(page) {
    const names = new Map();
    const peers = table('Peers', peerColumns);
    const past = table('Synchronisations', historyColumns(names));
    const parts = regions('div', 'tiles', 'alone', 'chart', 'quiet');
    parts.tiles.className = 'tiles';
    const now = doing('button.primary', 'Synchronise now', () => page.attempt(synchronise));
    page.root.append(head('Peers and sync', { under: 'Copies are kept in step without a centre.', actions: [now] }),
      el('div.stack', {}, parts.tiles,
        card('Peers', [peers.element, parts.alone], { padded: false }),
        card('Bytes to and fro while you look', parts.chart),
        card('What happened', [parts.quiet, past.element], { padded: false })));
    const traffic = [];
    return async () => {
      const [list, status, history] = await Promise.all([
        page.get('/api/v1/peers'), page.get('/api/v1/sync/status'), page.get('/api/v1/sync/history')]);
      for (const peer of list.items) names.set(peer.node, peer.name ?? shortId(peer.node));
      keyed(peers.body, list.items, (peer) => peer.node, peers.row);
      peers.element.hidden = !list.items.length;
      shown(parts.alone, list.items.length, (number) => (number ? null
          : empty('This node is alone', '`hivectl peers invite` prints a line that admits another.')));
      shown(parts.tiles, [status, list.items.map((peer) => peer.state)], () => tiles(status, list.items));
      const events = [...history.items].sort((one, other) => other.time.localeCompare(one.time)).slice(0, 60);
      past.element.hidden = !events.length;
      keyed(past.body, events.slice(0, 25), (event) => event.id, past.row);
      shown(parts.quiet, events.length, (number) => (number ? null : empty('Nothing happened yet', '')));
      traffic.push(list.items.reduce((sum, peer) => sum + peer.bytesSent + peer.bytesReceived, 0));
      if (traffic.length > bars + 1) traffic.shift();
      shown(parts.chart, traffic, chart);
    };
  },
};

function tiles(status, peers) {
  const connected = peers.filter((peer) => peer.state === 'connected').length;
  const behind = status.peers.reduce((sum, peer) => sum + (peer.behind ?? 0), 0);
  const tile = (label, number, note) => el('div.tile', {}, el('span.name', { text: label }),
    el('span.number', {}, number), el('span.note', {}, note));
  return [
    tile('Connected', `${connected} of ${peers.length}`, many(peers.length, 'peer')),
    tile('To be sent', count(status.pending), 'operations not acknowledged'),
    tile('To be received', count(behind), 'operations known elsewhere'),
    tile('Waiting', count(status.invisible), 'operations that need others first'),
    tile('In step', status.lastSync ? time(status.lastSync) : 'never', 'with a peer'),
  ];
}

/** How much each look found more than the one before, the newest on the right. */
function chart(traffic) {
  const steps = traffic.slice(1).map((sum, place) => Math.max(0, sum - traffic[place]));
  const most = Math.max(1, ...steps);
  const width = 600 / bars;
  const label = steps.length ? `Now ${bytes(steps.at(-1))}, at most ${bytes(Math.max(...steps))} in ${every} seconds`
    : 'Looking';
  return [svg('svg', { class: 'chart', viewBox: '0 0 600 56', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    steps.map((step, place) => {
      const height = Math.max(1, step / most * 54);
      const x = 600 - (steps.length - place) * width + 1;
      return svg('rect', { x, y: 56 - height, width: width - 2, height, rx: 1 });
  })), el('p.small.faint', { text: label })];
}

async function synchronise() {
  const report = await post('/api/sync');
  const failed = Object.entries(report.failed ?? {});
  if (failed.length) say(`Not reached: ${failed.map(([node, why]) => `${shortId(node)} (${why})`).join(', ')}`,
    { tone: 'bad' });
  else say(report.peers.length ? `In step with ${many(report.peers.length, 'peer')}.`
      : 'There is no peer to synchronise with.');
}
