/**
 * A form as the page shows it.
 *
 * @param submit sends the values and gives the faults by input, or undefined where all is well
 */
export function formElement(form, people, submit) {
  const element = document.createElement('form');
  element.noValidate = true;
  element.setAttribute('aria-label', form.title);
  const fields = document.createElement('div');
  fields.className = 'fields';
  fields.append(...form.inputs.map((input) => field(form, input, people)));
  const button = document.createElement('button');
  button.type = 'submit';
  button.textContent = form.submitLabel;
  element.append(fields, button);
  element.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    const entries = [...new FormData(element)].filter(([, value]) => value !== '');
    const faults = await submit(form.id, Object.fromEntries(entries));
    button.disabled = false;
    showFaults(element, faults ?? {});
    if (faults) return;
    for (const control of element.elements) control.disabled = true;
    button.textContent = 'Sent';
  });
  return element;
}

function field(form, input, people) {
  const box = document.createElement('div');
  box.className = 'field';
  box.dataset.input = input.name;
  const id = `${form.id}-${input.name}-${crypto.randomUUID()}`;
  const label = document.createElement('label');
  label.htmlFor = id;
  label.textContent = input.optional ? `${input.label} (optional)` : input.label;
  const element = control(input, people);
  element.id = id;
  element.name = input.name;
  element.required = !input.optional;
  element.value = input.initial ?? '';
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

function control(input, people) {
  if (input.kind === 'select') return choice(input.options);
  if (input.kind === 'person') return choice(people.map(({ id, name }) => ({ value: id, label: name })));
  const element = document.createElement(input.kind === 'text' && input.multiline ? 'textarea' : 'input');
  if (input.kind === 'date') element.type = 'date';
  else element.maxLength = input.maxLength;
  return element;
}

function choice(options) {
  const element = document.createElement('select');
  element.append(new Option('Choose …', ''), ...options.map(({ value, label }) => new Option(label, value)));
  return element;
}

function showFaults(element, faults) {
  for (const box of element.querySelectorAll('.field')) {
    const sentence = faults[box.dataset.input];
    box.querySelector('.fault').textContent = sentence ?? '';
    box.querySelector('[name]').setAttribute('aria-invalid', String(sentence !== undefined));
  }
  element.querySelector('[aria-invalid="true"]')?.focus();
}
