/** Keys that save a way with the mouse. None of them works while somebody writes. */
import { byId, el } from './dom.js';
import { open } from './dialog.js';
import { isOpen, offered, toggle } from './navigation.js';
import { go } from './address.js';

const writes = (element) => element.matches('input, textarea, select, [contenteditable]');
const longestChord = 1500;

let isWaiting = false;
let timer = null;

function listed() {
  const keys = [
    ['/', 'Search memories'], ['?', 'These shortcuts'], ['j  k', 'Next and former entry of a list'],
    ['Escape', 'Close what is open, or leave a field'],
    ...offered().map(({ key, label }) => [`g ${key}`, `Go to ${label}`]),
  ];
  return el('dl.shortcuts', {}, keys.flatMap(([key, text]) => [
    el('dt', {}, key.split(/ +/u).map((one) => [el('kbd', { text: one }), ' '])), el('dd', { text })]));
}

const showShortcuts = () => {
  if (!document.querySelector('dialog[open]')) open('Shortcuts', listed());
};

/** Moves the focus along the links that head the entries of lists. */
function step(by) {
  const entries = [...byId('page').querySelectorAll('[data-entry]')].filter((entry) => entry.offsetParent);
  if (!entries.length) return;
  const here = entries.indexOf(document.activeElement.closest('[data-entry]') ?? document.activeElement);
  entries[Math.max(0, Math.min(entries.length - 1, here < 0 ? 0 : here + by))].focus();
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === 'Escape') {
    if (isOpen()) { toggle(false); byId('menu').focus(); } else if (writes(event.target)) event.target.blur();
    return;
  }
  if (writes(event.target) || document.querySelector('dialog[open]')) return;
  if (isWaiting) {
    wait(false);
    const section = offered().find(({ key }) => key === event.key);
    if (section) { event.preventDefault(); go(`#/${section.path}`); }
    return;
  }
  const actions = {
    '/': () => byId('quick-query').focus(), '?': showShortcuts, g: () => wait(true), j: () => step(1),
    k: () => step(-1),
  };
  if (actions[event.key]) { event.preventDefault(); actions[event.key](); }
}

/** `g` waits a moment for the key that says where to. */
function wait(yes) {
  clearTimeout(timer);
  isWaiting = yes;
  if (yes) timer = setTimeout(() => { isWaiting = false; }, longestChord);
}

export function listen() {
  document.addEventListener('keydown', pressed);
  byId('help').addEventListener('click', showShortcuts);
}
