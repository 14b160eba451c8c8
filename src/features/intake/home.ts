import { actionId } from '../../chat/action-id.ts';
import type { Action, NoticeReply } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import type { Db } from '../../database/database.ts';
import { openIntakesOf } from '../../records/ai-system/intakes.ts';
import { openPointsFor } from '../../records/ai-system/open-points.ts';
import type { HomeReader } from '../feature.ts';
import { readInterview, titleOf } from './interview.ts';

/** Drafts and questions that a start page shows, each. */
const MAX_EACH = 3;

/** Somebody's drafts, the questions that wait for them, and the way to register a system. */
export async function intakeHome(db: Db, { person, audience }: HomeReader): Promise<NoticeReply | undefined> {
  if (audience.guidanceOnly || person.standing !== 'member') return undefined;
  const intakes = (await openIntakesOf(db, person.id)).slice(0, MAX_EACH);
  const drafts = await Promise.all(intakes.map(({ id }) => readInterview(db, id)));
  const points = (await openPointsFor(db, person.id)).slice(0, MAX_EACH);
  const lines = points.map(({ question }, index) => `${index + 1}. ${literally(shortened(question, 160))}`);
  const actions: Action[] = [
    ...drafts.flatMap((draft) =>
      draft
        ? [
            {
              id: actionId('intake', 'go', String(draft.intake.id)),
              label: `Go on with ${shortened(titleOf(draft), 50)}`,
            },
          ]
        : [],
    ),
    ...points.map(({ id }, index) => ({
      id: actionId('intake', 'reply', String(id)),
      label: `Answer ${index + 1}`,
      opensForm: true as const,
    })),
    { id: actionId('command', 'run', 'register'), label: 'Register an AI system' },
  ];
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: 'AI systems' },
      {
        kind: 'text',
        text:
          lines.length > 0
            ? `Questions that wait for you:\n${lines.join('\n')}`
            : 'Register whatever uses AI: some ten minutes of questions in plain words.',
      },
    ],
    actions,
  };
}
