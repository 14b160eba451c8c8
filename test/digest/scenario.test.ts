import { sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import { governedChange } from '../../src/event-log/governed-change.ts';
import { addItem, finishItem } from '../../src/records/action-item/change-items.ts';
import { periodAt } from '../../src/records/digest/schedule.ts';
import { makeDue, ownSigningKey } from '../support/digests.ts';
import { runJob } from '../support/jobs.ts';
import { button, giveRoles, STAGES } from '../support/stages.ts';
import { personNamed, putSystem } from '../support/systems.ts';

// Whole turns, and jobs that run by the clock.
vi.setConfig({ testTimeout: 60_000 });

describe.each(Object.entries(STAGES))('on %s', (_platform, stage) => {
  test('the lead sets the digest, it comes once a week, and its buttons settle what it asks for', async () => {
    const { app, jon, dana, arun, lee } = await stage(await ownSigningKey());
    await giveRoles(lee, [
      [dana, 'dana', 'compliance_lead'],
      [arun, 'arun', 'committee_chair'],
    ]);
    const { db } = app.database;
    await jon.say('/aims help');
    const reyes = await personNamed(db, 'Jon Reyes');
    await putSystem(db, { name: 'Ticket sorter' }, 'submitted', reyes);
    const late = { text: 'Get the test report', owner: reyes, dueOn: '2026-01-01', visibility: 'committee' as const };
    const item = await governedChange(db, { kind: 'system' }, (change) =>
      addItem(change, { ...late, source: undefined }),
    );

    expect((await jon.say('/aims digest')).text).toContain('set by the compliance lead');
    const nothing = await dana.say('/aims digest');
    expect(nothing.text).toContain('does not come to this conversation');
    const form = await dana.press(button(nothing, 'Post it here ...'));
    expect(form.inputs).toEqual(['weekday', 'time', 'timeZone']);
    expect((await dana.submit({ weekday: '1', time: '25:00', timeZone: 'Europe/Wien' })).errors).toEqual({
      time: 'Give hours and minutes, for example 09:00.',
      timeZone: 'That is no time zone. Write it as in Europe/Vienna.',
    });
    const set = await dana.submit({ weekday: '1', time: '9:00', timeZone: 'Europe/Vienna' });
    expect(set.text).toContain('every Monday at 09:00 (Europe/Vienna)');
    const preview = await dana.press(button(set, 'Preview'));
    expect(preview.text).toContain('One decision waits; one action is late.');
    expect(preview.text).toContain('Register completeness | 0 % | 95 %, missed');
    expect(preview.actions.map(({ label }) => label)).not.toContain('Show all');

    await makeDue(db);
    await runJob(app, 'post-digests');
    const digest = await dana.hear();
    const week = Number(periodAt({ timeZone: 'UTC' }, new Date()).slice(-2));
    expect(digest.text).toContain(`AI governance, week ${week}`);
    expect(digest.text).toContain('AIS-1 Ticket sorter (0 days)');
    expect(digest.text).toMatch(/: Get the test report \(\d+ days\)/);
    expect(digest.text).toMatch(/Event log: entry \d+ · [0-9a-f]{64}/);

    expect((await dana.press(button(digest, 'Show all'))).text).toContain('AI governance');
    const waiting = await dana.hear();
    expect(waiting.actions.map(({ label }) => label)).toContain('Assign AIS-1 ...');
    const rest = await dana.hear();
    expect(rest.text).toContain('Signature of that head');
    expect((await dana.press(button(rest, 'Note an action item'))).text).toContain(`the digest of week ${week}`);
    expect((await dana.press(button(digest, 'Extend ACT-1 ...'))).inputs).toEqual(['dueOn', 'reason']);
    await dana.press(button(digest, 'Remind Jon Reyes: ACT-1'));
    expect((await jon.hear()).text).toContain('Get the test report');
    await dana.press(button(digest, 'Approve AIS-1'));
    const approved = await dana.submit({ reviewOn: '2099-06-01', tier: 'minimal', reason: 'It sorts tickets.' });
    expect(approved.text).toContain('AIS-1 Ticket sorter is approved');
    const updated = await dana.hear();
    expect(updated.text).toContain('Done since: AIS-1 Ticket sorter');
    await governedChange(db, { kind: 'system' }, (change) => finishItem(change, { id: item, version: 1 }, undefined));
    expect((await dana.press(button(updated, 'Send me my part'))).text).toContain('Nothing in the digest');
    const again = await dana.hear();
    expect(again.text).toContain('Done since: AIS-1 Ticket sorter · ACT-1 Get the test report');
    expect(again.actions.map(({ label }) => label)).toEqual(['Show all', 'Send me my part']);

    await runJob(app, 'post-digests');
    const listed = await dana.say('/aims digest');
    expect((await dana.press(button(listed, 'Post now'))).text).toContain('was made already: posted');
    expect((await dana.press(button(listed, 'History'))).text).toContain('posted');
    const paused = await dana.press(button(listed, 'Pause'));
    expect((await dana.press(button(paused, 'Resume'))).text).toContain('comes here again');
    expect((await dana.press(button(listed, 'Stop'))).text).toContain('does not go to');
    const { rows } = await sql<{ action: string }>`
      select action from event_log where action like 'digest.%' order by sequence`.execute(db);
    expect(rows.map(({ action }) => action)).toEqual([
      'digest.scheduled',
      'digest.made',
      'digest.posted',
      'digest.paused',
      'digest.resumed',
      'digest.ended',
    ]);
  });
});
