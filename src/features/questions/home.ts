import type { Block, NoticeReply } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import { age } from '../../clock.ts';
import { unhelpfulAnswers } from '../../records/answer-feedback.ts';
import { gapKey, type KnowledgeGap, openGaps, openGapsOf } from '../../records/knowledge-gap.ts';
import type { HomeReader, WaitingThing } from '../feature.ts';
import { answerButton, gapButton } from './overview.ts';
import type { QuestionsParts } from './questions.ts';

/** Questions that somebody waits for, and that a start page shows. */
const MAX_EACH = 5;

/** Of each kind that wait for the lead. */
const MAX_WAITING = 50;

const MAX_QUESTION = 160;

/** What the compliance lead is to answer: open questions, and what did not help. */
export async function questionsWaiting({ db }: QuestionsParts, { person }: HomeReader): Promise<WaitingThing[]> {
  if (!person.roles.has('compliance_lead')) return [];
  const { gaps } = await openGaps(db, MAX_WAITING);
  const { answers } = await unhelpfulAnswers(db, MAX_WAITING);
  return [
    ...gaps.map((gap) => ({
      what: `**${gapKey(gap.id)}**: ${literally(shortened(gap.question, MAX_QUESTION))}`,
      since: gap.openedAt,
      action: gapButton(gap),
    })),
    ...answers.map((answer) => ({
      what: `**Answer ${answer.answer}** did not help: ${literally(shortened(answer.question, MAX_QUESTION))}`,
      since: answer.at,
      action: answerButton(answer),
    })),
  ];
}

/** Which of their questions somebody waits for; the compliance lead answers questions. */
export async function questionsHome(
  { db, clock }: QuestionsParts,
  { person }: HomeReader,
): Promise<NoticeReply | undefined> {
  if (person.roles.has('compliance_lead')) return undefined;
  const gaps = await openGapsOf(db, person.id, MAX_EACH);
  if (gaps.length === 0) return undefined;
  return {
    kind: 'notice',
    blocks: [{ kind: 'heading', text: 'Your questions that wait for an answer' }, ...listed(gaps, clock.now())],
    actions: [],
  };
}

function listed(gaps: readonly KnowledgeGap[], now: Date): Block[] {
  const lines = gaps.map(
    ({ id, question, openedAt }) =>
      `- ${gapKey(id)}, ${age(openedAt, now)}: ${literally(shortened(question, MAX_QUESTION))}`,
  );
  return lines.length > 0 ? [{ kind: 'text', text: lines.join('\n') }] : [];
}
