import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Block, Reply } from '../../chat/reply.ts';
import { literally, shortened, typedText } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Change } from '../../event-log/governed-change.ts';
import type { DirectMessage } from '../../outbox/direct-messages.ts';
import { directAudience } from '../../people/direct-audience.ts';
import { claimGap, closeGap, type GapAsker, gapKey, type KnowledgeGap, readGap } from '../../records/knowledge-gap.ts';
import {
  listReviewedAnswers,
  publishReviewedAnswer,
  readReviewedAnswer,
  reviseReviewedAnswer,
  type StoredReviewedAnswer,
} from '../../records/reviewed-answer.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { answerForm, forWhom, readAnswerForm } from './answer-form.ts';
import type { QuestionsParts } from './questions.ts';

/** Reviewed answers that can be chosen from; Slack's selects take no more. */
const MAX_CHOICES = 100;

const MAX_QUESTION = 500;

const NO_SUCH_GAP = notice('There is no open question of that number. `/aims questions` shows what waits.');

/** A gap that can still be answered, or what is to be said in its place. */
async function openGap({ db }: QuestionsParts, number: string): Promise<KnowledgeGap | { readonly refusal: Reply }> {
  const gap = /^\d{1,15}$/.test(number) ? await readGap(db, Number(number)) : undefined;
  if (!gap) return { refusal: NO_SUCH_GAP };
  return gap.state === 'open' ? gap : { refusal: closedAlready(gap) };
}

export function closedAlready(gap: KnowledgeGap): Reply {
  const who = literally(gap.closedBy ?? 'somebody');
  if (!gap.reviewedAnswer)
    return notice(`${gapKey(gap.id)} was set aside by ${who} as not our topic. Nothing was changed.`);
  return notice(`${gapKey(gap.id)} was answered by ${who} already, as ${gap.reviewedAnswer}. Nothing was changed.`, {
    id: actionId('questions', 'show', gap.reviewedAnswer),
    label: `Show ${gap.reviewedAnswer}`,
  });
}

export async function gapForm(parts: QuestionsParts, number: string): Promise<Outcome> {
  const gap = await openGap(parts, number);
  if ('refusal' in gap) return say(gap.refusal);
  const { question, topic } = gap;
  const id = actionId('questions', 'answer', number);
  return say(answerForm({ id, title: `Answer ${gapKey(gap.id)}`, question, topic: topic?.id }));
}

export async function submitGapForm(
  parts: QuestionsParts,
  number: string,
  { person }: Asker,
  values: FormValues,
): Promise<Outcome> {
  const gap = await openGap(parts, number);
  if ('refusal' in gap) return say(gap.refusal);
  const written = readAnswerForm(values, person, parts.clock);
  if ('fault' in written) return say(written.fault);
  return async (change, tell) => {
    const claimed = await claimGap(change, gap.id);
    if (!claimed) return [await lostRace(change, gap.id)];
    const phrasings = otherPhrasings(claimed, claimed.question);
    const answer = await publishReviewedAnswer(change, { ...written, question: claimed.question, phrasings });
    await closeGap(change, claimed, answer);
    const told = await tellAskers(parts, change, tell, claimed, answer);
    return [
      notice(
        `Recorded: ${answer.key}, ${forWhom(answer)}. I give it to whoever asks from now on. ${told}`,
        { id: actionId('questions', 'show', answer.key), label: `Show ${answer.key}` },
        { id: actionId('command', 'run', 'questions'), label: 'What else waits?' },
      ),
    ];
  };
}

/** Chooses the reviewed answer that a gap is another way to ask for. */
export async function mergeForm(parts: QuestionsParts, number: string): Promise<Outcome> {
  const gap = await openGap(parts, number);
  if ('refusal' in gap) return say(gap.refusal);
  const { answers } = await listReviewedAnswers(parts.db, MAX_CHOICES);
  if (answers.length === 0) return say(notice('There is no reviewed answer yet. Answer the question instead.'));
  return say({
    kind: 'form',
    form: {
      id: actionId('questions', 'merge', number),
      title: `Add ${gapKey(gap.id)}`,
      intro:
        `**${literally(shortened(gap.question, MAX_QUESTION))}**\n\n` +
        'Whoever asks it this way gets the answer that you choose; so do those who wait for it now.',
      submitLabel: 'Add',
      inputs: [
        {
          kind: 'select',
          name: 'key',
          label: 'Answered by',
          optional: false,
          options: answers.map(({ key, question }) => ({ value: key, label: `${key} ${shortened(question, 60)}` })),
        },
      ],
    },
  });
}

