/** What broke, and whether it is whole again. */
import { time } from './clock.js';
import { el } from './dom.js';
import { duration } from './format.js';
import { listing } from './listing.js';
import { badge, state } from './parts.js';
import { excerpt, name } from './text.js';

const severities = [['', 'Any'], ['sev1', 'sev1, critical'], ['sev2', 'sev2, high'], ['sev3', 'sev3, medium'],
  ['sev4', 'sev4, low']];

export const incidents = {
  title: 'Incidents',
  topics: ['memory'],
  open: (page) => listing(page, {
    title: 'Incidents', under: 'What broke, how it was mended, and what was learnt.', path: '/api/v1/incidents',
    fixed: { limit: 30 },
    filters: [{ name: 'q', label: 'Search', grow: true },
      { name: 'status', label: 'Status', options: [['', 'Any'], 'open', 'investigating', 'mitigated', 'resolved'] },
      { name: 'severity', label: 'Severity', options: severities },
      { name: 'system', label: 'System' }],
    columns: [
      { label: 'Incident',
        cell: (one) => el('a', { href: `#/incidents/${encodeURIComponent(one.id)}`, 'data-entry': '' },
          excerpt(one.title, { length: 120 })) },
      { label: 'Severity', cell: (one) => state(one.severity) },
      { label: 'Status', cell: (one) => [state(one.status), one.contested ? badge('contested', 'warn') : null] },
      { label: 'Detected', cell: (one) => time(one.detectedAt) },
      { label: 'Lasted', number: true, cell: (one) => duration(one.durationSeconds) },
      { label: 'Systems', cell: (one) => (one.systems ?? []).flatMap((system, place) => [place ? ', ' : '',
        name(system)]) },
    ],
    empty: ['No incident fits', '`hivectl incident open` opens one.'],
  }),
};
