/** What can be done with a memory. What is hard to undo asks first. */
import { ask, path, post } from './api.js';
import { confirm, open } from './dialog.js';
import { el } from './dom.js';
import { doing, field, select } from './parts.js';
import { go } from './address.js';
import { complain, say } from './said.js';
import { isOperator } from './session.js';

/** The buttons. Every write names the version that was read, so that nothing unseen is overwritten. */
export function actions(page, memory) {
  const base = path('memories', memory.id);
  const act = (text, verb, body, done) => doing('button.small', text, () => page.attempt(async () => {
    await post(`${base}/${verb}`, body);
    say(done);
  }));
  const { lifecycle } = memory;
  return [
    act('Verify', 'verify', {}, 'Your word counts for it now.'),
    el('button.small', { text: 'Contradict', on: { click: () => contradict(page, base) } }),
    act(lifecycle?.pinned ? 'Unpin' : 'Pin', 'lifecycle', { pinned: !lifecycle?.pinned }, lifecycle?.pinned
        ? 'Unpinned.' : 'Pinned: it does not fade.'),
    act(lifecycle?.archived ? 'Bring back' : 'Archive', 'lifecycle', { archived: !lifecycle?.archived },
      lifecycle?.archived ? 'It is found again.' : 'Archived: searches leave it out.'),
    el('button.small', { text: 'Promote', on: { click: () => promote(page, memory, base) } }),
    el('button.small.danger', { text: 'Retract', on: { click: () => retract(page, memory, base) } }),
    el('button.small.danger', { text: 'Forget', on: { click: () => forget(memory, base) } }),
    isOperator() ? el('button.small.danger', { text: 'Erase', on: { click: () => erase(memory, base) } }) : null,
  ];
}

async function contradict(page, base) {
  const reason = await confirm('Contradict this memory', 'It stays, and is believed less by everybody who trusts you.',
    {
      action: 'Contradict', reason: 'What speaks against it', needsReason: true });
  if (reason === null) return;
  await page.attempt(async () => {
    await post(`${base}/contradict`, { reason });
    say('Your word counts against it now.');
  });
}

async function retract(page, memory, base) {
  const reason = await confirm('Retract this memory',
    'It stays readable with your reason, counts as not believed, and searches leave it out.', {
      action: 'Retract', reason: 'Why it is not so', needsReason: true });
  if (reason === null) return;
  await page.attempt(async () => {
    await post(`${base}/retract`, { reason, version: memory.version });
    say('Retracted.');
  });
}

async function forget(memory, base) {
  const yes = await confirm('Forget this memory',
    'It is hidden on every node that holds it. A later write brings it back.', { action: 'Forget' });
  if (yes === null) return;
  await leaving(() => ask('DELETE', base, { headers: { 'If-Match': `"${memory.version}"` } }), 'Forgotten.');
}

async function erase(memory, base) {
  const yes = await confirm('Erase this memory',
    'It ends for good on every node that holds it. Nobody can bring it back.',
    { action: 'Erase for good', word: 'erase' });
  if (yes === null) return;
  await leaving(() => post(`${base}/erase`, { version: memory.version }), 'Erased.');
}

/** Does something after which there is nothing left to look at. */
async function leaving(action, done) {
  try {
    await action();
  } catch (problem) {
    complain(problem);
    return;
  }
  say(done);
  go('#/memories');
}

async function promote(page, memory, base) {
  const scopes = await page.get('/api/v1/scopes').catch(() => ({ items: [] }));
  const wider = scopes.items.map(({ name }) => name).filter((name) => name !== memory.scope && name !== 'instance');
  const to = select(wider);
  const chosen = await open('Promote to a wider scope', el('div.stack', {},
    el('p', { text: 'A copy goes to everybody in that scope. What the text says is yours to read before.' }),
    field('Scope', to)), [
      (close) => el('button', { text: 'Cancel', on: { click: () => close('') } }),
      (close) => el('button.primary', { text: 'Promote', on: { click: () => close(to.value) } }),
  ]);
  if (!chosen) return;
  await page.attempt(async () => {
    await post(`${base}/promote`, { to: chosen });
    say(`A copy is in ${chosen} now.`);
  });
}
