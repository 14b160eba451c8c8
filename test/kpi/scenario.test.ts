import { describe, expect, test, vi } from 'vitest';
import { governedChange } from '../../src/event-log/governed-change.ts';
import { quarterBefore, quarterOf } from '../../src/records/kpi/quarter.ts';
import { takeSnapshot } from '../../src/records/kpi/snapshots.ts';
import { anItem } from '../support/evidence.ts';
import { runJob } from '../support/jobs.ts';
import { button, giveRoles, STAGES } from '../support/stages.ts';
import { personNamed, putSystem } from '../support/systems.ts';

vi.setConfig({ testTimeout: 60_000 });

const TODAY = new Date().toISOString().slice(0, 10);

describe.each(Object.entries(STAGES))('on %s', (_platform, stage) => {
  test('the committee sees why a KPI has its value, its owner enters values, and the lead decides the rest', async () => {
    const { app, jon, arun, dana, lee } = await stage();
    const { db } = app.database;
    await giveRoles(lee, [
      [dana, 'dana', 'compliance_lead'],
      [arun, 'arun', 'committee_member'],
    ]);
    expect((await jon.say('/aims kpi')).text).toContain('KPIs are for the compliance lead');
    await putSystem(db, { name: 'Mia' });
    const jonId = await personNamed(db, 'Jon Reyes');
    await anItem(db, jonId, { title: 'Secret plan', validUntil: '2026-01-31', visibility: 'named', requirements: [] });
    const lastQuarter = quarterBefore(quarterOf(TODAY));
    await governedChange(db, { kind: 'system' }, (change) => takeSnapshot(change, lastQuarter.to));

    const overview = await arun.say('/aims kpi');
    expect(overview.text).toMatch(/Register completeness \| 0 % \(missed\) \| 95 % \*/);
    expect(overview.text).toMatch(/Not measured yet:.*fairness breach rate/);
    const why = await arun.press(button(overview, 'Register completeness: why 0 %?'));
    expect(why.text).toContain('0 of 1');
    expect(why.text).toContain('AIS-1 Mia');
    expect((await arun.press(button(why, 'Show AIS-1'))).text).toContain('Mia');
    expect((await arun.say('Why was register completeness 0 % last quarter?')).text).toContain('As it was on');
    expect((await arun.say('Why is register completeness 99 %?')).text).toContain('It is not 99 %');
    expect((await arun.say('what was evidence freshness in 2030-Q7?')).text).toContain('the quarters Q1 to Q4');
    const hidden = await arun.say('why is evidence freshness 0 %?');
    expect(hidden.text).toContain('1 of the 1 records behind it is not for everybody who reads this');
    expect(hidden.text).not.toContain('Secret plan');
    expect((await arun.press('kpi:change:supplier-assurance')).text).toContain('decided by the compliance lead');

    const supplier = await dana.say('/aims kpi supplier assurance');
    expect(supplier.text).toContain('Supplier assurance: not measured yet');
    await dana.press(button(supplier, 'Owner, target ...'));
    const decided = { owner: dana.userId('jon'), percent: '80', frequency: 'quarterly' };
    expect((await dana.submit({ ...decided, percent: '180', reason: '' })).errors).toEqual({
      percent: 'Give a number from 0 to 100.',
      reason: 'Say why.',
    });
    expect((await dana.submit({ ...decided, reason: 'Jon knows them' })).text).toContain(
      'owner Jon Reyes, target 80 %',
    );

    const named = await jon.hear();
    expect(named.text).toContain('Dana Okafor named you owner of the KPI Supplier assurance');
    await jon.press(button(named, 'Enter: Supplier assurance'));
    const value = { part: '3', whole: '2', measuredOn: TODAY, note: 'two vendors' };
    expect((await jon.submit(value)).errors).toEqual({ part: 'That is more than there are.' });
    const entered = await jon.submit({ ...value, part: '1' });
    expect(entered.text).toContain('Recorded as KV-1: Supplier assurance 50 %');
    // The same form enters nothing a second time.
    expect((await jon.submit({ ...value, part: '1' })).text).toContain('was entered since this form was opened');
    await jon.press(button(named, 'Enter: Supplier assurance'));
    await jon.submit({ ...value, part: '2' });
    const own = await jon.say('/aims kpi');
    expect(own.text).toContain('Your KPIs');
    expect(own.text).toContain('Supplier assurance | 100 % | 80 %');
    expect(own.text).not.toContain('Register completeness');
    expect((await jon.say('/aims kpi evidence freshness')).text).toContain('KPIs are for the compliance lead');
    expect((await arun.say('/aims kpi supplier assurance')).text).toContain('KV-2 Jon Reyes');

    const list = await dana.say('/aims kpi review');
    expect((await jon.press(button(list, 'Review after an event ...'))).text).toContain('are called and recorded by');
    await dana.press(button(list, 'Review after an event ...'));
    expect((await dana.submit({ event: '' })).errors).toEqual({ event: 'Say what happened.' });
    const called = await dana.submit({ event: 'The shop chatbot quoted old prices' });
    expect(called.text).toContain('KR-1: review of the KPIs');
    const card = await arun.hear();
    expect(card.text).toContain('The shop chatbot quoted old prices. Called by Dana Okafor.');
    expect((await arun.press(button(card, 'Record the outcome ...'))).text).toContain('are called and recorded by');
    await dana.press(button(called, 'Record the outcome ...'));
    const outcome = { heldOn: TODAY, outcome: 'Prices are checked every night from now on.' };
    expect((await dana.submit(outcome)).errors).toEqual({ others: 'Say who took part.' });
    const recorded = await dana.submit({ ...outcome, others: 'Ina Roth, works council' });
    expect(recorded.text).toContain('Ina Roth, works council');
    expect((await dana.press(button(recorded, 'Note an action ...'))).inputs).toContain('owner');
    expect((await dana.press(button(called, 'Record the outcome ...'))).text).toContain(
      'recorded by Dana Okafor already',
    );
    expect((await jon.say('/aims kpi review KR-1')).text).toContain('KPIs are for the compliance lead');

    await runJob(app, 'remind');
    const asked = await dana.hear();
    expect(asked.text).toMatch(/12 KPIs are to be entered, for the first time/);
    expect(asked.text).not.toContain('Supplier assurance');
    await runJob(app, 'review-kpis');
    expect((await arun.hear()).text).toContain(`The quarter ${lastQuarter.key} is over`);
  });
});
