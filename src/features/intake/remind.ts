import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import { literally } from '../../chat/text.ts';
import { type Clock, workingDaysAgo } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { DirectMessage } from '../../outbox/direct-messages.ts';
import { systemKey } from '../../records/ai-system/ai-system.ts';
import { waitingIntakes } from '../../records/ai-system/intakes.ts';
import { readSystem } from '../../records/ai-system/read-systems.ts';
import { numberOf } from '../../records/ai-system/topics.ts';
import { waitingPoints } from '../../records/ai-system/waiting.ts';

/** Working days after which somebody is reminded. */
const PATIENCE = 2;

/** Reminds whoever left an interview, once for each time that they left it, and colleagues who were asked. */
export async function interviewReminders(db: Db, clock: Clock): Promise<DirectMessage[]> {
  const before = workingDaysAgo(clock.now(), PATIENCE);
  return [...(await draftReminders(db, before)), ...(await pointReminders(db, before))];
}

async function draftReminders(db: Db, before: Date): Promise<DirectMessage[]> {
  const messages: DirectMessage[] = [];
  for (const { id, system, step, startedBy, changedAt } of await waitingIntakes(db, before)) {
    const found = await readSystem(db, system);
    if (!found) continue;
    const where = step ? `question ${numberOf(step)} of 14` : 'looking at it once more and submitting it';
    messages.push({
      key: `interview:${id}:left:${changedAt.toISOString()}`,
      person: startedBy.id,
      reply: notice(
        `**${literally(found.content.name)}** (${systemKey(system)}) is still a draft; next comes ${where}. Everything you said is kept.`,
        { id: actionId('intake', 'go', String(id)), label: 'Go on', style: 'primary' },
        { id: actionId('intake', 'discard', String(id)), label: 'Discard ...' },
      ),
    });
  }
  return messages;
}

async function pointReminders(db: Db, before: Date): Promise<DirectMessage[]> {
  const messages: DirectMessage[] = [];
  for (const { id, system, question, person } of await waitingPoints(db, before)) {
    const found = await readSystem(db, system);
    if (!found || !person || found.state === 'discarded' || found.state === 'retired') continue;
    messages.push({
      key: `open-point:${id}:reminder:${person.id}`,
      person: person.id,
      reply: {
        ...notice(
          `A question about **${literally(found.content.name)}** (${systemKey(system)}) waits for you: ${literally(question)}`,
          { id: actionId('intake', 'reply', String(id)), label: 'Answer', style: 'primary', opensForm: true },
          { id: actionId('intake', 'unknown', String(id)), label: "I don't know" },
        ),
        card: `open-point:${id}`,
      },
    });
  }
  return messages;
}
