/** What happened: work with a beginning, a course and an end. */
import { time } from './clock.js';
import { el } from './dom.js';
import { author, duration } from './format.js';
import { listing } from './listing.js';
import { address } from './memory-row.js';
import { state } from './parts.js';
import { excerpt, name } from './text.js';

const took = ({ startedAt, endedAt }) => (startedAt && endedAt
    ? duration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000) : '–');

export const episodes = {
  title: 'Episodes',
  topics: ['memory'],
  open: (page) => listing(page, {
    title: 'Episodes', under: 'What agents did, step by step, and how it ended.', path: '/api/v1/episodes',
    fixed: { limit: 30 },
    filters: [{ name: 'q', label: 'Search', grow: true },
      { name: 'outcome', label: 'Outcome', options: [['', 'Any'], 'success', 'failure', 'partial', 'abandoned'] },
      { name: 'agent', label: 'Agent' }, { name: 'tag', label: 'Tag' }],
    columns: [
      { label: 'Episode', cell: (one) => el('a', { href: address(one.id), 'data-entry': '' },
        excerpt(one.content, { length: 120 })) },
      { label: 'Outcome', cell: (one) => (one.episode?.endedAt ? state(one.episode.outcome ?? 'unknown')
          : state('open')) },
      { label: 'Began', cell: (one) => time(one.episode?.startedAt ?? one.createdAt) },
      { label: 'Took', number: true, cell: (one) => took(one.episode ?? {}) },
      { label: 'Events', number: true, cell: (one) => String(one.episode?.events?.length ?? 0) },
      { label: 'Agent', cell: (one) => name(author(one.author)) },
    ],
    empty: ['No episode fits', 'Agents begin one with `start_episode`, people with `hivectl memory episode start`.'],
  }),
};
