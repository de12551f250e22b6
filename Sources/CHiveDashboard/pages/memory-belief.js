/** How far a memory is believed, and what went into that. */
import { time } from './clock.js';
import { el } from './dom.js';
import { duration, percent, shortId } from './format.js';
import { memoryLink } from './memory-row.js';
import { bar, card, facts, state } from './parts.js';
import { name } from './text.js';

/** A card from a belief report. */
export function belief(report) {
  const spoken = report.assessments ?? [];
  return card('Belief', [
    bar('Believed', report.confidence, percent(report.confidence), report.confidence < 0.4 ? 'bad' : 'good'),
    bar(report.assumed ? 'Assumed' : 'Stated', report.stated, percent(report.stated)),
    bar('Freshness', report.freshness, percent(report.freshness)),
    bar('Trust', report.trust, percent(report.trust)),
    facts([
      ['Known by', report.status], ['At most', percent(report.ceiling)],
      ['Half-life', report.halfLifeSeconds ? duration(report.halfLifeSeconds) : 'does not fade'],
      ['Clock since', time(report.since)], ['Used here', report.use?.uses ? `${report.use.uses} times` : '']]),
    report.witnesses?.length ? el('div', {}, el('h3', { text: 'Rests on' }),
      el('ul', {}, report.witnesses.map(witness))) : null,
    spoken.length ? el('div', {}, el('h3', { text: 'What readers say' }), el('ul', {}, spoken.map(assessment))) : null,
  ]);
}

const who = (one) => name(one.agent ?? `node ${shortId(one.node)}`);

const witness = (one) => el('li.line', {}, who(one), el('span', { text: `trusted ${percent(one.trust)}` }),
  one.source ? name(`source ${one.source}`) : null, one.memory ? memoryLink(one.memory) : null);

const assessment = (one) => el('li.line', {}, state(one.verdict), who(one), time(one.at),
  one.by ? memoryLink(one.by) : null, one.reason ? el('span.text', {}, name(one.reason)) : null);
