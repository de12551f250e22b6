/** One page at a time: built once, then brought up to date whenever something happened that it shows. */
import { get } from './api.js';
import { byId, el, fill } from './dom.js';
import { live } from './live.js';
import { prose } from './parts.js';
import { complain } from './said.js';

const shortestPause = 400;

export class Page {
  #control = new AbortController();
  #load = null;
  #isLoading = false;
  #again = false;
  #soon = null;
  #every = null;
  #problem = el('div.notice.bad', { role: 'alert', hidden: true });

  /** A view is `{title, topics, every, open(page)}`; `open` builds the page and returns what brings it up to date. */
  constructor(view, params, query) {
    this.view = view;
    this.params = params;
    this.query = query;
    this.root = el('div');
    byId('page').replaceChildren(this.#problem, this.root);
    this.title = view.title;
    this.#load = view.open(this);
    this.#listen();
  }

  set title(text) { document.title = `${text} · Hive`; }

  get signal() { return this.#control.signal; }
  get(address) { return get(address, this.signal); }

  /** Fills the page. Who came from another one is taken to its heading: it is read out, and Tab goes on there. */
  async enter({ takesFocus }) {
    const begin = () => { if (takesFocus) this.root.querySelector('h1')?.focus({ preventScroll: true }); };
    window.scrollTo(0, 0);
    begin();
    await this.refresh();
    // Some headings are known only now; whoever went on meanwhile is left where they are.
    if (!this.signal.aborted && document.activeElement === document.body) begin();
  }

  leave() {
    this.#control.abort();
    clearTimeout(this.#soon);
    clearInterval(this.#every);
  }

  /** Brings the page up to date; never twice at once. */
  async refresh() {
    if (this.#isLoading) {
      this.#again = true;
      return;
    }
    this.#isLoading = true;
    try {
      await this.#load();
      this.#problem.hidden = true;
    } catch (problem) {
      this.#complain(problem);
    } finally {
      this.#isLoading = false;
    }
    if (this.#again && !this.signal.aborted) {
      this.#again = false;
      await this.refresh();
    }
  }

  /** Many events at once lead to one refresh. */
  refreshSoon() {
    this.#soon ??= setTimeout(() => {
      this.#soon = null;
      if (!this.signal.aborted) this.refresh();
    }, shortestPause);
  }

  /** Does something, says what went wrong if anything, and looks again. */
  async attempt(action) {
    try {
      await action();
    } catch (problem) {
      complain(problem);
    }
    await this.refresh();
  }

  /** Keeps what was asked in the address, so that it can be gone back to. */
  remember(fields) {
    const pairs = Object.entries(fields).filter(([, value]) => value);
    const path = location.hash.split('?')[0] || '#/';
    this.query = new URLSearchParams(pairs);
    history.replaceState(null, '', pairs.length ? `${path}?${this.query}` : path);
  }

  #listen() {
    const { topics = [], every = 0 } = this.view;
    const options = { signal: this.signal };
    live.addEventListener('event', ({ detail }) => {
      if (topics.includes(detail.type.split('.')[0])) this.refreshSoon();
    }, options);
    live.addEventListener('gap', () => this.refreshSoon(), options);
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.refreshSoon(); }, options);
    if (every) this.#every = setInterval(() => { if (!document.hidden) this.refresh(); }, every * 1000);
  }

  #complain(problem) {
    if (problem.name === 'AbortError' || problem.status === 401) return;
    if (!('status' in problem)) throw problem; // a fault of this page: it belongs into the console
    for (const skeleton of this.root.querySelectorAll('.skeleton')) skeleton.remove();
    fill(this.#problem, el('strong', { text: problem.message }), problem.hint ? prose(`${problem.hint}.`) : '',
      el('button.small', { text: 'Try again', on: { click: () => this.refresh() } }));
    this.#problem.hidden = false;
  }
}
