/** One task: who holds it, who was looked at for it, and what was asked and ruled. */
import { path, post } from './api.js';
import { time } from './clock.js';
import { detail } from './detail.js';
import { confirm } from './dialog.js';
import { el } from './dom.js';
import { author, shortId, words } from './format.js';
import { badge, bar, card, facts, notice, state } from './parts.js';
import { say } from './said.js';
import { excerpt, name, whole } from './text.js';

const closed = ['completed', 'failed', 'cancelled', 'expired'];

export const task = {
  title: 'Task',
  topics: ['task'],
  every: 5,
  open: (page) => detail(page, {
    load: () => page.get(path('tasks', page.params[0])),
    crumb: { href: '#/tasks', text: 'Tasks' },
    under: (found) => el('span.line', {}, state(found.status), state(found.priority), name(found.assignee ?? '')),
    actions: (found) => (closed.includes(found.status) ? []
      : [el('button.danger', { text: 'Cancel the task', on: { click: () => cancel(page, found) } })]),
    body: (found) => [el('div.stack', {}, work(found), history(found)), beside(found)],
  }),
};

const work = (found) => [
  found.reason ? notice(found.reason, found.status === 'failed' ? 'bad' : 'warn') : null,
  found.description ? card('What is to be done', whole(found.description)) : null,
  typeof found.percent === 'number'
    ? card('Progress', bar(found.assignee ?? '', found.percent / 100, `${found.percent} %`)) : null,
  found.result ? card('Result', whole(found.result)) : null];

const history = ({ history: events = [] }) => card('History',
  el('ol.timeline', {}, [...events].reverse().map((event) => el('li', {},
    el('p.line', {}, el('strong', { text: words(event.act) }), name(event.agent ?? `node ${shortId(event.node)}`),
      time(event.at),
      event.fence ? badge(`fence ${event.fence}`) : null, event.standing !== 'counts' ? state(event.standing) : null),
    event.text ? el('p.small', {}, excerpt(event.text, { length: 600 })) : null,
    event.why ? el('p.small.faint', {}, excerpt(event.why, { length: 300 })) : null))));

const beside = (found) => el('div.stack', {},
  card('About', facts([['Held by', found.claim ? `${found.claim.agent}, ${words(found.claim.state)}` : ''],
    ['Fence', found.claim?.fence],
    ['Lease until', time(found.claim?.leaseUntil)],
    ['Needs', (found.capabilities ?? []).flatMap((word) => [badge(word), ' '])],
    ['Chosen', words(found.choice)], ['Begun', `${found.failures} of ${found.attempts} attempts came to nothing`],
    ['Deadline', time(found.deadline)],
    ['From', author(found.author)], ['Home', el('code', { text: shortId(found.home) })], ['Scope', found.scope],
    ['Created', time(found.createdAt)],
    ['Waits for', (found.blockedBy ?? []).flatMap((one) => [link(one.id, one.title), ' '])],
    ['Parts', (found.subtasks ?? []).flatMap((one) => [link(one), ' '])]])),
  found.judgements?.length ? card('Who was looked at', found.judgements.map((one) =>
      [bar(one.agent, one.score, one.score.toFixed(2), one.obstacle ? 'bad' : ''),
        one.obstacle ? el('p.small.faint', {}, excerpt(one.obstacle)) : null]).flat()) : null);

const link = (id, title) => el('a', { href: `#/tasks/${encodeURIComponent(id)}` }, name(title ?? shortId(id)));

async function cancel(page, found) {
  const reason = await confirm(`Cancel “${found.title.slice(0, 60)}”`,
    'Whoever holds it is told to stop, and no result is taken any more.', { action: 'Cancel the task', reason: 'Why' });
  if (reason === null) return;
  await page.attempt(async () => {
    await post(`${path('tasks', found.id)}/cancel`, reason ? { reason } : {});
    say('Cancelled.');
  });
}
