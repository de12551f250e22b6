/** The node's numbers, as Prometheus reads them, made readable for people. */
import { el } from './dom.js';
import { count, percent } from './format.js';
import { bar, card } from './parts.js';

const line = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/u;
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/gu;

/** `[{name, labels, value}]` */
function parsed(text) {
  return text.split('\n').filter((one) => one && !one.startsWith('#')).map((one) => {
    const [, name, labels = '', value] = line.exec(one) ?? [];
    return { name, labels: Object.fromEntries([...labels.matchAll(label)].map(([, key, word]) => [key, word])),
      value: Number(value) };
  }).filter((sample) => sample.name);
}

/** Cards: how long answers take, what is asked most, and all single numbers. */
export function metrics(text) {
  const samples = parsed(text);
  const single = samples.filter(({ name }) => !/_(bucket|sum|count)$/u.test(name) && !name.startsWith('agent_requests')
      && !name.startsWith('agent_errors'));
  return [el('div.columns', {}, durations(samples), requests(samples)),
    card('All numbers', el('div.metrics', {}, single.map(number)))];
}

const number = ({ name, labels, value }) => el('div.metric', {}, el('code', { text: name + worded(labels) }),
  el('span', { text: count(value) }));

function worded(labels) {
  const pairs = Object.entries(labels).map(([key, word]) => `${key}=${word}`);
  return pairs.length ? ` ${pairs.join(' ')}` : '';
}

/** The upper bound below which a share of all answers lay; of the buckets' bounds. */
function quantile(buckets, share) {
  const total = buckets.at(-1)?.value ?? 0;
  return total ? buckets.find(({ value }) => value >= total * share)?.labels.le : null;
}

/** A bound in seconds as people read it. */
function bound(le) {
  if (le === null || le === undefined) return '–';
  if (le === '+Inf') return 'beyond all bounds';
  const seconds = Number(le);
  if (seconds < 1e-3) return `≤ ${Math.round(seconds * 1e6)} µs`;
  return seconds < 1 ? `≤ ${Math.round(seconds * 1e3)} ms` : `≤ ${seconds} s`;
}

const order = ({ labels }) => (labels.le === '+Inf' ? Infinity : Number(labels.le));

function durations(samples) {
  const named = (name) => samples.filter((sample) => sample.name === `${name}_bucket`)
    .sort((one, other) => order(one) - order(other));
  const rows = [...Map.groupBy(named('agent_request_duration_seconds'), ({ labels }) => labels.interface)]
    .map(([name, buckets]) => [`${name} requests`, buckets]);
  const decisions = named('hive_decision_duration_seconds');
  if (decisions.length) rows.push(['decisions', decisions]);
  return card('How long answers take', rows.length ? el('div', {}, rows.map(([name, buckets]) => el('div.metric', {},
    el('span', { text: name }),
    el('span', { text: `half ${bound(quantile(buckets, 0.5))}, 99 % ${bound(quantile(buckets, 0.99))}` }))))
      : el('p.faint', { text: 'Nothing was asked yet.' }));
}

function requests(samples) {
  const asked = new Map();
  for (const { labels, value } of samples.filter(({ name }) => name === 'agent_requests_total')) {
    const entry = asked.get(labels.operation) ?? { all: 0, failed: 0 };
    entry.all += value;
    if (Number(labels.status) >= 400) entry.failed += value;
    asked.set(labels.operation, entry);
  }
  const most = [...asked].sort(([, one], [, other]) => other.all - one.all).slice(0, 8);
  return card('What is asked most', most.map(([operation, { all, failed }]) => bar(operation, all / most[0][1].all,
    failed ? `${count(all)}, ${percent(failed / all)} refused` : count(all), failed / all > 0.5 ? 'bad' : '')));
}
