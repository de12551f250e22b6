/** Where concurrent writes disagree: side by side, to be settled by whoever looks. */
import { path, post } from './api.js';
import { time } from './clock.js';
import { open } from './dialog.js';
import { el } from './dom.js';
import { author, many, percent, plain, words } from './format.js';
import { keyed } from './keyed.js';
import { memoryLink } from './memory-row.js';
import { badge, card, doing, empty, field, head } from './parts.js';
import { say } from './said.js';
import { name, visible, whole } from './text.js';

export const conflicts = {
  title: 'Conflicts',
  topics: ['memory', 'conflict', 'members'],
  open(page) {
    const summary = el('p', { role: 'status', text: 'Looking' });
    const list = el('div.stack');
    const none = el('div.card', { hidden: true },
      empty('Everybody agrees',
        'Where two nodes change the same field at the same time, both values stand here until somebody settles it.'));
    const waiting = el('div.skeleton');
    page.root.append(head('Conflicts', { under: summary }), waiting, list, none);
    return async () => {
      const { items } = await page.get('/api/v1/conflicts');
      keyed(list, items, (one) => one.id, (one) => conflict(page, one));
      summary.textContent = items.length ? `${many(items.length, 'conflict')} to be settled` : 'None';
      waiting.remove();
      none.hidden = items.length > 0;
    };
  },
};

function conflict(page, one) {
  const resolve = (body, done) => page.attempt(async () => {
    await post(`${path('conflicts', one.id)}/resolve`, body);
    say(done);
  });
  const texts = one.siblings.map(({ value }) => plain(value));
  const take = (sibling) => (one.kind === 'belief' ? sibling.memory ?? sibling.dot : sibling.dot);
  return card([words(one.field), ' of ', memoryLink(one.memory)], [
    el('p.line', {}, badge(one.kind, 'warn'), one.escalated ? badge('waits for a person', 'warn') : null,
      el('span', { text: `shown by ${words(one.policy)}` }), 'since ', time(one.since)),
    el('div.sides', {}, one.siblings.map((sibling, place) => el('article.value', {
      class: sibling.shown ? 'shown' : '', 'aria-label': `Value ${place + 1} of ${one.siblings.length}` },
      el('p.line', {}, name(author(sibling.author)), time(sibling.at), sibling.shown ? badge('shown', 'accent') : null,
        one.kind === 'belief' && typeof sibling.confidence === 'number'
          ? el('span', { text: `believed ${percent(sibling.confidence)}` }) : null),
      compared(texts[place], texts[place === 0 ? 1 : 0] ?? ''),
      el('footer', {}, doing('button.small.primary', 'Take this',
        () => resolve({ take: take(sibling) }, 'Settled: every node will show that value.'),
        { 'data-entry': '', 'aria-label': `Take value ${place + 1}` }))))),
  ], { actions: [one.kind === 'value' && texts.every((_, place) => typeof one.siblings[place].value === 'string')
      ? el('button.small', { text: 'Write another value', on: { click: () => another(one, texts, resolve) } })
      : null] });
}

/** A value with what sets it apart from the other one marked. */
function compared(text, other) {
  if (text.length > 4000) return whole(text);
  const mine = text.split(/(\s+)/u);
  const theirs = other.split(/(\s+)/u);
  let start = 0;
  while (start < mine.length && start < theirs.length && mine[start] === theirs[start]) start += 1;
  let end = 0;
  while (end < mine.length - start && end < theirs.length - start
      && mine.at(-1 - end) === theirs.at(-1 - end)) end += 1;
  const middle = mine.slice(start, mine.length - end).join('');
  const shown = (parts) => visible(parts.join(''));
  return el('div.text', { dir: 'auto' }, shown(mine.slice(0, start)), middle ? el('mark', {}, visible(middle)) : null,
    shown(mine.slice(mine.length - end)));
}

async function another(one, texts, resolve) {
  const box = el('textarea', { rows: 6 });
  box.value = texts[Math.max(0, one.siblings.findIndex(({ shown }) => shown))];
  const chosen = await open(`Another value for ${words(one.field)}`, field('Value', box), [
    (close) => el('button', { text: 'Cancel', on: { click: () => close('') } }),
    (close) => el('button.primary', { text: 'Settle with this', on: { click: () => close('yes') } }),
  ]);
  if (chosen) await resolve({ value: box.value }, 'Settled with your value.');
}
