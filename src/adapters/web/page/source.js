const panel = document.getElementById('source');
const title = document.getElementById('source-title');
const body = document.getElementById('source-body');
const neighbours = document.getElementById('source-neighbours');

/** What had the focus before the panel opened. */
let opener;

/** Shows a cited page beside the conversation. */
export async function openSource(id) {
  if (panel.hidden) opener = document.activeElement;
  panel.hidden = false;
  title.textContent = id;
  body.textContent = 'Opening …';
  neighbours.replaceChildren();
  try {
    const response = await fetch(`api/pages/${encodeURIComponent(id)}?person=${localStorage.person}`);
    const page = await response.json();
    if (!response.ok) throw new Error(page.error);
    title.textContent = page.id === page.title ? page.title : `${page.id} ${page.title}`;
    // The server made this HTML from escaped text.
    body.innerHTML = page.html;
    body.scrollTop = 0;
    neighbours.replaceChildren(...(page.neighbours.length > 0 ? ['See also:'] : []), ...page.neighbours.map(link));
  } catch {
    body.textContent = 'This page cannot be shown at the moment. Close it and open it again.';
  }
  title.focus();
}

export function closeSource() {
  if (panel.hidden) return;
  panel.hidden = true;
  opener?.focus();
}

function link(id) {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = id;
  element.addEventListener('click', () => openSource(id));
  return element;
}

document.getElementById('close-source').addEventListener('click', closeSource);
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') closeSource();
});
