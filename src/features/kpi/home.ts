import type { NoticeReply } from '../../chat/reply.ts';
import { dueEntries } from '../../records/kpi/due.ts';
import type { HomeReader } from '../feature.ts';
import type { KpiParts } from './kpi.ts';
import { enterButton } from './words.ts';

const MAX_SHOWN = 5;

/** The values that somebody who is named as their owner is to enter. The compliance lead finds the others in `/aims kpi`. */
export async function kpiHome({ db, clock }: KpiParts, { person }: HomeReader): Promise<NoticeReply | undefined> {
  const due = (await dueEntries(db, clock.today())).filter(({ settings }) => settings.owner?.id === person.id);
  if (due.length === 0) return undefined;
  const lines = due.slice(0, MAX_SHOWN).map(({ kpi }) => `- **${kpi.name}**: ${kpi.formula.words}`);
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: 'KPIs that you are to enter' },
      { kind: 'text', text: lines.join('\n') },
    ],
    actions: due.slice(0, MAX_SHOWN).map(({ kpi }) => enterButton(kpi)),
  };
}
