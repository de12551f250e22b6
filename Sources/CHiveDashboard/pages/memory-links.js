/** What a memory is tied to, in both directions. */
import { el } from './dom.js';
import { shortId } from './format.js';
import { address } from './memory-row.js';
import { badge, card, empty, state } from './parts.js';
import { excerpt, name } from './text.js';

/** A card from a neighbourhood of depth 1. */
export function links({ id, items, links: all, truncated }) {
  const others = new Map(items.map((item) => [item.id, item]));
  const rows = all.filter((link) => link.from === id || link.to === id).map((link) => {
    const leads = link.from === id;
    const other = others.get(leads ? link.to : link.from);
    return el('li', {}, el('p.line', {},
      el('span', { text: leads ? '→' : '←', 'aria-label': leads ? 'leads to' : 'is led to by' }),
      badge(link.relation, 'info'), other && other.status !== 'present' ? state(other.status) : null,
      other?.scope ? name(other.scope) : null),
      el('a', { href: address(leads ? link.to : link.from) },
        excerpt(other?.excerpt ?? shortId(leads ? link.to : link.from), { length: 140 })));
  });
  return card('Links', rows.length
      ? el('ul.rows', {}, rows, truncated ? el('li.faint', { text: 'There are more than are shown here.' }) : null)
      : empty('It is tied to nothing', '`hivectl memory link` ties two memories.'),
    { padded: false });
}
