import { actionId } from '../../chat/action-id.ts';
import type { Block, NoticeReply } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import { age } from '../../clock.ts';
import { unhelpfulAnswers } from '../../records/answer-feedback.ts';
import { gapKey, type KnowledgeGap, openGaps, openGapsOf } from '../../records/knowledge-gap.ts';
import type { HomeReader } from '../feature.ts';
import { answerButton, counted, gapButton } from './overview.ts';
import type { QuestionsParts } from './questions.ts';

/** Questions, and answers that did not help, that a start page shows. */
const MAX_EACH = 5;

const MAX_QUESTION = 160;

/** What waits for the compliance lead; for everybody else, which of their questions wait. */
export async function questionsHome(parts: QuestionsParts, { person }: HomeReader): Promise<NoticeReply | undefined> {
  return person.roles.has('compliance_lead') ? forTheLead(parts) : forTheAsker(parts, person.id);
}

async function forTheLead({ db, clock }: QuestionsParts): Promise<NoticeReply> {
  const gaps = await openGaps(db, MAX_EACH);
  const unhelpful = await unhelpfulAnswers(db, MAX_EACH);
  const counts = `${counted(gaps.total, 'open question')}, ${counted(unhelpful.total, 'answer')} that did not help.`;
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: 'Waiting for you' },
      { kind: 'text', text: gaps.total + unhelpful.total > 0 ? counts : 'No question waits for you.' },
      ...listed(gaps.gaps, clock.now()),
    ],
    actions: [
      ...gaps.gaps.map(gapButton),
      ...unhelpful.answers.map(answerButton),
      { id: actionId('command', 'run', 'questions'), label: 'All questions' },
    ],
  };
}

async function forTheAsker({ db, clock }: QuestionsParts, person: string): Promise<NoticeReply | undefined> {
  const gaps = await openGapsOf(db, person, MAX_EACH);
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
