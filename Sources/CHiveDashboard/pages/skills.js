/** What can be done: steps that worked, with how often they did. */
import { el } from './dom.js';
import { percent } from './format.js';
import { listing } from './listing.js';
import { address } from './memory-row.js';
import { bar } from './parts.js';
import { excerpt, name } from './text.js';

export const skills = {
  title: 'Skills',
  topics: ['memory'],
  open: (page) => listing(page, {
    title: 'Skills', under: 'Procedures with their record. The rate is what the uses so far make at least likely.',
    path: '/api/v1/skills', fixed: { limit: 30 },
    filters: [{ name: 'q', label: 'Search', grow: true }, { name: 'category', label: 'Category' },
      { name: 'tag', label: 'Tag' }],
    columns: [
      { label: 'Skill', cell: (one) => el('a', { href: address(one.id), 'data-entry': '' },
        excerpt(one.content, { length: 120 })) },
      { label: 'When', cell: (one) => excerpt(one.skill?.trigger ?? '', { length: 120 }) },
      { label: 'Steps', number: true, cell: (one) => String(one.skill?.steps?.length ?? 0) },
      { label: 'Uses', number: true, cell: (one) => String(one.skill?.uses ?? 0) },
      { label: 'Works', cell: (one) => (one.skill?.uses ? bar(`${one.skill.successes} of ${one.skill.uses}`,
        one.skill.rateAtLeast ?? 0,
        percent(one.skill.rateAtLeast)) : el('span.faint', { text: 'not tried yet' })) },
      { label: 'Scope', cell: (one) => name(one.scope) },
    ],
    empty: ['No skill fits', '`hivectl memory skill add` writes one; `propose` finds them in episodes.'],
  }),
};
