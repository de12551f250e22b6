/** Pages of one thing: its name above, the rest below, both brought up to date together. */
import { el } from './dom.js';
import { shown } from './keyed.js';
import { head } from './parts.js';
import { excerpt } from './text.js';

/**
 * Builds the page and returns how it is brought up to date. `load` gives the thing, which has a `title`; `body` makes
 * the columns of it, `under` what stands below its name.
 */
export function detail(page, { load, crumb, under, actions = () => [], body }) {
  const top = el('div');
  const rest = el('div', {}, el('div.skeleton'));
  page.root.append(top, rest);
  return async () => {
    const found = await load();
    page.title = found.title.slice(0, 60);
    shown(top, found, () => head(excerpt(found.title, { length: 120 }),
      { crumb, under: under(found), actions: actions(found) }));
    shown(rest, found, () => el('div.columns.wide', {}, body(found)));
  };
}
