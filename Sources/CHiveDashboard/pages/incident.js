/** One incident: its course, what mended it, and what is like it. */
import { path } from './api.js';
import { time } from './clock.js';
import { detail } from './detail.js';
import { el } from './dom.js';
import { author, duration } from './format.js';
import { memoryLink } from './memory-row.js';
import { badge, card, facts, state } from './parts.js';
import { excerpt, name, whole } from './text.js';

export const incident = {
  title: 'Incident',
  topics: ['memory'],
  open(page) {
    const base = path('incidents', page.params[0]);
    return detail(page, {
      load: async () => {
        const [found, likely] = await Promise.all([page.get(base), page.get(`${base}/suggestions`)]);
        return { ...found, likely };
      },
      crumb: { href: '#/incidents', text: 'Incidents' },
      under: (found) => el('span.line', {}, state(found.severity), state(found.status),
        found.contested ? badge('contested', 'warn') : null),
      body: (found) => [course(found), beside(found)],
    });
  },
};

const texts = (title, list) => (list?.length ? card(title, list.map((text) => whole(text))) : null);

const course = (found) => el('div.stack', {},
  found.summary ? card('Summary', whole(found.summary)) : null,
  card('Course', el('ol.timeline', {}, (found.timeline ?? []).map((entry) => el('li', {},
    el('p.line', {}, time(entry.at), entry.status ? state(entry.status) : null, name(entry.agent ?? '')),
    entry.text ? el('p', {}, excerpt(entry.text, { length: 900 })) : null)))),
  texts('What mended it', found.resolutions), found.lessons ? card('Learnt', whole(found.lessons)) : null);

const beside = ({ likely, ...found }) => el('div.stack', {},
  card('About', facts([
    ['Systems', (found.systems ?? []).flatMap((system) => [badge(system, 'info'), ' '])],
    ['Detected', time(found.detectedAt)],
    ['Resolved', time(found.resolvedAt)], ['Lasted', duration(found.durationSeconds)], ['Author', author(found.author)],
    ['Scope', found.scope], ['As a memory', memoryLink(found.id)]])),
  likely.runbooks?.length ? card('Runbooks that may help', el('ul', {}, likely.runbooks.map((one) => el('li', {},
    el('a', { href: `#/runbooks/${encodeURIComponent(one.id)}` }, name(one.title)),
    el('span.under.small.faint', { text: ` ${one.successes} of ${one.runs} runs worked` }))))) : null,
  likely.incidents?.length ? card('Incidents like it', el('ul', {}, likely.incidents.map((one) => el('li', {},
    el('a', { href: `#/incidents/${encodeURIComponent(one.id)}` }, name(one.title)),
    one.resolution ? el('p.small.faint', {}, excerpt(one.resolution)) : null)))) : null);
