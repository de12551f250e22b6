/** Signs in, draws the frame, and opens the page that the address names. */
import { go } from './address.js';
import { get, whenSignedOut } from './api.js';
import { byId, fill, el } from './dom.js';
import { moment } from './format.js';
import { allowResuming, live } from './live.js';
import { has, learn } from './features.js';
import * as navigation from './navigation.js';
import { leave, route } from './router.js';
import * as session from './session.js';
import * as shortcuts from './shortcuts.js';
import { name } from './text.js';
import { switchWith } from './theme.js';

let counting = null;

async function start() {
  switchWith(byId('theme'));
  shortcuts.listen();
  listen();
  const code = session.takeCode();
  if (code) {
    try { await session.openWithCode(code); } catch (problem) { return showSignIn(problem.message); }
  }
  return session.session() ? enter() : showSignIn();
}

async function enter() {
  try {
    await learn();
    const status = await get('/api/status');
    fill(document.querySelector('.brand span'), name(status.name));
  } catch (problem) {
    if (problem.status !== 401) showSignIn(problem.hint ? `${problem.message}. ${problem.hint}.` : problem.message);
    return;
  }
  byId('sign-in').hidden = true;
  byId('shell').hidden = false;
  navigation.draw();
  allowResuming(has('GET /ws/{machine_id}?after'));
  live.start();
  await Promise.all([route(), countConflicts()]);
}

function showSignIn(reason = '') {
  leave();
  live.stop();
  byId('shell').hidden = true;
  byId('sign-in').hidden = false;
  byId('page').replaceChildren();
  byId('sign-in-error').textContent = reason;
  document.title = 'Sign in · Hive';
  byId('token').focus();
}

async function signIn(event) {
  event.preventDefault();
  const field = byId('token');
  const token = field.value.trim();
  field.value = '';
  try {
    await session.openWithToken(token);
  } catch (problem) {
    showSignIn(problem.message);
    return;
  }
  await enter();
}

async function countConflicts() {
  const page = await get('/api/v1/conflicts').catch(() => null);
  if (page) navigation.announce('conflicts', page.items.length, 'to be settled');
}

/** Many events lead to one count. */
function countSoon() {
  counting ??= setTimeout(() => { counting = null; if (session.session()) countConflicts(); }, 1000);
}

function showLive() {
  const words = { off: 'off', connecting: 'connecting', live: 'live', waiting: 'not live' };
  byId('live').dataset.state = live.state;
  byId('live-text').textContent = words[live.state];
  byId('live').title = live.state === 'live' ? 'Changes are shown as they happen' : 'Press to connect now';
  const stale = byId('stale');
  stale.hidden = live.state !== 'waiting' && !(live.state === 'connecting' && !stale.hidden);
  if (live.state === 'waiting') {
    const since = live.since ? ` since ${moment(live.since)}` : '';
    fill(stale, `The node has not been heard${since}: what you see may be old. It is tried again by itself.`,
      el('button.small', { text: 'Try now', on: { click: () => live.start() } }));
  }
}

/** A node that was started anew refuses the socket without a word; a question says that the session is gone. */
function probe() {
  if (live.state === 'waiting') get('/api/status').catch(() => undefined);
}

function listen() {
  byId('sign-in-form').addEventListener('submit', signIn);
  byId('sign-out').addEventListener('click', async () => { await session.close(); showSignIn(); });
  byId('menu').addEventListener('click', () => navigation.toggle());
  byId('live').addEventListener('click', () => { if (live.state === 'waiting') live.start(); });
  byId('quick').addEventListener('submit', (event) => {
    event.preventDefault();
    go(`#/memories?${new URLSearchParams({ q: byId('quick-query').value.trim() })}`);
  });
  document.querySelector('.skip').addEventListener('click', (event) => {
    event.preventDefault();
    byId('main').focus();
  });
  live.addEventListener('state', showLive);
  live.addEventListener('refused', probe);
  live.addEventListener('event', countSoon);
  live.addEventListener('gap', countSoon);
  whenSignedOut((reason) => {
    session.keep(null);
    showSignIn(`${reason}. Sign in again: \`hivectl dashboard\` prints a link.`);
  });
  window.addEventListener('hashchange', () => {
    navigation.toggle(false);
    if (location.hash.startsWith('#code=')) location.reload();
    else if (session.session()) route();
  });
}

start();
