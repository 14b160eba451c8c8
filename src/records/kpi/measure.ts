import type { Db } from '../../database/database.ts';
import { KPIS } from './catalogue.ts';
import { latestEntries } from './entries.ts';
import { figureOf, notMeasured } from './figure.ts';
import type { Figure, Moment, Records } from './kpi.ts';
import { actionRecords } from './measure-actions.ts';
import { evidenceRecords } from './measure-evidence.ts';
import { questionRecords } from './measure-questions.ts';
import { systemRecords } from './measure-systems.ts';

/**
 * Computes every KPI as things are: from Steward's own tables, or the value that was entered last. What counts is the same for
 * everybody; who may see what is behind it is asked where it is shown.
 */
export async function measure(db: Db, moment: Moment): Promise<Figure[]> {
  const records: Records = {
    ...(await systemRecords(db, moment)),
    ...(await evidenceRecords(db, moment)),
    ...(await actionRecords(db, moment)),
    ...(await questionRecords(db, moment)),
  };
  const entered = await latestEntries(db);
  return KPIS.map(({ id, source }) => {
    if (source === 'entered') return entered.get(id) ?? notMeasured(id, moment.today);
    const counted = records[id];
    return counted ? figureOf(id, counted, moment.today) : notMeasured(id, moment.today);
  });
}
