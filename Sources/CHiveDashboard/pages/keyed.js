/** Lists that change while somebody reads them: what stays the same stays where it is, with its focus. */

const known = new WeakMap();

/**
 * Shows items in a container. `key` tells items apart; an element is made anew only where its item changed.
 * Where the element with the focus is made anew, its successor gets the focus.
 */
export function keyed(container, items, key, make) {
  const before = known.get(container) ?? new Map();
  const after = new Map();
  const focus = focusIn(container);
  const elements = items.map((item, place) => {
    const name = String(key(item, place));
    const signature = JSON.stringify(item);
    const old = before.get(name);
    const entry = old && old.signature === signature ? old : { signature, element: make(item, place) };
    after.set(name, entry);
    return entry.element;
  });
  place(container, elements);
  known.set(container, after);
  if (focus && !container.contains(document.activeElement)) restore(container, focus);
}

/** Calls `make` and shows its children unless the same value is shown already. */
export function shown(container, value, make) {
  const signature = JSON.stringify(value);
  if (known.get(container) === signature) return;
  const focus = focusIn(container);
  container.replaceChildren(...[make(value)].flat(Infinity).filter(Boolean));
  known.set(container, signature);
  if (focus) restore(container, focus);
}

function place(container, elements) {
  const wanted = new Set(elements);
  for (const child of [...container.children]) if (!wanted.has(child)) child.remove();
  elements.forEach((element, index) => {
    if (container.children[index] !== element) container.insertBefore(element, container.children[index] ?? null);
  });
}

const reachable = 'a[href], button, input, select, textarea, summary';

/** Which of the reachable elements has the focus, by its place and its words. */
function focusIn(container) {
  const active = document.activeElement;
  if (!active || active === document.body || !container.contains(active)) return null;
  return { words: active.textContent, place: [...container.querySelectorAll(reachable)].indexOf(active) };
}

function restore(container, { words, place }) {
  const all = [...container.querySelectorAll(reachable)];
  (all.find((element) => words && element.textContent === words) ?? all[Math.min(place, all.length - 1)])?.focus();
}
