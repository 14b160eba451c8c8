import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import { age } from '../../clock.ts';
import { questionContact } from '../../people/question-contact.ts';
import { gapKey, type KnowledgeGap, readGap } from '../../records/knowledge-gap.ts';
import { listReviewedAnswers } from '../../records/reviewed-answer.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { closedAlready } from './answer-gap.ts';
import type { QuestionsParts } from './questions.ts';

/** One open question, with everything that can be done about it. */
export async function showGap({ db, clock }: QuestionsParts, id: number): Promise<Outcome> {
  const gap = await readGap(db, id);
  if (!gap) return say(notice(`There is no ${gapKey(id)}. \`/aims questions\` shows what waits.`));
  if (gap.state !== 'open') return say(closedAlready(gap));
  const { total } = await listReviewedAnswers(db, 0);
  return say(details(gap, clock.now(), total > 0));
}

function details(gap: KnowledgeGap, now: Date, canMerge: boolean): Reply {
  const number = String(gap.id);
  const { topic } = gap;
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: gapKey(gap.id) },
      { kind: 'text', text: `**${literally(gap.question)}**` },
      {
        kind: 'facts',
        facts: [
          { label: 'Asked by', value: gap.askers.map(({ name }) => literally(name)).join(', ') },
          { label: 'Waiting', value: age(gap.openedAt, now) },
          ...(topic ? [{ label: 'Closest page', value: literally(`${topic.title} (${topic.id})`) }] : []),
        ],
      },
    ],
    actions: [
      { id: actionId('questions', 'answer', number), label: 'Answer', style: 'primary', opensForm: true },
      ...(canMerge
        ? [{ id: actionId('questions', 'merge', number), label: 'Answered already ...', opensForm: true as const }]
        : []),
      { id: actionId('questions', 'decline', number), label: 'Not our topic' },
    ],
  };
}

/** What has become of a question, for those who asked it; undefined for everybody else. */
export async function showGapState(
  { db, clock }: QuestionsParts,
  id: number,
  { person }: Asker,
): Promise<Reply | undefined> {
  const gap = await readGap(db, id);
  if (!gap?.askers.some((asker) => asker.id === person.id)) return undefined;
  const key = gapKey(gap.id);
  if (gap.state === 'withdrawn') {
    return notice(`${key} was set aside by ${literally(gap.closedBy ?? 'somebody')} as not our topic.`);
  }
  if (gap.reviewedAnswer) {
    return notice(`${key} is answered: ${gap.reviewedAnswer}.`, {
      id: actionId('ask', 'open', gap.reviewedAnswer),
      label: `Open ${gap.reviewedAnswer}`,
    });
  }
  const { isVacant, title } = await questionContact(db, clock.today(), person.isExample);
  const forWhom = isVacant ? 'until somebody is compliance lead' : `for ${literally(title)}`;
  return notice(`${key} is *waiting ${forWhom}*: ${age(gap.openedAt, clock.now())}.`);
}
