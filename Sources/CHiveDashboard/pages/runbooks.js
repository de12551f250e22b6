/** What to do when something happens, with how often it worked. */
import { time } from './clock.js';
import { el } from './dom.js';
import { duration, percent } from './format.js';
import { listing } from './listing.js';
import { bar } from './parts.js';
import { excerpt, name } from './text.js';

const share = ({ runs, successes }) => (runs ? successes / runs : 0);

export const runbooks = {
  title: 'Runbooks',
  topics: ['memory'],
  open: (page) => listing(page, {
    title: 'Runbooks', under: 'What to do, step by step, and how it went.', path: '/api/v1/runbooks',
    fixed: { limit: 30 },
    filters: [{ name: 'q', label: 'Search', grow: true }, { name: 'system', label: 'System' },
      { name: 'owner', label: 'Owner' }],
    columns: [
      { label: 'Runbook', cell: (one) => el('a', { href: `#/runbooks/${encodeURIComponent(one.id)}`, 'data-entry': '' },
        excerpt(one.title, { length: 120 })) },
      { label: 'When', cell: (one) => excerpt(one.trigger ?? '', { length: 120 }) },
      { label: 'Steps', number: true, cell: (one) => String(one.steps?.length ?? 0) },
      { label: 'Worked', cell: ({ statistics }) =>
          (statistics.runs ? bar(`${statistics.successes} of ${statistics.runs}`, share(statistics),
            percent(share(statistics))) : el('span.faint', { text: 'not run yet' })) },
      { label: 'Takes', number: true, cell: ({ statistics }) => duration(statistics.medianSeconds) },
      { label: 'Owner', cell: (one) => name(one.owner ?? '') },
      { label: 'Reviewed', cell: (one) => time(one.reviewedAt) },
    ],
    empty: ['No runbook fits', '`hivectl runbook new` writes one, `hivectl runbook import` reads Markdown.'],
  }),
};
