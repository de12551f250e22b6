/** Which page an address means: what stands behind `#` never reaches a server. */
import { byId } from './dom.js';
import { mark } from './navigation.js';
import { Page } from './page.js';
import { agents } from './agents.js';
import { backups } from './backups.js';
import { conflicts } from './conflicts.js';
import { decisions } from './decisions.js';
import { episodes } from './episodes.js';
import { health } from './health.js';
import { incident } from './incident.js';
import { incidents } from './incidents.js';
import { infrastructure } from './infrastructure.js';
import { memories } from './memories.js';
import { memory } from './memory.js';
import { messages } from './messages.js';
import { missing } from './missing.js';
import { overview } from './overview.js';
import { rule } from './rule.js';
import { rules } from './rules.js';
import { runbook } from './runbook.js';
import { runbooks } from './runbooks.js';
import { skills } from './skills.js';
import { sync } from './sync.js';
import { task } from './task.js';
import { tasks } from './tasks.js';

/** The page of a section, and that of one thing in it. */
const views = {
  '': [overview], memories: [memories, memory], episodes: [episodes], skills: [skills], conflicts: [conflicts],
  sync: [sync], agents: [agents], tasks: [tasks, task], messages: [messages], rules: [rules, rule],
  decisions: [decisions], incidents: [incidents, incident], runbooks: [runbooks, runbook],
  infrastructure: [infrastructure], backups: [backups], health: [health],
};

let current = null;

function decoded(part) {
  try { return decodeURIComponent(part); } catch { return part; }
}

/** Opens the page that the address names. */
export function route() {
  const [path, query = ''] = location.hash.replace(/^#\/?/u, '').split('?');
  const [section = '', ...params] = path.split('/').filter(Boolean).map(decoded);
  const view = views[section]?.[params.length] ?? missing;
  const asked = new URLSearchParams(query);
  const takesFocus = current !== null;
  current?.leave();
  byId('quick-query').value = section === 'memories' ? asked.get('q') ?? '' : '';
  current = new Page(view, params, asked);
  mark(section);
  return current.enter({ takesFocus });
}

export function leave() {
  current?.leave();
  current = null;
}
