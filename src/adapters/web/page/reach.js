import { byId } from './dom.js';

/** As in the style sheets. */
const phone = matchMedia('(max-width: 48rem)');

const nav = byId('history');
const menu = byId('open-history');

/** On a phone a panel covers the rest; what is covered is out of reach of keys and screen readers. */
export function updateReach() {
  const sourceCovers = phone.matches && !byId('source').hidden;
  const listCovers = phone.matches && nav.classList.contains('open');
  byId('main').inert = sourceCovers || listCovers;
  byId('top').inert = sourceCovers || listCovers;
  nav.inert = sourceCovers;
  byId('scrim').hidden = !listCovers;
  menu.setAttribute('aria-expanded', String(listCovers));
}

/** Puts the list of conversations away, on a phone. */
export function closeList() {
  if (!nav.classList.contains('open')) return;
  nav.classList.remove('open');
  updateReach();
  menu.focus();
}

menu.addEventListener('click', () => {
  nav.classList.add('open');
  updateReach();
  byId('close-history').focus();
});
byId('close-history').addEventListener('click', closeList);
byId('scrim').addEventListener('click', closeList);
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') closeList();
});
phone.addEventListener('change', updateReach);
updateReach();
