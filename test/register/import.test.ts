import { describe, expect, test } from 'vitest';
import { button, type Cast, giveRoles, STAGES } from '../support/stages.ts';
import { putSystem } from '../support/systems.ts';

const table = (name: string, ...lines: string[]) => ({ name, bytes: Buffer.from(lines.join('\n')) });

async function appoint({ lee, dana, arun }: Cast): Promise<void> {
  await giveRoles(lee, [
    [dana, 'dana', 'compliance_lead'],
    [arun, 'arun', 'committee_chair'],
  ]);
}

describe.each(Object.entries(STAGES))('on %s', (_platform, stage) => {
  test('the compliance lead imports a table after a dry run, once', async () => {
    const cast = await stage();
    const { app, jon, dana, arun } = cast;
    await appoint(cast);
    const { db } = app.database;
    await putSystem(db, { name: 'Ticket sorter', facts: { stage: 'deployment' } }, 'approved');
    const systems = () => db.selectFrom('ai_system').select(['name', 'state']).orderBy('id').execute();
    expect((await jon.say('/aims systems import')).text).toContain('by the compliance lead');

    expect((await dana.say('/aims systems import')).text).toContain('Send me the table now');
    const faulty = table('systems.csv', 'Key,Name,stage', 'AIS-1,,operation_monitoring', 'AIS-7,,', ',Mia,flying');
    const faults = await dana.give(faulty);
    expect(faults.text).toContain('has 3 faults. Nothing was changed');
    expect(faults.text).toContain('3 | There is no system AIS-7');
    expect(faults.text).toContain('4 | stage cannot be flying');
    expect(faults.actions.map(({ label }) => label)).not.toContain('Import');
    const strange = await dana.give(table('other.csv', 'Colour', 'red'));
    expect(strange.text).toContain('has no column "Name"');

    const good = table(
      'systems.csv',
      'Key,Name,stage,listedUse',
      'AIS-1,,operation_monitoring,',
      ',Applicant ranking,,hiring',
    );
    const shown = await dana.give(good);
    expect(shown.text).toContain('1 new, 1 changed, 0 unchanged. Nothing is changed yet');
    expect(await systems()).toEqual([{ name: 'Ticket sorter', state: 'approved' }]);
    const done = await dana.press(button(shown, 'Import'));
    expect(done.text).toContain('Added: AIS-2. Changed: AIS-1.');
    expect(await systems()).toEqual([
      { name: 'Ticket sorter', state: 'approved' },
      { name: 'Applicant ranking', state: 'submitted' },
    ]);
    expect((await arun.hear()).text).toContain('Dana Okafor imported AI systems that wait for your decision: AIS-2');
    expect((await dana.press(button(shown, 'Import'))).text).toContain('already. Nothing more was changed');
    const history = await jon.say('/aims systems AIS-1 history');
    expect(history.text).toContain('Imported from systems.csv');
    // What nobody asked for as a table is evidence, whoever sends it.
    expect((await dana.give(good)).text).not.toContain('Nothing is changed yet');
    expect((await dana.give(good, 'import')).text).toContain('has the same name');
  });
});
