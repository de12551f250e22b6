/** Times that grow older while they are looked at. */
import { el } from './dom.js';
import { ago, moment } from './format.js';

/** A moment as how long ago it was; the exact time when pointed at. Nothing where there is none. */
export function time(text) {
  if (!text) return null;
  return el('time', { datetime: text, title: moment(text), 'data-ago': '', text: ago(text) });
}

/** Brings all of them up to date. */
function tick() {
  for (const element of document.querySelectorAll('time[data-ago]')) {
    const text = ago(element.dateTime);
    if (element.textContent !== text) element.textContent = text;
  }
}

setInterval(tick, 15000);
