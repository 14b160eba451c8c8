import { button, gist, make, report } from './dom.js';
import { here } from './here.js';
import { personElement } from './message.js';
import { post } from './server.js';
import { showUnrecorded, showWorking } from './transcript.js';

/**
 * What a person says stands in the conversation at once, and in the browser's storage until Steward has recorded it, so that
 * neither a lost connection nor a reload loses it. Each message keeps its id, so that it is never answered twice.
 *
 * One is `{ id, text, files, after }`, where `files` are those that Steward has, `after` is the last recorded message when it was said,
 * and `fault` why it was not taken.
 */
const keptIn = (conversation) => JSON.parse(localStorage[`unrecorded-${conversation}`] ?? '[]');

/** Characters by which a recorded message is known; Steward may have shortened and cleaned the rest. */
const KNOWN_BY = 1_000;

const elements = new Map();
let last = 0;
let giveBack;

/** @param takeBack told the text and the files of a message that the person wants to change instead of sending it again */
export function onTakenBack(takeBack) {
  giveBack = takeBack;
}

export async function say(text, files = []) {
  await deliver(here.conversation, { id: crypto.randomUUID(), text, files, after: last });
}

/** A message as Steward records it. */
function inWords({ text, files = [] }) {
  return [text, ...files.map(({ name }) => `Attached: ${name}`)].filter(Boolean).join('\n');
}

/** Presses a button, or submits a form. @returns as `post` */
export async function act(id, content) {
  showWorking(true);
  const outcome = await post(here.conversation, id, content);
  if (outcome.fault || outcome.errors) showWorking(false);
  report(outcome.fault ? `${outcome.fault} Nothing is lost: try again in a moment.` : '');
  return outcome;
}

/** Goes on with what was said and not recorded when the page was left. */
export function resume(recorded) {
  elements.clear();
  last = 0;
  for (const message of recorded) settle(message);
  for (const message of keptIn(here.conversation)) {
    if (message.fault) show(here.conversation, message);
    else void deliver(here.conversation, message);
  }
}

/** @returns the element that stood for a message until it was recorded, where there was one */
export function settle(recorded) {
  last = recorded.id;
  if (recorded.from !== 'person') return undefined;
  const known = (text) => gist(text).slice(0, KNOWN_BY);
  const { conversation } = here;
  const said = keptIn(conversation).find(
    (message) => message.after < recorded.id && known(inWords(message)) === known(recorded.text),
  );
  if (!said) return undefined;
  forget(conversation, said.id);
  const element = elements.get(said.id);
  elements.delete(said.id);
  return element;
}

async function deliver(conversation, { id, text, files = [], after }) {
  const message = { id, text, files, after };
  keep(conversation, message);
  show(conversation, message);
  showWorking(true);
  const { fault } = await post(conversation, id, { kind: 'message', text, files });
  const isWaiting = keptIn(conversation).some((kept) => kept.id === id);
  if (!fault || !isWaiting) return;
  keep(conversation, { ...message, fault });
  if (conversation !== here.conversation) return;
  showWorking(false);
  show(conversation, { ...message, fault });
}

function show(conversation, message) {
  const element = personElement(make('div', { textContent: inWords(message) }));
  element.dataset.text = message.text;
  element.classList.add('unrecorded');
  if (message.fault) {
    const again = button('Send again', () => deliver(conversation, message));
    const change = button('Change it', () => {
      forget(conversation, message.id);
      element.remove();
      giveBack(message.text, message.files ?? []);
    });
    const fault = make('p', { className: 'fault', textContent: `Not sent. ${message.fault}` });
    fault.setAttribute('role', 'alert');
    element.append(make('div', { className: 'unsent' }, fault, again, change));
  }
  const shown = elements.get(message.id);
  elements.set(message.id, element);
  if (shown) shown.replaceWith(element);
  else showUnrecorded(element);
}

function keep(conversation, message) {
  const others = keptIn(conversation).filter(({ id }) => id !== message.id);
  localStorage[`unrecorded-${conversation}`] = JSON.stringify([...others, message]);
}

function forget(conversation, id) {
  const others = keptIn(conversation).filter((message) => message.id !== id);
  if (others.length > 0) localStorage[`unrecorded-${conversation}`] = JSON.stringify(others);
  else localStorage.removeItem(`unrecorded-${conversation}`);
}
