/** What the law decided lately, and a question of one's own. */
import { ask } from './api.js';
import { el, fill } from './dom.js';
import { fine } from './format.js';
import { listing } from './listing.js';
import { badge, card, field, head, notice, select, state } from './parts.js';
import { complain } from './said.js';
import { isOperator } from './session.js';
import { excerpt } from './text.js';
import { ruleLink, verdict } from './verdict.js';

const forOperators = 'Only an operator may look at what others asked. Sign in with an operator\'s link to see it.';

const filters = [
  { name: 'effect', label: 'Effect', options: [['', 'Any'], 'deny', 'require-approval', 'warn', 'allow', 'transform',
    'annotate'] },
  { name: 'rule', label: 'Decided by rule' }, { name: 'agent', label: 'Asked by agent' },
];

export const decisions = {
  title: 'Decisions',
  topics: ['rules'],
  every: 2,
  open(page) {
    const question = card('Ask the law', form(), { padded: false });
    if (!isOperator()) {
      page.root.append(head('Decisions'), el('div.stack', {}, notice(forOperators, 'info'), question));
      return async () => undefined;
    }
    return listing(page, {
      title: 'Decisions', under: 'The last 200 of this node, in memory only.', path: '/api/v1/decisions', filters,
      fixed: { limit: 100 }, item: verdict, above: question,
      empty: ['Nothing was decided lately', 'Agents ask before they use a tool; `hivectl rules eval` asks by hand.'],
    });
  },
};

/** The event, and the field of the input that the text goes into. */
const questions = { 'tool.pre': 'command', 'prompt.submit': 'content', commit: 'content', 'memory.write': 'content' };

/** Something that is judged and not done. */
function form() {
  const text = el('input', { autocomplete: 'off', spellcheck: 'false', required: true });
  const event = select([['tool.pre', 'Run a command'], ['prompt.submit', 'Send a prompt'], ['commit', 'Commit'],
    ['memory.write', 'Remember']]);
  const answer = el('div', { role: 'status' });
  const judge = async (submitted) => {
    submitted.preventDefault();
    const tool = event.value === 'tool.pre' ? { tool: 'Bash' } : {};
    const input = { event: event.value, ...tool, [questions[event.value]]: text.value };
    try {
      const decision = await ask('POST', '/api/v1/decisions?explain=true', { body: input });
      fill(answer, el('div.body', {}, shownAnswer(decision)));
    } catch (problem) { complain(problem); }
  };
  return [el('form.filters', { on: { submit: judge } }, field('What', event), field('Text', text, 'grow'),
    el('button.primary', { type: 'submit', text: 'Ask' })), answer];
}

function shownAnswer(decision) {
  const lines = decision.explanation ?? [];
  return el('div.stack', {},
    el('p.line', {}, state(decision.effect), decision.rule ? ruleLink(decision.rule.id) : null,
      excerpt(decision.message || 'no rule has a say'), badge(fine(decision.durationNanoseconds))),
    decision.remediation ? el('p', {}, excerpt(decision.remediation, { length: 800 })) : null,
    lines.length ? el('details.small', {}, el('summary', { text: `Why, rule by rule (${lines.length})` }),
      el('ul', {}, lines.map((line) => el('li.faint', {}, excerpt(line, { length: 600 }))))) : null);
}
