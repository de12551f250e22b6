/** One runbook: its steps, and the runs so far. */
import { path } from './api.js';
import { time } from './clock.js';
import { detail } from './detail.js';
import { el } from './dom.js';
import { duration, percent } from './format.js';
import { memoryLink } from './memory-row.js';
import { badge, bar, card, empty, facts, state } from './parts.js';
import { excerpt, name, whole } from './text.js';

export const runbook = {
  title: 'Runbook',
  topics: ['memory'],
  open: (page) => detail(page, {
    load: () => page.get(path('runbooks', page.params[0])),
    crumb: { href: '#/runbooks', text: 'Runbooks' },
    under: (found) => excerpt(found.trigger ?? found.summary ?? '', { length: 300 }),
    body: (found) => [steps(found), el('div.stack', {}, about(found), runs(found))],
  }),
};

const source = (label, text) => (text ? [el('p.small.faint', { text: label }), el('pre', {}, whole(text, 'span'))]
    : null);

const steps = (found) => el('div.stack', {},
  found.summary ? card('Summary', whole(found.summary)) : null,
  found.preconditions?.length
    ? card('Before', el('ul', {}, found.preconditions.map((text) => el('li', {}, excerpt(text, { length: 600 })))))
    : null,
  card('Steps', found.steps?.length
      ? el('ol.steps', {}, found.steps.map((step) => el('li.step', {}, excerpt(step.text, { length: 1200 }),
        source('Run', step.command), source('Expect', step.expected), source('Undo by', step.rollback))))
      : whole(found.markdown)),
  found.expectedOutcome ? card('After', whole(found.expectedOutcome)) : null);

function about({ statistics, ...found }) {
  const share = statistics.runs ? statistics.successes / statistics.runs : 0;
  return card('About', [statistics.runs ? bar('Worked', share, percent(share), share < 0.5 ? 'bad' : 'good') : null,
    facts([
      ['Runs', statistics.runs], ['Takes', statistics.medianSeconds ? duration(statistics.medianSeconds) : ''],
      ['Owner', found.owner], ['Systems', (found.systems ?? []).flatMap((system) => [badge(system, 'info'), ' '])],
      ['Reviewed', time(found.reviewedAt)], ['Scope', found.scope], ['As a memory', memoryLink(found.id)]])]);
}

const runs = (found) => card('Runs', found.runs?.length
    ? el('ol.timeline', {}, [...found.runs].reverse().slice(0, 30).map((run) => el('li', {},
      el('p.line', {}, state(run.outcome), time(run.at), name(run.agent ?? ''),
        run.seconds ? el('span', { text: duration(run.seconds) }) : null,
        run.incident ? el('a', { href: `#/incidents/${encodeURIComponent(run.incident)}`, text: 'incident' }) : null),
      run.note ? el('p.small', {}, excerpt(run.note, { length: 600 })) : null))) : empty('Not run yet', ''));
