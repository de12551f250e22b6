/** What is to be done, by whom, and how far it is. */
import { time } from './clock.js';
import { el } from './dom.js';
import { listing } from './listing.js';
import { badge, bar, state } from './parts.js';
import { excerpt, name } from './text.js';

const statuses = [['', 'All'], ['active', 'Not closed'], 'open', 'assigned', 'claimed', 'in_progress', 'completed',
  'failed', 'cancelled', 'expired'];

export const tasks = {
  title: 'Tasks',
  topics: ['task', 'agent'],
  every: 5,
  open: (page) => listing(page, {
    title: 'Tasks', under: 'What agents were asked to do, who holds it, and until when.', path: '/api/v1/tasks',
    fixed: { limit: 50 },
    filters: [{ name: 'q', label: 'Search', grow: true }, { name: 'status', label: 'Status', options: statuses },
      { name: 'agent', label: 'Held by' }, { name: 'capability', label: 'Capability' }],
    columns: [
      { label: 'Task', cell: (one) => [el('a', { href: `#/tasks/${encodeURIComponent(one.id)}`, 'data-entry': '' },
        excerpt(one.title, { length: 120 })),
        one.blockedBy?.length ? el('span.under', { text: `waits for ${one.blockedBy.length}` }) : null] },
      { label: 'Status', cell: (one) => [state(one.status), one.claim?.state === 'optimistic'
          ? badge('optimistic', 'warn') : null] },
      { label: 'Priority', cell: (one) => state(one.priority) },
      { label: 'Held by', cell: (one) => name(one.assignee ?? '–') },
      { label: 'Progress',
        cell: (one) => (typeof one.percent === 'number' ? bar('', one.percent / 100, `${one.percent} %`) : '–') },
      { label: 'Deadline', cell: (one) => time(one.deadline) ?? '–' },
      { label: 'Changed', cell: (one) => time(one.updatedAt) },
    ],
    empty: ['No task fits', '`hivectl tasks delegate` gives one to an agent.'],
  }),
};
