import { actionId } from '../chat/action-id.ts';
import type { Action } from '../chat/reply.ts';
import type { Person } from '../people/people.ts';
import type { QuestionContact } from '../people/question-contact.ts';

/**
 * The button that passes the question behind an answer on to whoever can answer it; undefined where there is nobody.
 *
 * @param answer the number of the answer
 */
export function passOnButton(contact: QuestionContact, asker: Person, answer: number): Action | undefined {
  if (contact.people.length === 0) return undefined;
  const isAsker = contact.people.some(({ id }) => id === asker.id);
  if (!isAsker) return { id: actionId('questions', 'ask', String(answer)), label: `Ask ${contact.title}` };
  return contact.isVacant
    ? { id: actionId('roles', 'give'), label: 'Name a compliance lead', opensForm: true }
    : { id: actionId('questions', 'write', String(answer)), label: 'Answer it myself', opensForm: true };
}
