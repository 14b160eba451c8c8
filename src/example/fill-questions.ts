import { daysLater } from '../clock.ts';
import type { Change } from '../event-log/governed-change.ts';
import { recordAnswer } from '../records/answer.ts';
import { rateAnswer, UNHELPFUL_REASONS } from '../records/answer-feedback.ts';
import { askGap, claimGap, closeGap } from '../records/knowledge-gap.ts';
import { publishReviewedAnswer } from '../records/reviewed-answer.ts';
import { structure } from '../standard/structure.ts';
import { EXAMPLE_GAPS, EXAMPLE_QUESTIONS, type ExampleQuestion } from './example-questions.ts';
import type { People } from './people.ts';
import { spread, type Timeline } from './timeline.ts';

/** Days of questions: the twelve weeks that are told of, and the one before. */
const DAYS = 98;

const NO_MODEL = { model: null, promptVersion: null, spent: undefined } as const;

/** Has people ask, a few more each week, judge the answers, and pass on what Steward did not know. */
export function addQuestions(timeline: Timeline, people: People, today: string): void {
  for (let ago = DAYS; ago > 0; ago -= 1) {
    const count = Math.round(1 + (DAYS - ago) / 28 + spread(ago) * 2);
    timeline.add(ago, undefined, async (change) => {
      for (let index = 0; index < count; index += 1) await ask(change, people, ago * 7 + index, ago);
    });
  }
  for (const [place, { question, topic, answer }] of EXAMPLE_GAPS.entries()) {
    const ago = answer === undefined ? 4 + place : 75 - place * 15;
    const gap = { id: 0 };
    const asker = pick(people.everybody, place * 5);
    timeline.add(ago, asker, async (change) => {
      const asked = { asker, platform: 'web', question, topic: topicOf(topic) } as const;
      gap.id = (await askGap(change, asked)).id;
    });
    if (answer === undefined) continue;
    const answered = Math.max(1, ago - 1 - place);
    const reviewer = { id: people.lead, name: people.leadName };
    const reviewedOn = daysLater(today, -answered);
    timeline.add(answered, people.lead, async (change) => {
      const claimed = await claimGap(change, gap.id);
      const text = { question, answer, phrasings: [], visibility: 'everyone', requirement: topic } as const;
      if (claimed)
        await closeGap(change, claimed, await publishReviewedAnswer(change, { ...text, reviewer, reviewedOn }));
    });
  }
}

async function ask(change: Change, people: People, number: number, ago: number): Promise<void> {
  const asked = pick(EXAMPLE_QUESTIONS, number);
  const asker = pick(people.everybody, number * 3);
  const id = await recordAnswer(change, { ...givenTo(asker, asked), ...NO_MODEL });
  if (asked.isDeclined || spread(number) > 0.4) return;
  // Answers got better lately.
  const isHelpful = spread(number * 11) > (ago > 40 ? 0.35 : 0.15);
  const reason = pick(UNHELPFUL_REASONS, number);
  await rateAnswer(change, id, asker, isHelpful ? { isHelpful } : { isHelpful, reason, comment: undefined });
}

function givenTo(asker: string, { question, answer, topic, isDeclined }: ExampleQuestion) {
  const told = { question, text: answer, isDeclined, sources: [], topic: topicOf(topic) };
  return { asker, platform: 'web', conversation: 'example', ...told } as const;
}

function topicOf(id: string) {
  return { id, title: structure.find(id)?.title ?? id };
}

function pick<T>(all: readonly T[], number: number): T {
  const picked = all[number % all.length];
  if (picked === undefined) throw new Error('There is nothing to pick from.');
  return picked;
}
