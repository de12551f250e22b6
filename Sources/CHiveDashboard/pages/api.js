/** Questions to the node. */
import { session } from './session.js';

/** What went wrong, in the node's own words. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? 'The node did not say why.');
    this.status = status;
    this.code = body.code ?? '';
    this.hint = body.hint ?? '';
  }
}

let onSignedOut = () => undefined;
/** Told when the node does not know the session any more. */
export function whenSignedOut(listener) { onSignedOut = listener; }

/** `/api/v1/memories/ID/history`, every part encoded. */
export const path = (...parts) => `/api/v1/${parts.map(encodeURIComponent).join('/')}`;

/** A query string of what is there and not empty. */
export function query(fields) {
  const pairs = Object.entries(fields).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  return pairs.length ? `?${new URLSearchParams(pairs)}` : '';
}

async function send(method, address, { body, headers = {}, signal } = {}) {
  const all = { Authorization: `Bearer ${session()?.token ?? ''}`, Accept: 'application/json', ...headers };
  if (body !== undefined) all['Content-Type'] = 'application/json';
  try {
    return await fetch(address, {
      method, headers: all, signal, cache: 'no-store', body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (reason) {
    if (reason.name === 'AbortError') throw reason;
    throw new Problem(0, {
      code: 'unreachable', detail: 'The node does not answer',
      hint: 'Start it again with `hived`; this page goes on by itself',
    });
  }
}

/** One request; the answer as JSON. Throws a Problem. */
export async function ask(method, address, options = {}) {
  const answer = await send(method, address, options);
  const isJSON = (answer.headers.get('Content-Type') ?? '').includes('json');
  const content = isJSON ? await answer.json() : { detail: answer.statusText };
  if (answer.ok) return content;
  if (answer.status === 401) onSignedOut(content.detail);
  throw new Problem(answer.status, content);
}

export const get = (address, signal) => ask('GET', address, { signal });
export const post = (address, body = {}) => ask('POST', address, { body });

/** An answer that is text. */
export async function getText(address, signal) {
  const answer = await send('GET', address, { signal, headers: { Accept: 'text/plain' } });
  if (!answer.ok) throw new Problem(answer.status, { detail: `the answer has status ${answer.status}` });
  return answer.text();
}
