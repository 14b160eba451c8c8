import { literally, shortened } from '../../chat/text.ts';
import { writtenDay } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { Audience } from '../../people/audience.ts';
import { type AiSystem, systemKey } from '../../records/ai-system/ai-system.ts';
import { type Decision, decisionKey } from '../../records/decision/decision.ts';
import { listDecisions } from '../../records/decision/read-decisions.ts';

/** What was decided on a system and holds, the newest first, as far as the audience may see it. */
export async function decisionsOn(db: Db, { id }: AiSystem, audience: Audience, limit: number): Promise<Decision[]> {
  const about = { kind: 'system', ref: systemKey(id) } as const;
  return (await listDecisions(db, audience, { about, inForce: true }, limit)).decisions;
}

/** `DEC-2, 25 Nov 2026: approved by Arun Mehta, Works council`, in Markdown. */
export function decisionLine({ id, outcome, decidedOn, participants, others }: Decision): string {
  const who = [...participants.map(({ name }) => name), ...(others ? [others] : [])];
  const by = who.length > 0 ? ` by ${literally(shortened(who.join(', '), 300))}` : '';
  return `${decisionKey(id)}, ${writtenDay(decidedOn)}: ${outcome}${by}`;
}
