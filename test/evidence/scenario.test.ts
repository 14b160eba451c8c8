import { describe, expect, test, vi } from 'vitest';
import { anItem } from '../support/evidence.ts';
import { button, giveRoles, STAGES } from '../support/stages.ts';
import { personNamed } from '../support/systems.ts';

// Whole turns, many of them.
vi.setConfig({ testTimeout: 90_000 });

describe.each(Object.entries(STAGES))('on %s', (_platform, stage) => {
  test('evidence is listed, filtered, counted and shown to those who may see it', async () => {
    const cast = await stage();
    const { jon, dana, lee } = cast;
    const { db } = cast.app.database;
    await giveRoles(lee, [[dana, 'dana', 'compliance_lead']]);
    await jon.say('/aims help');
    const owner = await personNamed(db, 'Dana Okafor');
    const bias = { id: 'A.7.4', reason: 'names A.7.4' };
    await anItem(db, owner, { title: 'Bias test of Mia', kind: 'bias_test', requirements: [bias] });
    await anItem(db, owner, { title: 'Board minutes', kind: 'minutes', text: 'Secret.', visibility: 'committee' });
    await anItem(db, owner, {
      title: 'Old log',
      kind: 'log',
      text: 'Log.',
      validUntil: '2020-01-01',
      requirements: [bias],
    });

    const all = await dana.say('/aims evidence');
    expect(all.text).toContain('3 items');
    const seen = await jon.say('/aims evidence');
    expect(seen.text).toContain('2 items');
    expect(seen.text).not.toContain('Board minutes');
    expect((await jon.say('/aims evidence EV-2')).text).toBe((await jon.say('/aims evidence EV-99')).text);
    expect((await jon.say('/aims evidence A.7 stale')).text).toMatch(/1 item.*Old log.*stale, valid until 1 Jan 2020/s);
    expect((await jon.say('/aims evidence bias tests')).text).toMatch(/1 item.*Bias test of Mia/s);
    expect((await jon.say('/aims evidence weather')).text).toContain("can't filter by weather");

    await jon.press(button(seen, 'Filter ...'));
    expect((await jon.submit({ requirement: 'A.11.1' })).errors['requirement']).toContain('no such clause or control');
    expect((await jon.submit({ requirement: 'a.7.4', state: 'current' })).text).toMatch(/1 item: A.7.4, current/);

    const shown = await jon.press('evidence:show:EV-1');
    expect(shown.text).toMatch(/Bias test of Mia.*A.7.4 Quality of data.*Everyone in the organisation/s);
    expect((await jon.press(button(shown, 'Versions and reasons'))).text).toContain('names A.7.4');
    expect((await jon.say('/aims evidence coverage')).text).toMatch(/Controls of Annex A[^\d]+1[^\d]+0[^\d]+37/);
    expect((await jon.press('evidence:coverage:controls')).text).toContain('A.7.4');
    expect((await jon.press('evidence:missing:')).text).toContain('oversight action, incident record');
  });
});
