/** Whether the node is well, why not, and its numbers. */
import { getText, post } from './api.js';
import { time } from './clock.js';
import { el } from './dom.js';
import { bytes, count, duration, many } from './format.js';
import { shown } from './keyed.js';
import { metrics } from './metrics.js';
import { card, doing, facts, head, notice, state } from './parts.js';
import { say } from './said.js';
import { isOperator } from './session.js';

const advice = [
  [/rule set/u, 'Look at the rule with `hivectl rules lint`, mend it, and push the set again.'],
  [/law of the hive has not arrived/u, 'Connect this node to a steward.'],
  [/sealed many values/u, 'Run `hivectl keys rotate`.'],
  [/last write failed/u, 'See that the disk has room and can be written to.'],
  [/copies/u, 'See Backups: a peer refuses or does not answer.'],
];

export const health = {
  title: 'Health',
  topics: ['rules', 'members'],
  every: 4,
  open(page) {
    const top = el('div.stack', {}, el('div.skeleton'));
    const numbers = el('div.stack');
    const check = isOperator() ? [doing('button', 'Check every log', () => page.attempt(verify))] : [];
    page.root.append(head('Health', { actions: check }), el('div.stack', {}, top, numbers));
    return async () => {
      const [status, text] = await Promise.all([page.get('/api/status'), getText('/metrics', page.signal)]);
      const { uptimeSeconds, ...still } = status;
      shown(top, still, () => [verdict(status.health), el('div.columns', {}, about(status), meaning(status))]);
      shown(numbers, text, () => metrics(text));
    };
  },
};

function verdict({ status, reasons = [], ready }) {
  if (!reasons.length) return notice(ready === false ? 'It is starting and does not take requests yet.'
      : 'Everything works.', 'good', 'Well');
  return reasons.map((reason) => notice(advice.find(([pattern]) => pattern.test(reason))?.[1] ?? '',
    status === 'failing' ? 'bad' : 'warn', reason));
}

const about = (status) => card('Node', facts([
  ['State', state(status.health.status)], ['Name', status.name], ['Version', status.version],
  ['Node', el('code', { text: status.node })],
  ['Hive', el('code', { text: status.hive })], ['Started', time(status.startedAt)],
  ['Operations', count(status.operations)], ['Database', status.databaseBytes ? bytes(status.databaseBytes) : ''],
  ['Scopes', status.scopes.join(', ')], ['Peers reach it at', status.peers ?? 'closed']]));

const meaning = ({ meaning: model, lifecycle }) => el('div.stack', {},
  card('Meaning', model
      ? facts([['Model', model.model], ['Memories', count(model.memories)], ['Not seen yet', count(model.unseen)],
        ['Server', model.url], ['Problem', model.problem],
        ['Requests', model.requests ? `${count(model.requests)}, ${count(model.failures)} failed` : '']])
      : el('p.faint', { text: 'Memories are found by their words only.' })),
  lifecycle ? card('At night',
    facts([['At', lifecycle.at], ['Next', time(lifecycle.nextAt)], ['Last', time(lifecycle.lastAt) ?? 'not yet'],
      ['Archived then', lifecycle.lastArchived], ['Summaries', lifecycle.lastSummaries],
      ['Duplicates', lifecycle.duplicates],
      ['Problems', (lifecycle.problems ?? []).join('; ')]])) : null);

async function verify() {
  const report = await post('/api/v1/verify');
  const problems = report.problems ?? [];
  const looked = `${many(report.logs, 'log')}, ${many(report.operations, 'operation')}`;
  if (report.ok) say(`All is right: ${looked}, in ${duration(report.durationMilliseconds / 1000)}.`);
  else say(`${many(problems.length, 'problem')}: ${problems.slice(0, 3).join('; ')}`, { tone: 'bad' });
}
