import { actionId } from '../../chat/action-id.ts';
import type { NoticeReply } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import type { Db } from '../../database/database.ts';
import { systemKey } from '../../records/ai-system/ai-system.ts';
import { openIntakesOf } from '../../records/ai-system/intakes.ts';
import { openPointsFor } from '../../records/ai-system/open-points.ts';
import type { HomeReader, WaitingThing } from '../feature.ts';
import { readInterview, titleOf } from './interview.ts';

const MAX_QUESTION = 160;

/** The way to register a system. */
export async function intakeHome({ person, audience }: HomeReader): Promise<NoticeReply | undefined> {
  if (audience.guidanceOnly || person.standing !== 'member') return undefined;
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: 'AI systems' },
      { kind: 'text', text: 'Register whatever uses AI: some ten minutes of questions in plain words.' },
    ],
    actions: [{ id: actionId('command', 'run', 'register'), label: 'Register an AI system' }],
  };
}

/** Somebody's drafts, and the questions that they were asked. */
export async function interviewsWaiting(db: Db, { person, audience }: HomeReader): Promise<WaitingThing[]> {
  if (audience.guidanceOnly || person.standing !== 'member') return [];
  const intakes = await openIntakesOf(db, person.id);
  const drafts = await Promise.all(intakes.map(({ id }) => readInterview(db, id)));
  const points = await openPointsFor(db, person.id);
  return [
    ...drafts.flatMap((draft, index): WaitingThing[] => {
      const since = intakes[index]?.changedAt;
      if (!draft || !since) return [];
      const title = titleOf(draft);
      const action = {
        id: actionId('intake', 'go', String(draft.intake.id)),
        label: `Go on with ${shortened(title, 50)}`,
      };
      return [{ what: `**${literally(title)}**: finish its interview`, since, action }];
    }),
    ...points.map(({ id, system, question, raisedAt }): WaitingThing => {
      const key = systemKey(system);
      const action = {
        id: actionId('intake', 'reply', String(id)),
        label: `Answer on ${key}`,
        opensForm: true as const,
      };
      return { what: `**${key}**: ${literally(shortened(question, MAX_QUESTION))}`, since: raisedAt, action };
    }),
  ];
}
