import { byId, make } from './dom.js';

/** Pixels between a mark and its card, and between the card and the edge of the window. */
const GAP = 8;

/** Milliseconds in which a pointer may travel from a mark to its card. */
const TRAVEL = 200;

const card = byId('citation');
const citations = new WeakMap();

let mark;
let leaving;

/** @param item the message in which these are cited */
export function rememberCitations(item, cited) {
  citations.set(item, cited);
}

/** @returns the citation that a mark or an entry of the list of sources stands for */
export function citationOf(element) {
  const cited = citations.get(element.closest('.theirs'));
  return cited?.[Number(element.dataset.source) - 1];
}

export function hideCitation() {
  clearTimeout(leaving);
  card.hidden = true;
  mark?.removeAttribute('aria-describedby');
  mark = undefined;
}

function show(element) {
  clearTimeout(leaving);
  const citation = citationOf(element);
  if (!citation || element === mark) return;
  hideCitation();
  mark = element;
  const excerpt = make('div', { className: 'excerpt', dir: 'auto' });
  // The server made this HTML from escaped text.
  excerpt.innerHTML = citation.excerpt;
  card.replaceChildren(make('strong', { textContent: citation.name }), excerpt);
  card.hidden = false;
  element.setAttribute('aria-describedby', card.id);
  place(element.getBoundingClientRect());
}

/** Below the mark, or above it where there is no room. */
function place(at) {
  const { width, height } = card.getBoundingClientRect();
  const left = Math.min(at.left, document.documentElement.clientWidth - width - GAP);
  const below = at.bottom + GAP;
  const top = below + height > innerHeight ? at.top - height - GAP : below;
  card.style.left = `${Math.max(GAP, left)}px`;
  card.style.top = `${Math.max(GAP, top)}px`;
}

function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(hideCitation, TRAVEL);
}

const markAt = (target) => target.closest?.('[data-source]');

document.addEventListener('pointerover', ({ target, pointerType }) => {
  if (pointerType === 'touch') return;
  const element = markAt(target);
  if (element) show(element);
  else if (target.closest('#citation')) clearTimeout(leaving);
  else if (mark && mark !== document.activeElement) leave();
});
document.addEventListener('focusin', ({ target }) => {
  const element = markAt(target);
  if (element?.matches(':focus-visible')) show(element);
  else hideCitation();
});
byId('log').addEventListener('scroll', () => mark && place(mark.getBoundingClientRect()));
// Before anybody else hears of it: Escape puts away one thing at a time.
document.addEventListener(
  'keydown',
  (event) => {
    if (event.key !== 'Escape' || card.hidden) return;
    hideCitation();
    event.stopPropagation();
  },
  { capture: true },
);
