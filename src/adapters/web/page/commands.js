import { announce, byId, make } from './dom.js';

const text = byId('text');
const list = byId('commands');

/** What can be completed: `{ words, usage, summary }`. */
let completions = [];
let shown = [];
let active = 0;
let complete;

/**
 * @param commands `{ name, usage, summary }`; a usage of words between brackets, `[give | withdraw]`, is completed as well
 * @param write puts a completed command into the box
 */
export function startCommands(commands, write) {
  completions = commands.flatMap(({ name, usage, summary }) => {
    const words = /^\[([a-z |-]+)\]$/.exec(usage)?.[1]?.split('|') ?? [];
    const longer = words.map((word) => ({ words: `${name} ${word.trim()}`, usage: '', summary: '' }));
    return [{ words: name, usage: words.length > 0 ? '' : usage, summary }, ...longer];
  });
  complete = write;
  text.addEventListener('input', offer);
  text.addEventListener('blur', closeCommands);
}

/** @returns whether the list of commands took the key */
export function takesKey(event) {
  if (list.hidden) return false;
  const { words } = shown[active];
  switch (event.key) {
    case 'ArrowDown':
      activate((active + 1) % shown.length);
      break;
    case 'ArrowUp':
      activate((active + shown.length - 1) % shown.length);
      break;
    case 'Escape':
      closeCommands();
      break;
    case 'Enter':
      // What is complete already is sent.
      if (event.shiftKey || text.value.trim() === `/aims ${words}`) return false;
      choose(active);
      break;
    case 'Tab':
      if (event.shiftKey) return false;
      choose(active);
      break;
    default:
      return false;
  }
  event.preventDefault();
  // Escape closes the list alone, not also what is open beside the conversation.
  event.stopPropagation();
  return true;
}

export function closeCommands() {
  if (list.hidden) return;
  list.hidden = true;
  for (const name of ['role', 'aria-expanded', 'aria-controls', 'aria-activedescendant', 'aria-autocomplete']) {
    text.removeAttribute(name);
  }
}

/** The commands that begin with what was typed; `/roles` counts as `/aims roles`. */
function matches(typed) {
  if (!/^\/[^\n]*$/.test(typed)) return [];
  const lower = typed.toLowerCase();
  const word = lower.replace(/^\/(?:aims\s+)?/, '');
  return completions.filter(({ words }) => `/aims ${words}`.startsWith(lower) || words.startsWith(word));
}

function offer() {
  const found = matches(text.value);
  if (found.length === 0) return closeCommands();
  const isNew = list.hidden;
  shown = found;
  list.replaceChildren(...found.map(option));
  list.hidden = false;
  // A box that completes is a combobox while it does so; at all other times it is a plain text box.
  text.setAttribute('role', 'combobox');
  text.setAttribute('aria-expanded', 'true');
  text.setAttribute('aria-controls', list.id);
  text.setAttribute('aria-autocomplete', 'list');
  activate(0);
  if (isNew) announce(`${found.length} commands. Choose with the arrow keys, complete with Tab.`);
}

function option({ words, usage, summary }, index) {
  const element = make(
    'div',
    { id: `command-${index}` },
    make('span', { className: 'words', textContent: `/aims ${words}` }),
    ' ',
    make('span', { className: 'usage', textContent: usage }),
    ' ',
    make('span', { className: 'summary', textContent: summary }),
  );
  element.setAttribute('role', 'option');
  // Pressing an option must not take the focus from the box.
  element.addEventListener('mousedown', (event) => event.preventDefault());
  element.addEventListener('click', () => choose(index));
  return element;
}

function activate(index) {
  active = index;
  for (const [position, element] of [...list.children].entries()) {
    element.setAttribute('aria-selected', String(position === index));
  }
  list.children[index].scrollIntoView({ block: 'nearest' });
  text.setAttribute('aria-activedescendant', `command-${index}`);
}

function choose(index) {
  const { words, usage } = shown[index];
  complete(`/aims ${words}${usage ? ' ' : ''}`);
}
