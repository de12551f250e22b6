/** A decision in a list: what was asked, what the law said, and why. */
import { time } from './clock.js';
import { el } from './dom.js';
import { fine, words } from './format.js';
import { badge, state } from './parts.js';
import { excerpt, name } from './text.js';

/** A link to a rule by its name. */
export const ruleLink = (rule) => el('a', { href: `#/rules/${encodeURIComponent(rule)}`, 'data-entry': '' },
  name(rule));

export function verdict(one) {
  const reasons = [
    one.remediation ? ['What to do', one.remediation] : null,
    one.matched.length ? ['Applied', one.matched.join(', ')] : null,
    one.shadow.length ? ['In shadow', one.shadow.join(', ')] : null,
    one.errors.length ? ['Could not be answered', one.errors.join('; ')] : null,
    ['Asked', `${one.event} on ${one.machine ?? 'this node'}, of ${one.ruleSet || 'no set'}`],
    ['Took', fine(one.durationNanoseconds)],
  ].filter(Boolean);
  return el('li', {}, el('div.verdict', {}, state(one.effect),
    el('span.subject', {}, one.name ? [badge(one.name), ' '] : null, one.subject
        ? el('code', {}, excerpt(one.subject, { length: 200 })) : el('span.faint', { text: words(one.event) })),
    el('span.small.faint', {}, time(one.time)),
    el('p.line', {}, one.rule ? ruleLink(one.rule) : null, excerpt(one.message || 'no rule had a say'),
      one.agent ? el('span', {}, 'by ', name(one.agent)) : null,
      one.project ? el('span', {}, 'in ', name(one.project)) : null),
    el('details.small', {}, el('summary', { text: 'Reasons' }), reasons.map(([label, text]) =>
        el('p', {}, el('span.faint', { text: `${label}: ` }), excerpt(text, { length: 800 }))))));
}
