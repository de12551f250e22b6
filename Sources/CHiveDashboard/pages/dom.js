/** Elements made by hand. Whatever comes from a node is put on the page as text and never read as markup. */

const vector = 'http://www.w3.org/2000/svg';

/**
 * An element. `kind` is a tag with classes: `button.small.danger`. Options are attributes, `on` with listeners, and
 * `text`. Children are elements, texts, lists of them, or nothing.
 */
export function el(kind, options = {}, ...children) {
  const [tag, ...classes] = kind.split('.');
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(' ');
  if (tag === 'button') element.type = options.type ?? 'button';
  apply(element, options);
  append(element, children);
  return element;
}

/** The same for a drawing. */
export function svg(tag, options = {}, ...children) {
  const element = document.createElementNS(vector, tag);
  apply(element, options);
  append(element, children);
  return element;
}

function apply(element, { text, on = {}, class: more, ...attributes }) {
  if (text !== undefined && text !== null) element.textContent = String(text);
  if (more) element.classList.add(...more.split(' ').filter(Boolean));
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child);
  }
}

/** Elements of one kind by name, to be filled one by one: `regions('div.stack', 'top', 'side')`. */
export const regions = (kind, ...names) => Object.fromEntries(names.map((name) => [name, el(kind)]));

export const byId = (id) => document.getElementById(id);

/** Puts children in place of those that were there. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

let last = 0;
/** An id that no other element has. */
export const freshId = (prefix) => `${prefix}-${last += 1}`;
