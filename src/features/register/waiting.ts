import { literally } from '../../chat/text.ts';
import type { Db } from '../../database/database.ts';
import { systemKey } from '../../records/ai-system/ai-system.ts';
import { listSystems } from '../../records/ai-system/read-systems.ts';
import type { HomeReader, WaitingThing } from '../feature.ts';
import { showButton } from './refused.ts';
import { mayDecide } from './rights.ts';

/** Systems that are looked through. */
const MAX_LOOKED = 50;

/** The systems that wait for somebody's decision. */
export async function decisionsWaiting(db: Db, { person, audience }: HomeReader): Promise<WaitingThing[]> {
  if (audience.guidanceOnly) return [];
  const { systems } = await listSystems(db, { states: ['submitted'] }, MAX_LOOKED);
  return systems
    .filter((system) => mayDecide(person, system))
    .map(({ id, content, changedAt }) => ({
      what: `**${systemKey(id)} ${literally(content.name)}**: decide on it`,
      since: changedAt,
      action: showButton(id),
    }));
}
