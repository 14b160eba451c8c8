import { attachAgain, attachedState, startAttaching, takeAttached } from './attach.js';
import { closeCommands, takesKey } from './commands.js';
import { byId } from './dom.js';
import { here } from './here.js';
import { lastQuestion } from './transcript.js';

const form = byId('composer');
const text = byId('text');

/** @param say told what the person wants to say, and the files they attached */
export function startComposer(say) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const said = text.value.trim();
    const { isAny, isReady } = attachedState();
    if (!isReady || (said === '' && !isAny)) return;
    write('');
    say(said, takeAttached());
  });
  startAttaching(allowSending);
  text.addEventListener('input', changed);
  text.addEventListener('keydown', pressed);
}

/** Shows what was begun in this conversation, and lets the person go on. */
export function continueDraft() {
  attachAgain([]);
  write(localStorage[`draft-${here.conversation}`] ?? '');
  focusText();
}

/** Puts a text back that was not sent; what was begun since stays in front of it. */
export function putBack(unsent, files) {
  attachAgain(files);
  write([text.value, unsent].filter(Boolean).join('\n'));
  text.focus();
}

/** On a touch screen the box waits to be touched: its keyboard would cover what there is to read. */
export function focusText() {
  if (matchMedia('(pointer: fine)').matches) text.focus();
}

export function write(value) {
  text.value = value;
  closeCommands();
  changed();
}

function changed() {
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight + 2}px`;
  allowSending();
  if (text.value === '') localStorage.removeItem(`draft-${here.conversation}`);
  else localStorage[`draft-${here.conversation}`] = text.value;
}

function allowSending() {
  const { isAny, isReady } = attachedState();
  byId('send').disabled = !isReady || (text.value.trim() === '' && !isAny);
}

function pressed(event) {
  // Enter and the arrows belong to whoever is choosing a character.
  if (event.isComposing || takesKey(event)) return;
  if (event.key === 'ArrowUp' && text.value === '' && lastQuestion() !== '') {
    event.preventDefault();
    write(lastQuestion());
  }
  if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  }
}
