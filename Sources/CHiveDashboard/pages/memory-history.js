/** What happened to a memory, newest first, and how it was at each time. */
import { query } from './api.js';
import { time } from './clock.js';
import { open } from './dialog.js';
import { el } from './dom.js';
import { author, moment, plain, shortId, words } from './format.js';
import { card, facts } from './parts.js';
import { complain } from './said.js';
import { excerpt, name, whole } from './text.js';

export function history(page, base, entries) {
  const newest = [...entries].reverse();
  return card('History', el('ol.timeline', {}, newest.map((entry) => el('li', {},
    el('p.line', {}, el('strong', { text: words(entry.operation) }), name(author(entry.author)), time(entry.time),
      entry.version ? el('code', { title: entry.version, text: shortId(entry.version) }) : null,
      el('button.quiet.small', { text: 'As it was then', on: { click: () => past(page, base, entry) } })),
    changes(entry)))));
}

function changes({ changes: made, replaced = [] }) {
  const before = new Map(replaced.map((write) => [write.field, write.value]));
  return made.map(({ field, value }) => el('p.change', {}, el('span.faint', { text: `${words(field)} ` }),
    before.has(field) ? [el('del', {}, excerpt(plain(before.get(field)), { length: 160 })), ' '] : null,
    el('ins', {}, excerpt(plain(value) || 'nothing', { length: 160 }))));
}

async function past(page, base, entry) {
  try {
    const was = await page.get(base + query({ at: entry.time }));
    await open(`As it was ${moment(entry.time)}`, [
      whole(was.content ?? 'Its text is gone.', 'div.text'),
      facts([['Kind', was.kind], ['Category', was.category], ['Tags', was.tags.join(', ')],
        ['Known by', was.epistemic?.status], ['Author', author(was.author)]])]);
  } catch (problem) { complain(problem); }
}
