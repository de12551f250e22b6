/** What agents tell and ask each other. What is in a message is data, and shown as such. */
import { time } from './clock.js';
import { el } from './dom.js';
import { listing } from './listing.js';
import { memoryLink } from './memory-row.js';
import { badge, state } from './parts.js';
import { isOperator } from './session.js';
import { name, whole } from './text.js';

const boxes = [['all', 'All held here'], ['inbox', 'Inbox'], ['sent', 'Sent']];

export const messages = {
  title: 'Messages',
  topics: ['message'],
  every: 5,
  open: (page) => listing(page, {
    title: 'Messages', under: 'What agents tell, ask and answer each other.', path: '/api/v1/messages',
    fixed: { limit: 50 }, ready: ({ box, agent }) => box === 'all' || Boolean(agent),
    filters: [...(isOperator() ? [{ name: 'box', label: 'Which', options: boxes }] : []),
      { name: 'agent', label: 'Agent' },
      { name: 'from', label: 'Sender' },
      { name: 'kind', label: 'Kind', options: [['', 'Any'], 'tell', 'ask', 'answer', 'broadcast'] }],
    item: message,
    empty: ['No message fits', 'Name an agent to see what is for it; `hivectl tell AGENT TEXT` sends a message.'],
  }),
};

const receipt = ({ agent, state: how }) => el('span', {}, name(agent), ' ', how);

const message = (one) => el('li', {}, el('div.stack', {},
  el('p.line', {}, badge(one.kind, one.kind === 'ask' ? 'info' : 'accent'),
    el('strong', {}, name(one.from.agent ?? one.sender)), '→',
    el('span', {}, name(one.to.join(', ') || 'whoever asked')), time(one.sentAt),
    one.priority !== 'normal' ? state(one.priority) : null, one.read === false ? badge('unread', 'accent') : null),
  one.subject ? el('strong', {}, name(one.subject)) : null,
  one.text ? whole(one.text) : el('p.faint', { text: 'Its text is gone or on its way.' }),
  el('p.line', {}, one.answers ? el('span', { text: `${one.answers} answers` }) : null,
    one.memory ? memoryLink(one.memory, 'the memory') : null,
    one.expiresAt ? el('span', {}, 'expires ', time(one.expiresAt)) : null,
    (one.receipts ?? []).slice(0, 6).map(receipt),
    (one.warnings ?? []).map((text) => badge(text, 'warn')))));
