import type { Db } from '../database/database.ts';
import { questionContact } from '../people/question-contact.ts';

/** Somebody who was named on the command line cannot be found; the message says what to do. */
export class UnknownPerson extends Error {
  override name = 'UnknownPerson';
}

export interface NamedPerson {
  readonly id: string;
  readonly name: string;
}

/**
 * Finds the person in whose name a command acts.
 *
 * @param who an e-mail address, or a name that one person alone has; undefined for the compliance lead
 * @throws UnknownPerson
 */
export async function namedPerson(
  db: Db,
  who: string | undefined,
  today: string,
  option: string,
): Promise<NamedPerson> {
  if (who === undefined) {
    const { people, isVacant } = await questionContact(db, today, false);
    const [lead] = people;
    if (lead && !isVacant) return lead;
    throw new UnknownPerson(`Nobody is compliance lead. Say in whose name: ${option} E-MAIL.`);
  }
  const people = await db
    .selectFrom('person')
    .select(['id', 'display_name as name'])
    .where((where) => where.or([where('email', '=', who.toLowerCase()), where('display_name', '=', who)]))
    .limit(2)
    .execute();
  const [person, another] = people;
  if (!person) throw new UnknownPerson(`I know nobody called ${who}. People are known once they have written to me.`);
  if (another) throw new UnknownPerson(`Several people are called ${who}. Give the e-mail address: ${option} E-MAIL.`);
  return person;
}
