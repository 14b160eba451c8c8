import type { NoticeReply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { Db } from '../../database/database.ts';
import { systemKey } from '../../records/ai-system/ai-system.ts';
import { listSystems } from '../../records/ai-system/read-systems.ts';
import type { HomeReader } from '../feature.ts';
import { inOneLine } from '../proposal-words.ts';
import { showButton } from './refused.ts';
import { mayDecide } from './rights.ts';

/** Systems that are looked through, and that a start page shows. */
const MAX_LOOKED = 50;
const MAX_SHOWN = 5;

/** The systems that wait for somebody's decision. */
export async function registerHome(db: Db, { person, audience }: HomeReader): Promise<NoticeReply | undefined> {
  if (audience.guidanceOnly) return undefined;
  const { systems } = await listSystems(db, { states: ['submitted'] }, MAX_LOOKED);
  const waiting = systems.filter((system) => mayDecide(person, system)).slice(0, MAX_SHOWN);
  if (waiting.length === 0) return undefined;
  const lines = waiting.map(
    (system) => `- **${systemKey(system.id)} ${literally(system.content.name)}**: ${inOneLine(system)}`,
  );
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: 'AI systems that wait for your decision' },
      { kind: 'text', text: lines.join('\n') },
    ],
    actions: waiting.map(({ id }) => showButton(id)),
  };
}
