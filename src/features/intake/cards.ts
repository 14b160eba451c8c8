import { actionId } from '../../chat/action-id.ts';
import type { Action, Block, NoticeReply } from '../../chat/reply.ts';
import { literally, shortened, typedText } from '../../chat/text.ts';
import { FACTS, type FactDefinition, type FactName, type Facts, UNKNOWN } from '../../records/ai-system/facts.ts';
import type { IntakeAnswer } from '../../records/ai-system/intake.ts';
import type { Doubt } from '../../records/ai-system/listen.ts';
import type { SaidBefore } from '../../records/ai-system/said-before.ts';
import { numberOf, TOPIC_IDS, TOPICS, type TopicId } from '../../records/ai-system/topics.ts';
import { factLines, type Interview, questionArgument, titleOf, versionOf } from './interview.ts';

/** Options that make buttons rather than a form, without "I don't know". */
const MAX_BUTTONS = 5;

/** Characters of an answer that are shown beside its question. */
const MAX_SHOWN = 600;

/** The name of a person by id. */
export type NameOf = (person: string) => string | undefined;

/** Asks a topic. Where it was answered before, the answer stands beside it. */
export function questionCard(interview: Interview, topic: TopicId, card: string, nameOf: NameOf): NoticeReply {
  const answer = interview.intake.answers[topic];
  const { question, explanation, example } = TOPICS[topic];
  const comments = interview.comments.filter((comment) => comment.topic === topic);
  const answered = answer && answer.text !== '' ? recorded(topic, answer, nameOf) : [];
  return {
    kind: 'notice',
    card,
    blocks: [
      { kind: 'heading', text: heading(interview, topic) },
      ...comments.map(({ by, comment }) => text(`**${literally(by)} asks:** ${literally(comment)}`)),
      text(`**${question}** ${explanation}\n\n*For example: ${literally(example)}*`),
      ...answered,
      ...(answered.length > 0 ? [text('Write a new answer to put it in its place, or keep it.')] : []),
    ],
    actions: questionActions(interview, topic, answered.length > 0),
  };
}

function questionActions(interview: Interview, topic: TopicId, isAnswered: boolean): Action[] {
  const { intake } = interview;
  const argument = argumentOf(interview, topic);
  const isOwn = topic === 'I14' && !isAnswered;
  return [
    ...(isOwn ? [{ id: actionId('intake', 'mine', argument), label: 'I do' }] : []),
    { id: actionId('intake', 'answer', argument), label: 'Answer in a form', opensForm: true },
    { id: actionId('intake', 'why', topic), label: 'Why we ask' },
    { id: actionId('intake', 'colleague', argument), label: "I don't know, ask a colleague", opensForm: true },
    isAnswered
      ? { id: actionId('intake', 'keep', argument), label: 'Keep it' }
      : { id: actionId('intake', 'skip', argument), label: 'Skip for now' },
    ...(topic === 'I1' ? [] : [{ id: actionId('intake', 'back', argument), label: 'Back' }]),
    // Teams shows six buttons, and the last question has one more.
    ...(isOwn ? [] : [{ id: actionId('intake', 'pause', String(intake.id)), label: 'Pause' }]),
  ];
}

/** What was answered, in the place of the question. */
export function answeredCard(
  interview: Interview,
  topic: TopicId,
  card: string,
  nameOf: NameOf,
  note?: string,
): NoticeReply {
  const answer = interview.intake.answers[topic];
  const said = answer && answer.text !== '' ? recorded(topic, answer, nameOf) : [text('*Skipped for now.*')];
  return {
    kind: 'notice',
    card,
    blocks: [{ kind: 'heading', text: heading(interview, topic) }, ...said, ...(note ? [text(note)] : [])],
    actions: [{ id: actionId('intake', 'again', argumentOf(interview, topic)), label: 'Change' }],
  };
}

/** Asks once more, in other words. */
export function againCard(interview: Interview, topic: TopicId, card: string, doubt: Doubt): NoticeReply {
  const argument = argumentOf(interview, topic);
  return {
    kind: 'notice',
    card,
    blocks: [text(`**${literally(doubt.askAgain)}**`), text(`I ask once more because ${literally(doubt.because)}.`)],
    actions: [
      { id: actionId('intake', 'answer', argument), label: 'Answer in a form', opensForm: true },
      { id: actionId('intake', 'colleague', argument), label: 'Ask a colleague', opensForm: true },
      { id: actionId('intake', 'leave', argument), label: 'Leave it open' },
      { id: actionId('intake', 'pause', String(interview.intake.id)), label: 'Pause' },
    ],
  };
}

