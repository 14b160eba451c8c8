import { expect, test } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { governedChange } from '../../src/event-log/governed-change.ts';
import { questionContact } from '../../src/people/question-contact.ts';
import type { Role } from '../../src/people/role.ts';
import { giveRole } from '../../src/people/role-assignments.ts';
import { openTestDatabase } from '../support/database.ts';

const TODAY = '2026-11-24';

async function person(db: Db, name: string, { standing = 'member', isExample = false } = {}): Promise<string> {
  const { id } = await db
    .insertInto('person')
    .values({ display_name: name, is_example: isExample })
    .returning('id')
    .executeTakeFirstOrThrow();
  const identity = { platform: isExample ? 'web' : 'slack', workspace: 'T', user_id: id, person_id: id, standing };
  await db
    .insertInto('person_identity')
    .values({ ...identity, checked_at: new Date() })
    .execute();
  return id;
}

async function give(db: Db, holder: string, role: Role, deputy?: string, endsOn?: string): Promise<void> {
  await governedChange(db, { kind: 'system' }, (change) => giveRole(change, { person: holder, role, deputy, endsOn }));
}

async function asked(db: Db, isExample = false) {
  const { people, isVacant, title } = await questionContact(db, TODAY, isExample);
  return { names: people.map(({ name }) => name), isVacant, title };
}

test('the lead and the deputy are asked; without either, the administrators', async () => {
  const { db } = await openTestDatabase();
  expect(await asked(db)).toEqual({ names: [], isVacant: true, title: '' });
  const lee = await person(db, 'Lee Park');
  await give(db, lee, 'administrator');
  expect(await asked(db)).toEqual({ names: ['Lee Park'], isVacant: true, title: 'Lee Park, administrator' });
  const example = await person(db, 'Example', { isExample: true });
  await give(db, example, 'compliance_lead');
  expect(await asked(db)).toMatchObject({ names: ['Lee Park'] });
  expect(await asked(db, true)).toMatchObject({ names: ['Example'] });

  const dana = await person(db, 'Dana Okafor');
  const sam = await person(db, 'Sam Poe');
  await give(db, dana, 'compliance_lead', sam);
  const both = { names: ['Dana Okafor', 'Sam Poe'], isVacant: false, title: 'Dana Okafor, compliance lead' };
  expect(await asked(db)).toEqual(both);
  await db.updateTable('person_identity').set({ standing: 'deactivated' }).where('person_id', '=', dana).execute();
  expect(await asked(db)).toEqual({ names: ['Sam Poe'], isVacant: false, title: 'Sam Poe, deputy compliance lead' });

  // Whose time has passed is asked no more, nor is the deputy.
  await give(db, dana, 'compliance_lead', sam, '2026-11-23');
  expect(await asked(db)).toMatchObject({ names: ['Lee Park'], isVacant: true });
});
