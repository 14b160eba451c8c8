import { here } from './here.js';

/** A form as the page shows it. What was filled in stays until Steward has taken it. */
export function formElement(form) {
  const element = document.createElement('form');
  element.noValidate = true;
  element.dataset.form = form.id;
  element.setAttribute('aria-label', form.title);
  const fields = document.createElement('div');
  fields.className = 'fields';
  fields.append(...form.inputs.map((input) => field(form, input)));
  const button = document.createElement('button');
  button.type = 'submit';
  button.textContent = form.submitLabel;
  element.append(fields, button);
  nameDelivery(element);
  // Other values are another submission; the same ones sent again are not.
  element.addEventListener('input', ({ target }) => {
    nameDelivery(element);
    showFault(target.closest('.field'), undefined);
  });
  return element;
}

/** @param act sends what was filled in, and gives what came of it */
export async function submitForm(element, act) {
  const button = element.querySelector('[type="submit"]');
  button.disabled = true;
  const filled = new FormData(element);
  const names = [...new Set(filled.keys())];
  const values = Object.fromEntries(
    names.map((name) => [name, filled.getAll(name).join(',')]).filter(([, v]) => v !== ''),
  );
  const { errors, fault } = await act(element.dataset.delivery, { kind: 'form', form: element.dataset.form, values });
  button.disabled = false;
  showFaults(element, errors ?? {});
  if (errors || fault) return;
  for (const control of element.elements) control.disabled = true;
  button.textContent = 'Sent';
}

function nameDelivery(element) {
  element.dataset.delivery = crypto.randomUUID();
}

function field(form, input) {
  const box = document.createElement('div');
  box.className = 'field';
  box.dataset.input = input.name;
  const id = `${form.id}-${input.name}-${crypto.randomUUID()}`;
  const label = document.createElement('label');
  label.htmlFor = id;
  label.textContent = input.optional ? `${input.label} (optional)` : input.label;
  label.id = `${id}-label`;
  const element = input.kind === 'choices' ? choices(input) : control(input);
  element.id = id;
  element.setAttribute('aria-labelledby', label.id);
  const hint = document.createElement('span');
  hint.className = 'hint';
  hint.id = `${id}-hint`;
  hint.textContent = input.hint ?? '';
  const fault = document.createElement('span');
  fault.className = 'fault';
  fault.id = `${id}-fault`;
  fault.setAttribute('role', 'alert');
  element.setAttribute('aria-describedby', `${hint.id} ${fault.id}`);
  box.append(label, hint, element, fault);
  return box;
}

function control(input) {
  const element = entry(input);
  element.name = input.name;
  element.required = !input.optional;
  element.value = input.initial ?? '';
  return element;
}

function entry(input) {
  if (input.kind === 'select') return choice(input.options);
  if (input.kind === 'person') return choice(here.people.map(({ id, name }) => ({ value: id, label: name })));
  const element = document.createElement(input.kind === 'text' && input.multiline ? 'textarea' : 'input');
  if (input.kind === 'date') element.type = 'date';
  else element.maxLength = input.maxLength;
  return element;
}

/** Any number of options, as boxes to tick. */
function choices({ name, options, initial = '' }) {
  const chosen = initial.split(',');
  const group = document.createElement('div');
  group.className = 'choices';
  group.setAttribute('role', 'group');
  for (const { value, label } of options) {
    const box = document.createElement('input');
    Object.assign(box, { type: 'checkbox', name, value, checked: chosen.includes(value) });
    const line = document.createElement('label');
    line.append(box, label);
    group.append(line);
  }
  return group;
}

function choice(options) {
  const element = document.createElement('select');
  element.append(new Option('Choose …', ''), ...options.map(({ value, label }) => new Option(label, value)));
  return element;
}

function showFaults(element, faults) {
  for (const box of element.querySelectorAll('.field')) showFault(box, faults[box.dataset.input]);
  element.querySelector('[aria-invalid="true"]')?.focus();
}

function showFault(box, sentence) {
  box.querySelector('.fault').textContent = sentence ?? '';
  box.querySelector('[name]').setAttribute('aria-invalid', String(sentence !== undefined));
}
