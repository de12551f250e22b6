/** The list of sections at the side; on a phone it is opened by a button. */
import { byId, el } from './dom.js';
import { has } from './features.js';
import { icon } from './icons.js';
import { sections } from './sections.js';

/** The sections that this node offers. */
export const offered = () => sections.filter(({ path, needs }) => path !== undefined && (!needs || has(needs)));

const nav = () => byId('navigation');

/** Draws the list. A group without sections is left out. */
export function draw() {
  const list = el('ul');
  sections.forEach(({ group, path, label, icon: drawing, needs }, place) => {
    if (group) {
      const next = sections.slice(place + 1);
      const end = next.findIndex((section) => section.group);
      const members = end < 0 ? next : next.slice(0, end);
      if (members.some((member) => !member.needs || has(member.needs))) list.append(
        el('li', {}, el('h2', { text: group })));
    } else if (!needs || has(needs)) {
      list.append(el('li', {}, el('a', { href: `#/${path}`, 'data-path': path }, icon(drawing),
        el('span', { text: label }))));
    }
  });
  nav().replaceChildren(list);
}

/** Marks where the reader is. */
export function mark(path) {
  for (const link of nav().querySelectorAll('a')) {
    if (link.dataset.path === path) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

/** A number beside a section: what waits there. Nothing for 0. */
export function announce(path, number, meaning) {
  const link = nav().querySelector(`a[data-path="${path}"]`);
  if (!link) return;
  link.querySelector('.count')?.remove();
  if (number) link.append(el('span.count', { title: `${number} ${meaning}` }, String(number),
    el('span.unseen', { text: ` ${meaning}` })));
}

/** Opens or closes the list where it is not always there. */
export function toggle(open = !nav().classList.contains('open')) {
  nav().classList.toggle('open', open);
  byId('menu').setAttribute('aria-expanded', String(open));
  if (open) nav().querySelector('a')?.focus();
}

export const isOpen = () => nav().classList.contains('open');
