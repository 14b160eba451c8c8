import { button, byId, make } from './dom.js';
import { here } from './here.js';

const select = byId('person');
const group = byId('people');

/** @param choose told the id of the person that somebody wants to be */
export function offerPeople(choose) {
  select.replaceChildren(...here.people.map(({ id, name, role }) => new Option(`${name} (${role})`, id)));
  select.addEventListener('change', () => choose(select.value));
  group.replaceChildren(
    ...here.people.map(({ id, name, role }) => {
      const element = button('', () => choose(id));
      element.append(make('strong', { textContent: name }), ' ', make('span', { textContent: role }));
      element.dataset.person = id;
      return element;
    }),
  );
}

/** Shows who speaks. */
export function showPerson() {
  select.value = here.person;
  for (const element of group.children) {
    element.setAttribute('aria-pressed', String(element.dataset.person === here.person));
  }
}
