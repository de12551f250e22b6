/** Light, dark, or as the system is. */
import { svg } from './dom.js';

const place = 'hive.theme';
const order = ['system', 'light', 'dark'];
const drawings = {
  system: 'M3 4h14v9H3zM7 17h6M10 13v4',
  light: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10 1.5v2'
    + 'M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6 16 16M16 4l-1.4 1.4M5.4 14.6 4 16',
  dark: 'M16.5 12.5A7 7 0 0 1 7.5 3.5a7 7 0 1 0 9 9z',
};

const chosen = () => document.documentElement.dataset.theme ?? 'system';

function show(button) {
  const theme = chosen();
  const next = order[(order.indexOf(theme) + 1) % order.length];
  button.replaceChildren(svg('svg', {
    viewBox: '0 0 20 20', width: 18, height: 18, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.6,
    'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true',
  }, svg('path', { d: drawings[theme] })));
  button.setAttribute('aria-label', `Colours: ${theme}. Change to ${next}`);
  button.title = `Colours: ${theme}`;
}

/** Makes a button go through the three. */
export function switchWith(button) {
  button.addEventListener('click', () => {
    const next = order[(order.indexOf(chosen()) + 1) % order.length];
    if (next === 'system') {
      delete document.documentElement.dataset.theme;
      localStorage.removeItem(place);
    } else {
      document.documentElement.dataset.theme = next;
      localStorage.setItem(place, next);
    }
    show(button);
  });
  show(button);
}
