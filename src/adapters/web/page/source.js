import { button, byId, gist, make } from './dom.js';
import { here } from './here.js';
import { updateReach } from './reach.js';

/** Characters by which a passage is known in its page. */
const KNOWN_BY = 80;

const panel = byId('source');
const title = byId('source-title');
const body = byId('source-body');
const scroller = byId('source-scroll');
const neighbours = byId('source-neighbours');

/** What had the focus before the panel opened. */
let opener;
let opening = 0;

/**
 * Shows a page beside the conversation. The browser's Back leads to the page before it, and then out of the panel.
 *
 * @param excerpt HTML of the cited passage, where there is one
 */
export function openSource(id, excerpt) {
  if (panel.hidden) opener = document.activeElement;
  const depth = (history.state?.depth ?? 0) + 1;
  history.pushState({ page: id, excerpt, depth }, '');
  return show(history.state);
}

/** Leaves the panel and all pages that were opened in it. */
export function closeSource() {
  const depth = history.state?.depth ?? 0;
  hide();
  if (depth > 0) history.go(-depth);
}

async function show({ page: id, excerpt, depth }) {
  const turn = ++opening;
  panel.hidden = false;
  panel.classList.toggle('first', depth < 2);
  updateReach();
  title.textContent = 'Source';
  body.textContent = 'Opening …';
  neighbours.replaceChildren();
  const page = await fetchPage(id);
  if (turn !== opening) return;
  if (page) {
    title.textContent = page.name;
    // The server made this HTML from escaped text.
    body.innerHTML = page.html;
    scroller.scrollTop = 0;
    neighbours.replaceChildren(...page.neighbours.map(neighbour));
    if (excerpt) markPassage(excerpt);
  } else {
    body.textContent = 'This page cannot be shown at the moment. Close it and open it again.';
  }
  byId('see-also').hidden = neighbours.childElementCount === 0;
  title.focus({ preventScroll: true });
}

function hide() {
  opening += 1;
  if (panel.hidden) return;
  panel.hidden = true;
  updateReach();
  (opener?.isConnected ? opener : byId('text')).focus();
}

async function fetchPage(id) {
  try {
    const response = await fetch(`api/pages/${encodeURIComponent(id)}?person=${here.person}`);
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

/** Marks the passage that was cited and brings it into sight. */
function markPassage(excerpt) {
  const known = gist(new DOMParser().parseFromString(excerpt, 'text/html').body.textContent).slice(0, KNOWN_BY);
  const passages = [...body.querySelectorAll('.passage')];
  const cited = known && passages.find(({ textContent }) => gist(textContent).includes(known));
  if (!cited) return;
  cited.classList.add('cited');
  cited.prepend(make('p', { className: 'cited-here', textContent: 'Cited passage' }));
  scroller.scrollTop = cited.offsetTop - scroller.offsetTop - 16;
}

function neighbour({ id, name }) {
  const element = button(name);
  element.dataset.page = id;
  return element;
}

byId('close-source').addEventListener('click', closeSource);
byId('source-back').addEventListener('click', () => history.back());
addEventListener('popstate', ({ state }) => (state?.page ? show(state) : hide()));
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') closeSource();
});
