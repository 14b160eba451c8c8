import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { governedChange } from '../../src/event-log/governed-change.ts';
import type { Content } from '../../src/records/ai-system/ai-system.ts';
import { applyImport, planImport } from '../../src/records/ai-system/exchange/import.ts';
import { readTable } from '../../src/records/ai-system/exchange/read-table.ts';
import { asCsv, asJson, asXlsx } from '../../src/records/ai-system/exchange/write-table.ts';
import { listSystems, readSystem } from '../../src/records/ai-system/read-systems.ts';
import { openTestDatabase } from '../support/database.ts';
import { putSystem } from '../support/systems.ts';

let db: Db;
let ana: string;

beforeEach(async () => {
  ({ db } = await openTestDatabase());
  ({ id: ana } = await db
    .insertInto('person')
    .values({ display_name: 'Ana Silva', email: 'ana@example.org', is_example: false })
    .returning('id')
    .executeTakeFirstOrThrow());
});

const csv = (...lines: string[]) => new TextEncoder().encode(lines.join('\n'));
const plan = async (...lines: string[]) => planImport(db, await readTable('systems.csv', csv(...lines)));
const everything = async () => (await listSystems(db, {}, 1_000)).systems;

const MIA: Pick<Content, 'name' | 'texts' | 'facts'> = {
  name: 'Mia',
  texts: { I1: 'Answers customers,\n"politely".', I6: '=1+1' },
  facts: { listedUse: ['none'], stage: 'operation_monitoring', personalData: ['contact', 'behaviour'] },
};

describe.each(['csv', 'xlsx'])('the register as %s', (ending) => {
  test('comes back as it went out, whatever people wrote', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, unit: 'grapheme' }), async (text) => {
        const clean =
          text
            .replace(/[\p{C}\s]+/gu, ' ')
            .normalize('NFC')
            .trim() || 'x';
        await putSystem(db, { ...MIA, name: `System ${Math.random()}`, texts: { ...MIA.texts, I2: clean } });
        const systems = await everything();
        const bytes = ending === 'csv' ? new TextEncoder().encode(asCsv(systems)) : await asXlsx(systems);
        const planned = await planImport(db, await readTable(`systems.${ending}`, bytes));
        expect(planned.bad).toEqual([]);
        expect(planned.rows.filter(({ isUnchanged }) => !isUnchanged)).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });
});

test('what a spreadsheet would take for a formula is text', async () => {
  await putSystem(db, MIA);
  expect(asCsv(await everything())).toContain(",'=1+1,");
  expect(JSON.parse(asJson(await everything())).systems[0]).toMatchObject({
    key: 'AIS-1',
    name: 'Mia',
    tier: 'undetermined',
  });
});

test('each bad row is reported, and nothing is changed', async () => {
  await putSystem(db, MIA);
  const planned = await plan(
    'Key,Name,I1 Purpose,stage,personalData,owner',
    ',Mia,Again,,,',
    'AIS-77,Ghost,,,,',
    ',,No name,,,',
    ',Sorter,Sorts,flying,,',
    ',Ranker,Ranks,operation_monitoring,"none,contact",Nobody Known',
    ',Twin,One,,,',
    ',twin,Two,,,',
  );
  expect(planned.bad).toEqual([
    { row: 2, fault: 'AIS-1 has the same name; give that key to change it.' },
    { row: 3, fault: 'There is no system AIS-77; leave the key empty for a new one.' },
    { row: 4, fault: 'It has no name.' },
    { row: 5, fault: 'stage cannot be flying.' },
    { row: 6, fault: 'personalData cannot be none,contact.' },
    { row: 6, fault: 'owner: nobody here is called Nobody Known, or several are.' },
    { row: 8, fault: 'Row 7 has the same name.' },
  ]);
  expect(await everything()).toHaveLength(1);
});

test('what is new waits for review, and what is changed says why', async () => {
  await putSystem(db, MIA);
  const planned = await plan(
    'Key;Name;I1 Purpose;origin;owner',
    ';Ticket sorter;Sorts tickets;bought;ana@example.org',
    'AIS-1;Mia;Answers customers and staff;;',
  );
  expect(planned.bad).toEqual([]);
  const actor = { kind: 'person', person: ana, via: 'command-line', authenticated: false } as const;
  const done = await governedChange(db, actor, (change) => applyImport(change, planned, ana, 'Imported from a.csv'));
  expect(done).toEqual({ added: ['AIS-2'], changed: ['AIS-1'] });
  expect(await readSystem(db, 2)).toMatchObject({ state: 'submitted', owner: { name: 'Ana Silva' } });
  expect((await readSystem(db, 1))?.content.texts.I1).toBe('Answers customers and staff');
});

test.each([
  ['a.csv', 'Title,Owner\nMia,Ana', 'has no column "Name"'],
  ['a.csv', 'Name,Colour\nMia,red', 'has columns that the register does not have: Colour'],
  ['a.csv', 'Name\n"Mia', 'is no CSV that can be read'],
  ['a.xlsx', 'Name\nMia', 'is no workbook that can be read'],
])('%s with %j is refused: %s', async (name, text, expected) => {
  await expect(readTable(name, new TextEncoder().encode(text))).rejects.toThrow(expected);
});
