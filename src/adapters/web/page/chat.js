import { citationOf, hideCitation } from './citation.js';
import { startCommands } from './commands.js';
import { continueDraft, focusText, putBack, startComposer, write } from './composer.js';
import { followConversation } from './conversation.js';
import { listConversations, markCurrent } from './conversations.js';
import { act, onTakenBack, resume, say, settle } from './delivery.js';
import { announce, button, byId, make, report } from './dom.js';
import { submitForm } from './form.js';
import { here } from './here.js';
import { offerPeople, showPerson } from './people.js';
import { closeList } from './reach.js';
import { read } from './server.js';
import { closeSource, openSource } from './source.js';
import { clear, isEmpty, showAll, showDraft, showMessage, showWorking } from './transcript.js';

const UNREACHABLE = 'Steward cannot be reached. Trying again by itself; nothing is lost.';

let leave = () => {};

history.replaceState(null, '');
const { people, questions, commands, isExample } = await read('api/start', () => report(UNREACHABLE));
report('');
byId('example').hidden = !isExample;
here.people = people;
here.person = people.some(({ id }) => id === localStorage.person) ? localStorage.person : people[0].id;
offerPeople(become);
startCommands(commands, write);
startComposer(say);
onTakenBack(putBack);
byId('suggestions').replaceChildren(
  ...questions.map((question) =>
    make(
      'li',
      {},
      button(question, () => {
        focusText();
        void say(question);
      }),
    ),
  ),
);
enter(lastConversation());

/** Each example person has conversations of their own; the browser remembers the last one. */
function lastConversation() {
  return localStorage[`conversation-${here.person}`] ?? newConversation();
}

function newConversation() {
  return `${here.person}.${crypto.randomUUID().slice(0, 8)}`;
}

function enter(conversation) {
  leave();
  here.conversation = conversation;
  localStorage.person = here.person;
  localStorage[`conversation-${here.person}`] = conversation;
  closeSource();
  hideCitation();
  showPerson();
  clear();
  markCurrent();
  void listConversations();
  leave = followConversation(conversation, {
    history(messages) {
      showAll(messages);
      resume(messages);
    },
    message(message) {
      showMessage(message, settle(message));
      void listConversations();
    },
    draft: showDraft,
    working: () => showWorking(true),
    connection(isThere) {
      const wasLost = document.body.classList.contains('unreachable');
      document.body.classList.toggle('unreachable', !isThere);
      report(isThere ? '' : UNREACHABLE);
      if (isThere && wasLost) announce('Steward can be reached again.');
    },
  });
  continueDraft();
}

/** Who has said nothing yet begins anew as somebody else; otherwise that person's last conversation goes on. */
function become(person) {
  const isFresh = isEmpty();
  here.person = person;
  enter(isFresh ? newConversation() : lastConversation());
}

/** A button that asks for a command says it, so that the conversation shows what was asked. */
async function press(element) {
  const { action } = element.dataset;
  const page = /^ask:open:(.+)$/s.exec(action)?.[1];
  const command = /^command:run:(.+)$/s.exec(action)?.[1];
  if (page) return openSource(page);
  if (command) return say(command.replace(/^(?!ask )/, '/aims ').replace(/^ask /, ''));
  element.disabled = true;
  element.dataset.delivery ??= crypto.randomUUID();
  const { fault } = await act(element.dataset.delivery, { kind: 'action', action });
  if (!fault) delete element.dataset.delivery;
  element.disabled = false;
}

byId('messages').addEventListener('submit', (event) => {
  event.preventDefault();
  void submitForm(event.target, act);
});

document.addEventListener('click', ({ target }) => {
  const element = target.closest('button');
  if (!element) return;
  const { page, action, conversation } = element.dataset;
  if (page) {
    const excerpt = element.dataset.source && citationOf(element)?.excerpt;
    hideCitation();
    void openSource(page, excerpt);
  }
  if (action) void press(element);
  if (conversation) {
    closeList();
    enter(conversation);
  }
});

byId('new-conversation').addEventListener('click', () => {
  closeList();
  enter(newConversation());
});
