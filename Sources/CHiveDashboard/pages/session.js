/** Who is signed in, for as long as this tab is open. */

const place = 'hive.session';
let current = read();

function read() {
  try {
    const session = JSON.parse(sessionStorage.getItem(place) ?? 'null');
    return session && Date.parse(session.expiresAt) > Date.now() ? session : null;
  } catch {
    return null; // what is there was not written by this page
  }
}

/** `{token, role, expiresAt}`, or null. */
export const session = () => current;
export const isOperator = () => current?.role === 'operator';

export function keep(next) {
  current = next;
  if (next) sessionStorage.setItem(place, JSON.stringify(next));
  else sessionStorage.removeItem(place);
}

async function post(path, body, token) {
  const headers = { 'Content-Type': 'application/json' };
  if (token) headers.Authorization = `Bearer ${token}`;
  const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.hint ? `${content.detail}. ${content.hint}.` : content.detail);
  return content;
}

/** Exchanges the code of a link for a session. */
export async function openWithCode(code) {
  keep(await post('/api/v1/dashboard/sessions', { code }));
}

/** Exchanges a token for a session: the token itself is kept nowhere. */
export async function openWithToken(token) {
  const link = await post('/api/v1/dashboard/links', {}, token);
  await openWithCode(link.code);
}

/** Ends the session here and at the node; a node that is gone has forgotten it already. */
export async function close() {
  const token = current?.token;
  keep(null);
  if (!token) return;
  const headers = { Authorization: `Bearer ${token}` };
  await fetch('/api/v1/dashboard/sessions', { method: 'DELETE', headers }).catch(() => undefined);
}

/** The code that a link brought along, taken out of the address at once. */
export function takeCode() {
  const found = /^#code=([0-9a-f]+)$/u.exec(location.hash);
  if (found) history.replaceState(null, '', '/#/');
  return found ? found[1] : null;
}
