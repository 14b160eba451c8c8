import { expect, test } from 'vitest';
import { readEntries } from '../../src/event-log/event-log.ts';
import { governedChange } from '../../src/event-log/governed-change.ts';
import { verifyChain } from '../../src/event-log/verify.ts';
import { erasePerson } from '../../src/privacy/erase-person.ts';
import { withdrawEvidence } from '../../src/records/evidence/change-evidence.ts';
import { keepDraft } from '../../src/records/evidence/draft.ts';
import type { Proposal } from '../../src/records/evidence/propose/proposal.ts';
import { readEvidence } from '../../src/records/evidence/read-evidence.ts';
import { searchEvidence } from '../../src/records/evidence/search-evidence.ts';
import { whereIs } from '../privacy/everything.ts';
import { openTestDatabase } from '../support/database.ts';
import { addPerson, anItem, COMMITTEE, changing, TODAY } from '../support/evidence.ts';
import { putSystem } from '../support/systems.ts';

test('nobody is named by evidence or AI systems once they are erased, what was handed in stays, and the log verifies', async () => {
  const { db } = await openTestDatabase();
  const jon = await addPerson(db, "Jon O'Reyes-Ng");
  const dana = await addPerson(db, 'Dana Okafor');
  const reading = { audience: { ...COMMITTEE, person: dana }, today: TODAY };
  await putSystem(db, { name: "Mia, built by Jon O'Reyes-Ng" }, 'approved');
  const { key } = await anItem(db, jon, {
    title: "Training of Jon O'Reyes-Ng",
    text: 'Everybody was trained.',
    requirements: [{ id: '7.2', reason: "Jon O'Reyes-Ng said so" }],
  });
  const other = await anItem(db, dana, { title: "Minutes by Jon O'Reyes-Ngu", text: 'Another one.' });
  const gone = await anItem(db, dana, { title: 'Old', text: 'Old.' });
  const old = await readEvidence(db, gone.key, reading);
  if (!old) throw new Error('What was just added is not there.');
  await changing(db, dana, (change) => withdrawEvidence(change, old, "Jon O'Reyes-Ng asked for it"));
  const draft = { mediaType: 'text/plain', passages: [], isTextCut: false };
  const proposal: Proposal = { title: 'x', kind: 'other', requirements: [], systems: [], visibility: 'everyone' };
  const content = { name: 'jon.txt', bytes: Buffer.from('Draft.'), parsed: draft };
  await keepDraft(db, { person: jon, ...content, proposal, replaces: undefined });

  const erasure = await governedChange(db, { kind: 'system' }, (change) => erasePerson(change, jon, TODAY));
  expect(erasure).toMatchObject({ outcome: 'erased' });
  expect(await readEvidence(db, key, reading)).toMatchObject({
    title: 'Training of Erased person',
    owner: { name: 'Erased person' },
    requirements: [{ id: '7.2', reason: 'Erased person said so' }],
  });
  expect((await readEvidence(db, gone.key, reading))?.withdrawnBecause).toBe('Erased person asked for it');
  // Somebody else of a longer name.
  expect((await readEvidence(db, other.key, reading))?.title).toBe("Minutes by Jon O'Reyes-Ngu");
  const places = await whereIs(db, ["Jon O'Reyes-Ng"]);
  expect(places.filter((place) => !['document_version.title', 'document_version.metadata'].includes(place))).toEqual(
    [],
  );
  expect(await db.selectFrom('evidence_draft').select('id').execute()).toEqual([]);
  const { passages } = await searchEvidence(db, 'Training of Erased person', reading, 5, undefined);
  expect(passages[0]?.documentKey).toBe(key);
  expect((await verifyChain(readEntries(db))).faults).toEqual([]);
});
