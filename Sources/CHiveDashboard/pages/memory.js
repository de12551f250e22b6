/** One memory: what it says, how far it is believed, what it is tied to, and what happened to it. */
import { path } from './api.js';
import { time } from './clock.js';
import { el, regions } from './dom.js';
import { author, duration, percent, plain, shortId } from './format.js';
import { shown } from './keyed.js';
import { actions } from './memory-actions.js';
import { belief } from './memory-belief.js';
import { history } from './memory-history.js';
import { links } from './memory-links.js';
import { marks, memoryLink } from './memory-row.js';
import { story } from './memory-story.js';
import { badge, card, facts, head, notice } from './parts.js';
import { excerpt, name, whole } from './text.js';

const about = (memory) => facts([
  ['Id', el('code', { text: memory.id })], ['Scope', memory.scope], ['Category', memory.category],
  ['Context', memory.context], ['Tags', memory.tags.length ? memory.tags.map((tag) => [badge(tag), ' ']).flat() : ''],
  ['Author', author(memory.author)], ['On node', el('code', { text: shortId(memory.author.node) })],
  ['Created', time(memory.createdAt)], ['Changed', time(memory.updatedAt)], ['Expires', time(memory.expiresAt)],
  ['Source', memory.epistemic.source], ['Known by', memory.epistemic.status],
  ['Statement', memory.epistemic.subject
      ? `${memory.epistemic.subject} · ${memory.epistemic.relation} · ${memory.epistemic.object}` : ''],
  ['Vitality', memory.lifecycle
      ? `${percent(memory.lifecycle.vitality)}, ${duration(memory.lifecycle.idleSeconds)} idle` : ''],
  ['Uses here', memory.lifecycle?.uses || ''],
  ['Copies', memory.promotion?.copies?.length
      ? memory.promotion.copies.map((copy) => [memoryLink(copy.id, copy.scope ?? shortId(copy.id)), ' ']).flat() : ''],
  ['Metadata', Object.keys(memory.metadata).length ? el('pre', {}, whole(plain(memory.metadata), 'span')) : ''],
  ['Version', el('code', { text: shortId(memory.version) })],
]);

export const memory = {
  title: 'Memory',
  topics: ['memory', 'conflict'],
  open(page) {
    const [id] = page.params;
    const base = path('memories', id);
    const parts = regions('div.stack', 'top', 'left', 'believed', 'tied', 'told');
    parts.left.append(el('div.skeleton'));
    page.root.append(parts.top, el('div.columns.wide', {},
      el('div.stack', {}, parts.left, parts.told), el('div.stack', {}, parts.believed, parts.tied)));
    return async () => {
      const [found, past, report, near] = await Promise.all([
        page.get(base), page.get(`${base}/history`), page.get(`${base}/belief`),
        page.get(`${base}/neighbours?depth=1&direction=both&limit=50`)]);
      page.title = (found.content ?? 'Memory').slice(0, 60);
      shown(parts.top, found, () => top(page, found));
      shown(parts.left, found, () => [
        card('Text', found.content === null ? el('p.faint', { text: 'Its text is on the way from another node.' })
            : whole(found.content, 'div.text.content')),
        story(found), card('About', about(found))]);
      shown(parts.believed, report, () => belief(report));
      shown(parts.tied, near, () => links(near));
      shown(parts.told, past, () => history(page, base, past.items));
    };
  },
};

function top(page, found) {
  const retraction = found.epistemic.retraction;
  return [
    head(excerpt(found.content ?? 'Memory', { length: 90 }), {
      crumb: { href: '#/memories', text: 'Memories' },
      under: el('span.line', {}, badge(found.kind), marks(found), name(author(found.author)),
        time(found.updatedAt)),
    }),
    el('div.actions', {}, actions(page, found)),
    found.contested ? el('div.notice.warn', {}, 'Concurrent writes disagree about this memory. ',
      el('a', { href: '#/conflicts', text: 'Settle the conflict' })) : null,
    retraction ? notice(retraction.reason, 'bad', 'Retracted') : null,
  ];
}
