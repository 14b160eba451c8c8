import { announce, byId, make } from './dom.js';
import { draftElement, personElement, stewardElement } from './message.js';
import { follow, toNewest } from './scroll.js';
import { dayName } from './times.js';

const list = byId('messages');
const working = byId('working');
const welcome = byId('welcome');

let draft;

/** Shows nothing, until it is known what was said. */
export function clear() {
  draft = undefined;
  list.replaceChildren();
  showWorking(false);
  welcome.hidden = true;
}

/** Shows a conversation from its beginning. */
export function showAll(messages) {
  clear();
  welcome.hidden = messages.length > 0;
  for (const message of messages) append(message);
  if (messages.length > 0) toNewest();
}

/**
 * Shows a message that has just come.
 *
 * @param placeholder what stood there for it until now
 */
export function showMessage(message, placeholder) {
  welcome.hidden = true;
  if (message.from === 'steward') {
    endDraft();
    showWorking(false);
    announce(`Steward: ${message.text}`);
  }
  append(message, placeholder);
  follow(lastQuestionElement());
}

/** Shows what there is of an answer that is being made. */
export function showDraft(html) {
  welcome.hidden = true;
  showWorking(false);
  if (!draft) {
    draft = draftElement();
    list.append(draft);
  }
  // The server made this HTML from escaped text.
  draft.querySelector('.prose').innerHTML = html;
  follow(lastQuestionElement());
}

export function showWorking(isWorking) {
  if (isWorking) endDraft();
  working.hidden = !isWorking;
  if (isWorking) follow();
}

/** Shows what a person said before Steward has recorded it. */
export function showUnrecorded(element) {
  welcome.hidden = true;
  list.append(element);
  toNewest();
}

export function isEmpty() {
  return list.childElementCount === 0;
}

/** What the person said last in this conversation; empty where they said nothing. */
export function lastQuestion() {
  return lastQuestionElement()?.dataset.text ?? '';
}

function lastQuestionElement() {
  return [...list.querySelectorAll('.mine')].at(-1);
}

function endDraft() {
  draft?.remove();
  draft = undefined;
}

function append(message, placeholder) {
  const time = new Date(message.at);
  const element = message.from === 'person' ? recorded(message, time) : stewardElement(message);
  element.dataset.day = time.toDateString();
  const replaced = message.card && list.querySelector(`[data-card="${CSS.escape(message.card)}"]`);
  if (message.card) element.dataset.card = message.card;
  if (replaced) replaced.replaceWith(element);
  else if (placeholder) placeholder.replaceWith(element);
  else if (draft) draft.before(element);
  else list.append(element);
  separateDays(element, time);
}

function recorded(message, time) {
  const content = make('div');
  // The server made this HTML from escaped text.
  content.innerHTML = message.html;
  const element = personElement(content, time);
  element.dataset.text = message.text;
  return element;
}

/** Puts the name of the day before the first message of each. */
function separateDays(element, time) {
  const days = [...list.querySelectorAll('[data-day]')];
  const before = days[days.indexOf(element) - 1];
  if (before?.dataset.day === element.dataset.day) return;
  if (!before && element.dataset.day === new Date().toDateString()) return;
  element.before(make('li', { className: 'day' }, make('span', { textContent: dayName(time) })));
}
