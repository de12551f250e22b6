/** What the page says about what was done: briefly on the screen, and to those who listen instead of looking. */
import { byId, el } from './dom.js';

const shownFor = 6000;

/** Says it once, and lets it go. What went wrong stays until it is put away. */
export function say(text, { tone = 'good' } = {}) {
  byId('said').textContent = text;
  const note = el(`div.toast.${tone}`, {}, el('p', { text }),
    el('button.icon.small', { text: 'Close', on: { click: () => note.remove() } }));
  byId('toasts').append(note);
  if (tone === 'good') setTimeout(() => note.remove(), shownFor);
}

/** What went wrong, and what to do about it. */
export function complain(problem) {
  if (problem.name === 'AbortError') return;
  say(problem.hint ? `${problem.message}. ${problem.hint}.` : problem.message, { tone: 'bad' });
}
