import { describe, expect, test } from 'vitest';
import { governedChange } from '../../src/event-log/governed-change.ts';
import { quarterBefore, quarterOf } from '../../src/records/kpi/quarter.ts';
import { takeSnapshot } from '../../src/records/kpi/snapshots.ts';
import { appoint, STAGES } from '../people/stages.ts';
import { runJob } from '../support/jobs.ts';
import { putSystem } from '../support/systems.ts';

const TODAY = new Date().toISOString().slice(0, 10);

describe.each(Object.entries(STAGES))('on %s', { timeout: 60_000 }, (_platform, make) => {
  test("the review of a quarter comes to the committee's channel while everybody in it may see it, and to each otherwise", async () => {
    const stage = await make();
    const { db } = stage.app.database;
    await appoint(stage, { dana: 'compliance_lead', arun: 'committee_member', jon: undefined });
    await putSystem(db, { name: 'Mia' });
    const { key, to } = quarterBefore(quarterOf(TODAY));
    await governedChange(db, { kind: 'system' }, (change) => takeSnapshot(change, to));
    stage.members('dana', 'arun');
    expect(await stage.ask('dana', '/aims audience committee')).toContain('Recorded');
    expect(await stage.ask('arun', 'why is register completeness 0 %?')).toContain('AIS-1 Mia');
    await runJob(stage.app, 'review-kpis');
    expect(await stage.hear()).toContain(`The quarter ${key} is over`);

    await db.deleteFrom('kpi_review_snapshot').execute();
    await db.deleteFrom('kpi_review').execute();
    stage.members('dana', 'arun', 'jon');
    await runJob(stage.app, 'review-kpis');
    expect((await stage.chatter('arun').hear()).text).toContain(`The quarter ${key} is over`);
  });
});
