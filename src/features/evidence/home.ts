import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { NoticeReply } from '../../chat/reply.ts';
import { type Clock, daysLater } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import { type EvidenceFilter, listEvidence } from '../../records/evidence/read-evidence.ts';
import type { HomeReader } from '../feature.ts';
import { LAPSING } from './selection.ts';

/** What somebody's own evidence needs of them. */
export async function evidenceHome(
  db: Db,
  clock: Clock,
  { person, audience }: HomeReader,
): Promise<NoticeReply | undefined> {
  if (audience.guidanceOnly) return undefined;
  const today = clock.today();
  const count = async (filter: EvidenceFilter) => {
    const { total } = await listEvidence(
      db,
      { audience, today },
      { owner: person.id, ...filter },
      { limit: 1, offset: 0 },
    );
    return total;
  };
  const stale = await count({ states: ['stale'] });
  const lapsing = await count({ lapsingBy: daysLater(today, LAPSING) });
  if (stale + lapsing === 0) return undefined;
  const said = [
    ...(stale > 0 ? [`${stale} stale`] : []),
    ...(lapsing > 0 ? [`${lapsing} lapsing within ${LAPSING} days`] : []),
  ];
  return notice(
    `**Your evidence**: ${said.join(', ')}. Renew what still holds, and send me what is newer.`,
    ...(stale > 0 ? [{ id: actionId('command', 'run', 'evidence mine stale'), label: 'Stale' }] : []),
    ...(lapsing > 0 ? [{ id: actionId('command', 'run', 'evidence mine lapsing'), label: 'Lapsing' }] : []),
  );
}
