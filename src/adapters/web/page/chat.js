import { formElement } from './form.js';
import { closeSource, openSource } from './source.js';

const byId = (id) => document.getElementById(id);
const log = byId('log');
const messages = byId('messages');
const working = byId('working');
const trouble = byId('trouble');
const text = byId('text');
const person = byId('person');

/** The example people, for the switch and for inputs that ask for a person. */
let people = [];
let events;
let conversation;

await start();

async function start() {
  const { people: examples, questions } = await (await fetch('api/start')).json();
  people = examples;
  person.replaceChildren(...people.map(({ id, name, role }) => new Option(`${name} (${role})`, id)));
  byId('suggestions').replaceChildren(
    ...questions.map((question) => {
      const item = document.createElement('li');
      item.append(button(question, () => say(question)));
      return item;
    }),
  );
  person.value = people.some(({ id }) => id === localStorage.person) ? localStorage.person : people[0].id;
  enterConversation();
}

/** Each example person has conversations of their own; the browser remembers the last one. */
function enterConversation() {
  localStorage.person = person.value;
  localStorage[`conversation-${person.value}`] ??= newName();
  conversation = `${person.value}.${localStorage[`conversation-${person.value}`]}`;
  messages.replaceChildren();
  byId('welcome').hidden = false;
  working.hidden = true;
  closeSource();
  listen();
  text.focus();
}

function newName() {
  return crypto.randomUUID().slice(0, 8);
}

/** The browser reconnects by itself and goes on behind the last message it has. */
function listen() {
  events?.close();
  events = new EventSource(`api/conversations/${conversation}/events`);
  events.addEventListener('open', () => report(''));
  events.addEventListener('error', () => report('Steward cannot be reached. Trying again by itself; nothing is lost.'));
  events.addEventListener('working', () => {
    working.hidden = false;
    scrollDown();
  });
  events.addEventListener('message', ({ data }) => show(JSON.parse(data)));
}

function show(message) {
  byId('welcome').hidden = true;
  const item = document.createElement('li');
  item.dataset.id = message.id;
  item.className = message.from === 'person' ? 'mine' : 'theirs';
  // The server made this HTML from escaped text.
  item.innerHTML = message.html;
  if (message.from === 'person') messages.querySelector('.unrecorded')?.remove();
  if (message.from === 'steward') {
    working.hidden = true;
    if (message.citations.length > 0) item.append(sourceList(message.citations));
    if (message.form) item.append(formElement(message.form, people, submitForm));
    const cited = new Set(message.citations.map(({ id }) => `ask:open:${id}`));
    const actions = message.actions.filter(({ id }) => !cited.has(id));
    if (actions.length > 0) item.append(actionRow(actions));
  }
  messages.append(item);
  scrollDown();
}

function sourceList(citations) {
  const list = document.createElement('ol');
  list.className = 'sources';
  list.setAttribute('aria-label', 'Sources');
  list.append(
    ...citations.map(({ id, title }, index) => {
      const item = document.createElement('li');
      item.append(
        `[${index + 1}] `,
        button(`${id} ${title}`, () => openSource(id)),
      );
      return item;
    }),
  );
  return list;
}

/** Buttons that open a cited page do so beside the conversation; all others are sent to Steward. */
function actionRow(actions) {
  const row = document.createElement('div');
  row.className = 'actions';
  row.append(
    ...actions.map(({ id, label, style }) => {
      const page = /^ask:open:(.+)$/.exec(id)?.[1];
      const element = button(label, () => (page ? openSource(page) : send({ kind: 'action', action: id })));
      if (style) element.classList.add(style);
      return element;
    }),
  );
  return row;
}

function button(label, onClick) {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = label;
  element.addEventListener('click', onClick);
  return element;
}

/** What was said stands in the conversation at once; Steward's own record of it takes its place when it comes. */
async function say(what) {
  text.value = '';
  fitText();
  const said = document.createElement('li');
  said.className = 'mine unrecorded';
  said.textContent = what;
  messages.append(said);
  byId('welcome').hidden = true;
  if (await send({ kind: 'message', text: what })) return;
  said.remove();
  text.value = what;
  fitText();
}

/** @returns the faults by input, or undefined where the form was taken */
async function submitForm(form, values) {
  const response = await post({ kind: 'form', form, values });
  if (response?.status === 422) return (await response.json()).errors;
  return response?.ok ? undefined : {};
}

async function send(content) {
  const response = await post(content);
  return response?.ok ?? false;
}

async function post(content) {
  working.hidden = false;
  scrollDown();
  try {
    const response = await fetch('api/turns', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ conversation, id: crypto.randomUUID(), content }),
    });
    if (!response.ok) working.hidden = true;
    if (response.status === 413) report('That is too long to send. Shorten it to a few sentences.');
    else if (!response.ok && response.status !== 422) report('Steward could not take that in. Please send it again.');
    else report('');
    return response;
  } catch {
    working.hidden = true;
    report('Steward cannot be reached. Your text is still in the box; send it again in a moment.');
    return undefined;
  }
}

function report(fault) {
  trouble.textContent = fault;
  trouble.hidden = fault === '';
}

function scrollDown() {
  log.scrollTop = log.scrollHeight;
}

function fitText() {
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight + 2}px`;
}

byId('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  void say(text.value);
});

text.addEventListener('input', fitText);
text.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  byId('composer').requestSubmit();
});

messages.addEventListener('click', ({ target }) => {
  const page = target.closest('.cite')?.dataset.page;
  if (page) void openSource(page);
});

person.addEventListener('change', enterConversation);

byId('new-conversation').addEventListener('click', () => {
  localStorage[`conversation-${person.value}`] = newName();
  enterConversation();
});
