import { actionId } from '../../chat/action-id.ts';
import type { Action, Block } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import { age } from '../../clock.ts';
import type { Topic } from '../../records/answer.ts';
import { REASON_NAMES, type UnhelpfulAnswer, unhelpfulAnswers } from '../../records/answer-feedback.ts';
import { gapKey, type KnowledgeGap, openGaps } from '../../records/knowledge-gap.ts';
import { listReviewedAnswers } from '../../records/reviewed-answer.ts';
import { type Outcome, say } from '../feature.ts';
import type { QuestionsParts } from './questions.ts';

/** Questions, and answers that did not help, in one list: each has a button, and Teams shows 24 in all. */
const MAX_EACH = 8;

const MAX_QUESTION = 160;
const MAX_COMMENT = 120;
const MAX_NAMES = 3;

/** What waits for the compliance lead: open questions and answers that did not help, by topic. */
export async function overview({ db, clock }: QuestionsParts): Promise<Outcome> {
  const gaps = await openGaps(db, MAX_EACH);
  const unhelpful = await unhelpfulAnswers(db, MAX_EACH);
  const reviewed = await listReviewedAnswers(db, 0);
  const now = clock.now();
  const items = [
    ...gaps.gaps.map((gap) => ({ topic: gap.topic, line: gapLine(gap, now) })),
    ...unhelpful.answers.map((answer) => ({ topic: answer.topic, line: answerLine(answer, now) })),
  ];
  const counts = [
    counted(gaps.total, 'open question'),
    `${counted(unhelpful.total, 'answer')} that did not help`,
    counted(reviewed.total, 'reviewed answer'),
  ];
  const more = [
    gaps.total > MAX_EACH ? counted(gaps.total - MAX_EACH, 'more open question') : '',
    unhelpful.total > MAX_EACH ? counted(unhelpful.total - MAX_EACH, 'more answer') : '',
  ].filter(Boolean);
  const list: Action = { id: actionId('questions', 'reviewed'), label: 'Reviewed answers' };
  return say({
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: 'Questions' },
      { kind: 'text', text: `${counts.join(', ')}.` },
      ...byTopic(items),
      ...(more.length > 0
        ? [{ kind: 'text' as const, text: `And ${more.join(' and ')}; they come up as you go on.` }]
        : []),
      { kind: 'text', text: `**Next:** ${next(gaps.gaps[0], unhelpful.answers[0])}` },
    ],
    actions: [
      ...gaps.gaps.map(gapButton),
      ...unhelpful.answers.map(answerButton),
      ...(reviewed.total > 0 ? [list] : []),
    ],
  });
}

function byTopic(items: readonly { readonly topic: Topic | undefined; readonly line: string }[]): Block[] {
  const groups = Map.groupBy(items, ({ topic }) => topic?.id ?? '');
  return [...groups.values()].map((group) => {
    const topic = group[0]?.topic;
    const name = topic ? `${literally(topic.title)} (${literally(topic.id)})` : 'Near no page';
    return { kind: 'text', text: `**${name}**\n\n${group.map(({ line }) => `- ${line}`).join('\n')}` };
  });
}

function gapLine({ id, question, openedAt, askers }: KnowledgeGap, now: Date): string {
  const names = askers.slice(0, MAX_NAMES).map(({ name }) => literally(name));
  const more = askers.length - names.length;
  const who = [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return `${gapKey(id)}, ${age(openedAt, now)}, ${who}: ${literally(shortened(question, MAX_QUESTION))}`;
}

function answerLine({ answer, question, reasons, at }: UnhelpfulAnswer, now: Date): string {
  const said = reasons
    .slice(0, MAX_NAMES)
    .map(({ reason, comment }) => {
      const words = comment ? ` (${literally(shortened(comment, MAX_COMMENT))})` : '';
      return `${REASON_NAMES[reason].toLowerCase()}${words}`;
    })
    .join(', ');
  const more = reasons.length > MAX_NAMES ? ` and ${reasons.length - MAX_NAMES} more` : '';
  return `Answer ${answer}, ${age(at, now)}, *${said}${more}*: ${literally(shortened(question, MAX_QUESTION))}`;
}

export function gapButton({ id }: KnowledgeGap): Action {
  return { id: actionId('questions', 'answer', String(id)), label: `Answer ${gapKey(id)}`, opensForm: true };
}

export function answerButton({ answer }: UnhelpfulAnswer): Action {
  return { id: actionId('questions', 'look', String(answer)), label: `Look at answer ${answer}` };
}

function next(gap: KnowledgeGap | undefined, answer: UnhelpfulAnswer | undefined): string {
  if (gap) {
    return `answer ${gapKey(gap.id)}; it has waited longest. \`/aims questions ${gapKey(gap.id)}\` shows what else you can do with it.`;
  }
  if (answer) return `look at answer ${answer.answer}, and write a better one or leave it.`;
  return 'nothing waits for you. I write to you when somebody asks what I cannot answer.';
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
