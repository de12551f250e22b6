/** The page of an address that leads nowhere. */
import { el } from './dom.js';
import { empty, head } from './parts.js';

export const missing = {
  title: 'Not found',
  open(page) {
    page.root.append(head('There is no such page'),
      el('div.card', {}, empty('The address leads nowhere', el('a', { href: '#/', text: 'Go to the overview' }))));
    return async () => undefined;
  },
};
