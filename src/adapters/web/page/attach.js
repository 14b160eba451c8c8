import { announce, byId, icon, make } from './dom.js';
import { upload } from './server.js';

/** Files of one message. */
const MAX_FILES = 10;

const list = byId('attached');
const chooser = byId('files');
const drop = byId('drop');

/** What is attached: `{ name, id }`, where `id` is missing until Steward has the file, and `fault` says why it has not. */
let attached = [];
let tell = () => {};

/** @param changed told whenever something is attached, uploaded or removed */
export function startAttaching(changed) {
  tell = changed;
  byId('attach').addEventListener('click', () => chooser.click());
  chooser.addEventListener('change', () => {
    add(chooser.files);
    // So that the same file can be chosen again.
    chooser.value = '';
  });
  byId('text').addEventListener('paste', (event) => {
    const { files } = event.clipboardData;
    if (files.length === 0) return;
    event.preventDefault();
    add(files);
  });
  startDropping();
}

/** Whether something is attached that can be sent, and nothing is under way. */
export function attachedState() {
  const files = attached.filter(({ fault }) => !fault);
  return { isAny: files.length > 0, isReady: files.every(({ id }) => id) };
}

/** Hands over what is attached, and shows it no longer. */
export function takeAttached() {
  const files = attached.filter(({ id }) => id).map(({ id, name }) => ({ id, name }));
  attachAgain([]);
  return files;
}

/** Shows files that Steward has already as attached. */
export function attachAgain(files) {
  attached = [...files];
  show();
}

function add(files) {
  const room = MAX_FILES - attached.length;
  if (files.length > room) announce(`A message takes ${MAX_FILES} files.`);
  for (const file of [...files].slice(0, Math.max(0, room))) void send(file);
}

async function send(file) {
  const entry = { name: file.name };
  attached = [...attached, entry];
  show();
  Object.assign(entry, await upload(file));
  if (!attached.includes(entry)) return;
  announce(entry.fault ? `${entry.name}: ${entry.fault}` : `${entry.name} is attached.`);
  show();
}

function show() {
  list.replaceChildren(...attached.map(element));
  list.hidden = attached.length === 0;
  tell();
}

function element(entry) {
  const remove = make('button', { type: 'button', className: 'plain' }, icon('close'));
  remove.setAttribute('aria-label', `Remove ${entry.name}`);
  remove.addEventListener('click', () => {
    attached = attached.filter((other) => other !== entry);
    show();
    byId('attach').focus();
  });
  const state = entry.fault ?? (entry.id ? '' : 'Uploading …');
  const item = make('li', {}, make('span', { className: 'name', dir: 'auto', textContent: entry.name }));
  if (state) item.append(make('span', { className: 'state', textContent: state }));
  if (entry.fault) item.classList.add('failed');
  item.append(remove);
  return item;
}

/** Files can be dropped anywhere on the page; whoever cannot drag has the button. */
function startDropping() {
  const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
  document.addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    drop.hidden = false;
  });
  document.addEventListener('dragleave', (event) => {
    // Leaving an element for one inside the page is no leaving.
    if (event.relatedTarget === null) drop.hidden = true;
  });
  document.addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    drop.hidden = true;
    add(event.dataTransfer.files);
    byId('text').focus();
  });
}
