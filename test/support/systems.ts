import type { Db } from '../../src/database/database.ts';
import { governedChange } from '../../src/event-log/governed-change.ts';
import type { Content, SystemState } from '../../src/records/ai-system/ai-system.ts';
import { storeFirstVersion } from '../../src/records/ai-system/store-version.ts';

/** Puts a system into the register as it is. @param submittedBy a person's id @returns its id */
export function putSystem(
  db: Db,
  { name, texts = {}, facts = {} }: Partial<Content> & Pick<Content, 'name'>,
  state: SystemState = 'approved',
  submittedBy?: string,
): Promise<number> {
  return governedChange(db, { kind: 'system' }, (change) =>
    storeFirstVersion(change, {
      act: 'created',
      state,
      content: { name, texts, facts, overrides: {} },
      reason: undefined,
      set: {
        ...(state === 'approved' ? { review_on: '2099-06-01' } : {}),
        ...(submittedBy ? { submitted_by: submittedBy } : {}),
      },
    }),
  );
}

/** The id of a person by name. */
export async function personNamed(db: Db, name: string): Promise<string> {
  const { id } = await db.selectFrom('person').select('id').where('display_name', '=', name).executeTakeFirstOrThrow();
  return id;
}
