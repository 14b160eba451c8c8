export const byId = (id) => document.getElementById(id);

/** Makes an element with these properties and children. */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export function button(label, onClick) {
  const element = make('button', { type: 'button', textContent: label });
  if (onClick) element.addEventListener('click', onClick);
  return element;
}

/** A drawing of the page's sprite; what it means is said beside it. */
export function icon(name) {
  const namespace = 'http://www.w3.org/2000/svg';
  const drawing = document.createElementNS(namespace, 'svg');
  drawing.setAttribute('class', 'icon');
  drawing.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(namespace, 'use');
  use.setAttribute('href', `#icon-${name}`);
  drawing.append(use);
  return drawing;
}

/** What a text says, without how it is written: equal for two spellings of the same words. */
export function gist(text) {
  return text
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** Has screen readers say something, once what they are saying is over. */
export function announce(text) {
  byId('announcement').replaceChildren(make('p', { dir: 'auto', textContent: text }));
}

/** Says something that holds for a while, or nothing. */
export function report(fault) {
  const trouble = byId('trouble');
  if (trouble.textContent !== fault) trouble.textContent = fault;
  trouble.hidden = fault === '';
}
