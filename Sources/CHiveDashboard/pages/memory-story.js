/** What a kind of memory has beside its text: the course of an episode, the steps of a skill. */
import { time } from './clock.js';
import { el } from './dom.js';
import { many, percent, plain } from './format.js';
import { bar, card, facts, state } from './parts.js';
import { excerpt, name, whole } from './text.js';

/** A card, or null for a memory that has no more than its text. */
export function story({ episode, skill, record }) {
  if (episode) return course(episode);
  if (skill) return steps(skill);
  return record ? card('Record', el('pre.source', {}, whole(plain(record), 'span'))) : null;
}

function course({ startedAt, endedAt, outcome, significance, events = [] }) {
  return card('Course', [
    facts([['Began', time(startedAt)], ['Ended', time(endedAt) ?? 'still open'],
      ['Outcome', outcome ? state(outcome) : ''],
      ['Significance', significance === null ? '' : percent(significance)]]),
    el('ol.timeline', {}, events.map((event) => el('li', {},
      el('p.line', {}, time(event.at), name(event.agent ?? '')), el('p', {}, excerpt(event.text, { length: 600 }))))),
  ]);
}

function steps({ trigger, steps: list = [], uses, successes, rate, rateAtLeast, refinements = [], notes = [] }) {
  return card('Skill', [
    facts([['When', trigger], ['Used', `${many(uses, 'time')}, ${successes} with success`]]),
    uses ? bar('At least', rateAtLeast ?? 0, percent(rateAtLeast)) : null,
    uses ? bar('So far', rate ?? 0, percent(rate)) : null,
    el('ol.steps', {}, list.map((step) => el('li.step', {}, excerpt(step, { length: 900 })))),
    refinements.length ? el('div', {}, el('h3', { text: 'Refined' }), el('ul', {}, refinements.map((one) =>
        el('li.line', {}, time(one.at), name(one.agent ?? ''), excerpt(one.why))))) : null,
    notes.length ? el('div', {}, el('h3', { text: 'Notes' }), el('ul', {}, notes.map((one) =>
        el('li.line', {}, state(one.result), time(one.at), name(one.agent ?? ''), excerpt(one.text))))) : null,
  ]);
}
