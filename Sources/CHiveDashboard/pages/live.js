/** The node's events, as they happen. Comes back by itself, each time a little later, and says so while it is away. */
import { session } from './session.js';

const longestWait = 30000;
const remembered = 50;

class Live extends EventTarget {
  /** `off`, `connecting`, `live` or `waiting`. */
  state = 'off';
  /** When it was last live. */
  since = null;
  /** The last events, newest first. */
  recent = [];
  #socket = null;
  #timer = null;
  #attempts = 0;
  #lastId = null;

  start() {
    clearTimeout(this.#timer);
    this.#to('connecting');
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const after = this.#lastId ? `?after=${encodeURIComponent(this.#lastId)}` : '';
    const socket = new WebSocket(
      `${scheme}://${location.host}/ws/dashboard${resumes ? after : ''}`,
      ['hive.events', `hive.token.${session()?.token ?? ''}`]);
    this.#socket = socket;
    socket.addEventListener('open', () => this.#opened(socket));
    socket.addEventListener('message', (message) => this.#heard(socket, message));
    socket.addEventListener('close', () => this.#closed(socket));
  }

  stop() {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    this.#attempts = 0;
    this.#lastId = null;
    this.recent = [];
    this.#to('off');
    socket?.close();
  }

  #opened(socket) {
    if (socket !== this.#socket) return;
    const wasAway = this.#attempts > 0;
    this.#attempts = 0;
    this.#to('live');
    // What happened meanwhile is not known in full: whoever shows something looks again.
    if (wasAway) this.dispatchEvent(new CustomEvent('gap'));
  }

  #heard(socket, message) {
    if (socket !== this.#socket) return;
    const event = JSON.parse(message.data);
    this.#lastId = event.id;
    this.since = Date.now();
    if (event.type === 'gap') {
      this.dispatchEvent(new CustomEvent('gap'));
      return;
    }
    this.recent = [event, ...this.recent].slice(0, remembered);
    this.dispatchEvent(new CustomEvent('event', { detail: event }));
  }

  #closed(socket) {
    if (socket !== this.#socket) return;
    this.#attempts += 1;
    this.#to('waiting');
    if (this.#attempts > 1) this.dispatchEvent(new CustomEvent('refused'));
    // Half of the wait is chance, so that many pages do not come back all at once.
    const wait = Math.min(longestWait, 500 * 2 ** (this.#attempts - 1));
    this.#timer = setTimeout(() => this.start(), wait / 2 + Math.random() * wait / 2);
  }

  #to(state) {
    if (this.state === 'live' && state !== 'live') this.since = Date.now();
    this.state = state;
    this.dispatchEvent(new CustomEvent('state'));
  }
}

let resumes = false;
/** Whether the node sends what was missed to those who name the last event that they heard. */
export function allowResuming(yes) { resumes = yes; }

export const live = new Live();
