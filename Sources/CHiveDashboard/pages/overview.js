/** The node in one page. */
import { get } from './api.js';
import { time } from './clock.js';
import { el, regions } from './dom.js';
import { count, many, shortId, words } from './format.js';
import { keyed, shown } from './keyed.js';
import { live } from './live.js';
import { memoryLink, memoryRow } from './memory-row.js';
import { bar, card, empty, head, notice, state } from './parts.js';
import { isOperator } from './session.js';
import { name } from './text.js';
import { verdict } from './verdict.js';

export const overview = {
  title: 'Overview',
  topics: ['memory', 'conflict', 'members', 'rules', 'peer', 'sync', 'agent', 'task'],
  every: 10,
  open(page) {
    const parts = regions('div', 'line', 'top', 'tiles', 'kinds', 'peers', 'feed');
    parts.top.className = 'stack';
    parts.tiles.className = 'tiles';
    const newest = el('ol.rows', { 'aria-label': 'Newest memories' });
    const decided = el('ol.rows', { 'aria-label': 'Last decisions' });
    const nothing = el('div', { hidden: true },
      empty('Nothing is remembered yet', '`hivectl memory add` remembers something.'));
    const undecided = el('div', { hidden: true }, empty('Nothing was decided lately', ''));
    const waiting = el('div.skeleton.tall');
    const all = (href) => [el('a.button.small', { href, text: 'All' })];
    page.root.append(head('Overview', { under: parts.line }),
      el('div.stack', {}, parts.top, parts.tiles, el('div.columns.wide', {},
        el('div.stack', {}, card('Newest memories', [waiting, newest, nothing],
          { padded: false, actions: all('#/memories') }),
          isOperator() ? card('Last decisions', [decided, undecided], { padded: false, actions: all('#/decisions') })
            : null),
        el('div.stack', {}, card('As it happens', parts.feed, { padded: false }),
          card('Peers', parts.peers, { padded: false, actions: all('#/sync') }),
          card('What is remembered', parts.kinds)))));
    const tell = () => shown(parts.feed, live.recent.slice(0, 12), feed);
    live.addEventListener('event', tell, { signal: page.signal });
    tell();
    return async () => {
      const [status, statistics, peers, memories, decisions] = await Promise.all([
        page.get('/api/status'), page.get('/api/v1/memories/stats'), page.get('/api/v1/peers'),
        page.get('/api/v1/memories?limit=6'),
        isOperator() ? get('/api/v1/decisions?limit=4', page.signal) : { items: [] }]);
      shown(parts.line, [status.health, status.version, status.startedAt], () => line(status));
      shown(parts.top, status.health, () => reasons(status));
      shown(parts.tiles, [status.memories, status.operations, status.conflicts, status.peersConnected,
        status.peersKnown, status.rules, status.scopes], () => tiles(status));
      keyed(newest, memories.items, (one) => one.id, (one) => memoryRow(one));
      keyed(decided, decisions.items, (one) => one.id, verdict);
      undecided.hidden = decisions.items.length > 0;
      waiting.remove();
      nothing.hidden = memories.items.length > 0;
      shown(parts.peers, peers.items, peerList);
      shown(parts.kinds, [statistics.byKind, statistics.byScope], () => shares(statistics));
    };
  },
};

const line = ({ health, version, startedAt }) => el('span.line', {}, state(health.status),
  `Hive ${version}, started `, time(startedAt));

const reasons = ({ health }) => (health.reasons ?? [])
  .map((reason) => notice(reason, health.status === 'failing' ? 'bad' : 'warn'));

function tiles(status) {
  const tile = (href, label, number, note) => el('a.tile', { href }, el('span.name', { text: label }),
    el('span.number', { text: number }), el('span.note', { text: note }));
  return [
    tile('#/memories', 'Memories', count(status.memories), `in ${many(status.scopes.length, 'scope')}`),
    tile('#/conflicts', 'Conflicts', count(status.conflicts), status.conflicts ? 'to be settled' : 'everybody agrees'),
    tile('#/sync', 'Peers', status.peersKnown ? `${status.peersConnected} of ${status.peersKnown}` : '0',
      status.peersKnown ? 'connected' : 'this node is alone'),
    tile('#/rules', 'Rules', count(status.rules), `in ${many(status.ruleSets.length, 'set')}`),
    tile('#/health', 'Operations', count(status.operations), 'signed, in all logs'),
  ];
}

const peerList = (peers) => (peers.length ? el('ul.rows', {}, peers.map((peer) => el('li', {}, el('p.line', {},
  el('strong', {}, name(peer.name ?? shortId(peer.node))), state(peer.state),
  peer.lag ? el('span', { text: `${count(peer.lag)} behind` }) : null, time(peer.lastSeen)))))
    : empty('This node is alone', '`hivectl peers invite` admits another.'));

function shares({ memories, byKind = {}, byScope = {} }) {
  if (!memories) return el('p.faint', { text: 'Nothing yet.' });
  const bars = (counts) => Object.entries(counts).sort(([, one], [, other]) => other - one).slice(0, 6)
    .map(([label, number]) => bar(label, number / memories, count(number)));
  return el('div.stack', {}, el('div', {}, el('h3', { text: 'By kind' }), bars(byKind)),
    el('div', {}, el('h3', { text: 'By scope' }), bars(byScope)));
}

const feed = (events) => (events.length ? el('ol.feed', {}, events.map((event) => el('li', {}, time(event.time),
  el('span', {}, words(event.type.replace('.', ' ')), ' ', event.type.startsWith('memory.') && event.data?.id
      ? memoryLink(event.data.id) : '')))) : empty('Quiet', 'What happens on this node shows here.'));
