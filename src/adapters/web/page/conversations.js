import { byId, make } from './dom.js';
import { here } from './here.js';
import { shortTime } from './times.js';

const list = byId('conversations');

/** Lists the conversations of the person who speaks, the newest first. */
export async function listConversations() {
  const { person } = here;
  const response = await fetch(`api/people/${person}/conversations`).catch(() => undefined);
  // Where it cannot be read now, it is read again with the next message.
  if (!response?.ok || person !== here.person) return;
  const conversations = await response.json();
  byId('no-conversations').hidden = conversations.length > 0;
  const focused = document.activeElement?.dataset.conversation;
  list.replaceChildren(...conversations.map(entry));
  if (focused) list.querySelector(`[data-conversation="${focused}"]`)?.focus();
}

/** Marks the conversation that is shown. */
export function markCurrent() {
  for (const element of list.querySelectorAll('button')) {
    if (element.dataset.conversation === here.conversation) element.setAttribute('aria-current', 'true');
    else element.removeAttribute('aria-current');
  }
}

function entry({ id, question, at }) {
  const text = question.replace(/^\/(?:aims )?ask\s+/i, '');
  const element = make(
    'button',
    { type: 'button', title: text },
    make('span', { className: 'question', dir: 'auto', textContent: text }),
    make('time', { dateTime: at, textContent: shortTime(new Date(at)) }),
  );
  element.dataset.conversation = id;
  if (id === here.conversation) element.setAttribute('aria-current', 'true');
  return make('li', {}, element);
}