export async function submitMergeForm(
  parts: QuestionsParts,
  number: string,
  _asker: Asker,
  { key = '' }: FormValues,
): Promise<Outcome> {
  const gap = await openGap(parts, number);
  if ('refusal' in gap) return say(gap.refusal);
  return async (change, tell) => {
    const claimed = await claimGap(change, gap.id);
    if (!claimed) return [await lostRace(change, gap.id)];
    const answer = await readReviewedAnswer(change.db, key);
    const more = answer ? [...answer.phrasings, ...otherPhrasings(claimed, answer.question)] : [];
    const merged = answer && { ...answer, phrasings: [...new Set(more)] };
    if (!merged || !(await reviseReviewedAnswer(change, merged))) {
      return [notice('That reviewed answer was changed or withdrawn just now. Choose again. Nothing was changed.')];
    }
    await closeGap(change, claimed, merged);
    const told = await tellAskers(parts, change, tell, claimed, merged);
    return [notice(`Recorded: ${gapKey(gap.id)} is another way to ask for ${merged.key}. ${told}`)];
  };
}

export async function declineGap(parts: QuestionsParts, number: string, { person }: Asker): Promise<Outcome> {
  const gap = await openGap(parts, number);
  if ('refusal' in gap) return say(gap.refusal);
  return async (change, tell) => {
    const claimed = await claimGap(change, gap.id);
    if (!claimed) return [await lostRace(change, gap.id)];
    await closeGap(change, claimed, undefined);
    const waiting = claimed.askers.filter(({ id }) => id !== person.id);
    for (const asker of waiting) {
      const text =
        `${literally(person.displayName)} set your question aside: it is no topic of the AI management system. ` +
        `You had asked (${gapKey(gap.id)}): ${literally(shortened(asker.question, MAX_QUESTION))}`;
      tell(messageTo(claimed, asker, notice(text)));
    }
    const told = waiting.length > 0 ? ` ${namesOf(waiting)} ${waiting.length === 1 ? 'is' : 'are'} told.` : '';
    return [notice(`Recorded: ${gapKey(gap.id)} is not our topic.${told}`)];
  };
}

async function lostRace(change: Change, id: number): Promise<Reply> {
  const gap = await readGap(change.db, id);
  return gap ? closedAlready(gap) : NO_SUCH_GAP;
}

function otherPhrasings({ askers, question }: KnowledgeGap, title: string): string[] {
  return [...new Set([question, ...askers.map((asker) => asker.question)])].filter((phrasing) => phrasing !== title);
}

/** Tells everybody who waited, each as far as they may see the answer. @returns a sentence on who is told */
async function tellAskers(
  { clock }: QuestionsParts,
  change: Change,
  tell: (message: DirectMessage) => void,
  gap: KnowledgeGap,
  answer: StoredReviewedAnswer,
): Promise<string> {
  const reviewer = change.actor.kind === 'person' ? change.actor.person : undefined;
  const waiting = gap.askers.filter(({ id }) => id !== reviewer);
  for (const asker of waiting) {
    const { visibilities } = await directAudience(change.db, asker.id, asker.platform, clock.today());
    const reply = visibilities.includes(answer.visibility) ? theAnswer(asker, gap, answer) : notForAsker(gap, answer);
    tell(messageTo(gap, asker, reply));
  }
  if (waiting.length === 0) return '';
  return `${namesOf(waiting)} ${waiting.length === 1 ? 'is' : 'are'} told.`;
}

function messageTo(gap: KnowledgeGap, { id, platform }: GapAsker, reply: Reply): DirectMessage {
  return { key: `${gapKey(gap.id)}:closed:${id}`, person: id, platform, reply };
}

function theAnswer(
  asker: GapAsker,
  gap: KnowledgeGap,
  { key, answer, reviewer, requirement }: StoredReviewedAnswer,
): Reply {
  const blocks: Block[] = [
    { kind: 'heading', text: `${literally(reviewer.name)} answered your question (${gapKey(gap.id)})` },
    { kind: 'text', text: `*${literally(shortened(asker.question, MAX_QUESTION))}*` },
    { kind: 'text', text: typedText(answer) },
    { kind: 'text', text: `It is kept as ${key}.` },
  ];
  const open = requirement && { id: actionId('ask', 'open', requirement), label: `Open ${requirement}` };
  return { kind: 'notice', blocks, actions: open ? [open] : [] };
}

function notForAsker(gap: KnowledgeGap, { reviewer, visibility }: StoredReviewedAnswer): Reply {
  const name = literally(reviewer.name);
  return notice(
    `${name} answered your question (${gapKey(gap.id)}), ${forWhom({ visibility })}. Ask ${name} what you need to know.`,
  );
}

function namesOf(askers: readonly GapAsker[]): string {
  return askers.map(({ name }) => literally(name)).join(', ');
}
