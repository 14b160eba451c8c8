import { rememberCitations } from './citation.js';
import { announce, button, icon, make } from './dom.js';
import { formElement } from './form.js';
import { clockTime, fullTime } from './times.js';

/** What a person said, as Steward recorded it or as it waits to be recorded. */
export function personElement(content, time) {
  const item = make('li', { className: 'mine' });
  item.append(make('h2', { className: 'visually-hidden', textContent: 'You' }));
  item.append(content);
  content.classList.add('bubble');
  content.dir = 'auto';
  if (time) item.append(make('div', { className: 'tools' }, timeElement(time)));
  return item;
}

/** What Steward said. */
export function stewardElement(message) {
  const item = stewardFrame(message.html);
  rememberCitations(item, message.citations);
  if (message.citations.length > 0) item.append(sourceList(message.citations));
  if (message.form) item.append(formElement(message.form));
  // The pages that are cited stand in the list of sources already.
  const cited = new Set(message.citations.map(({ id }) => `ask:open:${id}`));
  const actions = message.actions.filter(({ id }) => !cited.has(id));
  if (actions.length > 0) item.append(make('div', { className: 'actions' }, ...actions.map(actionButton)));
  const tools = message.form ? [] : [copyButton(message.text)];
  item.append(make('div', { className: 'tools' }, ...tools, timeElement(new Date(message.at))));
  return item;
}

/** An answer that is being made. */
export function draftElement() {
  const item = stewardFrame('');
  item.classList.add('draft');
  return item;
}

function stewardFrame(html) {
  const name = make('h2', { className: 'speaker' }, icon('mark'), 'Steward');
  const text = make('div', { className: 'prose', dir: 'auto' });
  // The server made this HTML from escaped text.
  text.innerHTML = html;
  return make('li', { className: 'theirs' }, name, text);
}

function sourceList(citations) {
  const list = make('ol', { className: 'sources' });
  list.setAttribute('aria-label', 'Sources');
  list.append(
    ...citations.map(({ id, name }, index) => {
      const open = button('');
      open.append(make('span', { className: 'number', textContent: index + 1 }), name);
      Object.assign(open.dataset, { page: id, source: index + 1 });
      return make('li', {}, open);
    }),
  );
  return list;
}

function actionButton({ id, label, style, link }) {
  const element = link
    ? make('a', { href: link, textContent: label, className: 'button', download: '' })
    : button(label);
  if (!link) element.dataset.action = id;
  if (style) element.classList.add(style);
  return element;
}

function copyButton(text) {
  const element = button('');
  element.className = 'quiet';
  const label = make('span', { textContent: 'Copy' });
  element.append(icon('copy'), label);
  element.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text);
    label.textContent = 'Copied';
    announce('Copied with its sources.');
    const restore = () => {
      label.textContent = 'Copy';
    };
    element.addEventListener('blur', restore, { once: true });
  });
  return element;
}

function timeElement(time) {
  return make('time', { dateTime: time.toISOString(), title: fullTime(time), textContent: clockTime(time) });
}