/** Asks for the facts that rules need: by buttons where it is one with few options, else in a form. */
export function chooseCard(
  interview: Interview,
  topic: TopicId,
  card: string,
  names: readonly FactName[],
  offered: readonly FactName[],
): NoticeReply {
  const [first] = names;
  const argument = (rest: string) => argumentOf(interview, topic, rest);
  const all = [...offered, ...names].join(',');
  const skip: Action = { id: actionId('intake', 'pass', argument(all)), label: 'Go on without' };
  const isShort = first !== undefined && names.length <= 2 && optionsOf(first).length <= MAX_BUTTONS;
  if (first && isShort && FACTS[first].kind === 'choice') {
    const buttons = [...optionsOf(first), { value: UNKNOWN, label: "I don't know" }];
    const before = [...offered, first].join(',');
    return {
      kind: 'notice',
      card,
      blocks: [text(`**${FACTS[first].question}**`)],
      actions: buttons.map(({ value, label }) => ({
        id: actionId('intake', 'pick', argument(`${first}.${value}.${before}`)),
        label,
      })),
    };
  }
  return {
    kind: 'notice',
    card,
    blocks: [
      text(
        `${names.length === 1 ? 'One thing' : `${words(names.length)} things`} to choose, because rules go by ${
          names.length === 1 ? 'it' : 'them'
        }:\n${names.map((name) => `- ${FACTS[name].question}`).join('\n')}`,
      ),
    ],
    actions: [
      { id: actionId('intake', 'choose', argument(all)), label: 'Choose', style: 'primary', opensForm: true },
      skip,
    ],
  };
}

/** What was understood of an answer, to be confirmed or corrected. */
export function understoodCard(
  interview: Interview,
  topic: TopicId,
  card: string,
  { facts, missing, nameOf }: { readonly facts: Facts; readonly missing: readonly FactName[]; readonly nameOf: NameOf },
): NoticeReply {
  const argument = argumentOf(interview, topic, [...Object.keys(facts), ...missing].join(','));
  return {
    kind: 'notice',
    card,
    blocks: [
      text('I understood:'),
      { kind: 'facts', facts: shown(factLines(topic, facts, nameOf)) },
      ...(missing.length > 0
        ? [text(`Not said yet:\n${missing.map((name) => `- ${FACTS[name].question}`).join('\n')}`)]
        : []),
      text(`*Yes* leads on to the next question; whatever else you write is added to question ${numberOf(topic)}.`),
    ],
    actions:
      missing.length > 0
        ? [
            {
              id: actionId('intake', 'choose', argument),
              label: 'Correct or add',
              style: 'primary',
              opensForm: true,
            },
            { id: actionId('intake', 'accept', argument), label: "That's right, go on" },
          ]
        : [
            { id: actionId('intake', 'accept', argument), label: "That's right", style: 'primary' },
            { id: actionId('intake', 'choose', argument), label: 'Correct it', opensForm: true },
          ],
  };
}

/** What was said on a topic early, to be confirmed in the place of an answer. */
export function confirmCard(
  interview: Interview,
  topic: TopicId,
  card: string,
  said: SaidBefore,
  nameOf: NameOf,
): NoticeReply {
  const argument = argumentOf(interview, topic);
  return {
    kind: 'notice',
    card,
    blocks: [
      { kind: 'heading', text: heading(interview, topic) },
      text(`**${TOPICS[topic].question}** You said earlier:`),
      text(`*${literally(shortened(said.text, MAX_SHOWN))}*`),
      { kind: 'facts', facts: shown(factLines(topic, said.facts, nameOf)) },
      text('Is that right, and all? Confirm it, or write the answer anew.'),
    ],
    actions: [
      { id: actionId('intake', 'right', argument), label: "That's right", style: 'primary' },
      { id: actionId('intake', 'answer', argument), label: 'Answer in a form', opensForm: true },
      { id: actionId('intake', 'why', topic), label: 'Why we ask' },
      { id: actionId('intake', 'skip', argument), label: 'Skip for now' },
      { id: actionId('intake', 'back', argument), label: 'Back' },
      { id: actionId('intake', 'pause', String(interview.intake.id)), label: 'Pause' },
    ],
  };
}

function heading(interview: Interview, topic: TopicId): string {
  const { title } = TOPICS[topic];
  return `${literally(titleOf(interview))} · question ${numberOf(topic)} of ${TOPIC_IDS.length}: ${title.toLowerCase()}`;
}

function recorded(topic: TopicId, answer: IntakeAnswer, nameOf: NameOf): Block[] {
  const lines = shown(factLines(topic, answer.facts, nameOf));
  return [
    text(`**${literally(answer.by.name)} answered:**`),
    text(typedText(answer.text.length > MAX_SHOWN ? shortened(answer.text, MAX_SHOWN) : answer.text)),
    ...(lines.length > 0 ? [{ kind: 'facts' as const, facts: lines }] : []),
  ];
}

/** Lines with whatever a person or a model said shown literally. */
export function shown(lines: readonly { readonly label: string; readonly value: string }[]) {
  return lines.map(({ label, value }) => ({ label: literally(label), value: literally(value) }));
}

function argumentOf({ intake }: Interview, topic: TopicId, rest = ''): string {
  return questionArgument({ intake: intake.id, topic, seen: versionOf(intake.answers[topic]) }, rest);
}

function optionsOf(name: FactName) {
  const definition: FactDefinition = FACTS[name];
  if (!('options' in definition)) return [];
  return Object.entries(definition.options).map(([value, label]) => ({ value, label }));
}

function words(count: number): string {
  return ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven'][count] ?? String(count);
}

function text(markdown: string): Block {
  return { kind: 'text', text: markdown };
}
