import { randomUUID } from 'node:crypto';
import { test } from 'vitest';
import type { App } from '../../src/app.ts';
import { KNOWLEDGE_FOLDER, loadGuidance } from '../../src/standard/guidance.ts';
import { startTestApp } from '../support/app.ts';
import { ChatModelStandIn } from '../support/chat-model.ts';
import { messageEvent, SlackStandIn, signedRequest } from '../support/slack.ts';
import { WebChatter } from '../support/web.ts';
import { percentile } from './measure.ts';

/** Questions delivered at once, after some that warm up the program. */
const BURST = 500;
const WARM_UP = 50;

/** One question after the other, so that none waits for another. */
const ALONE = 100;

/** Answers by the model, one after the other, and what it writes at once: the time of a real model comes on top. */
const WRITTEN = 50;
const QUESTION = 'Who has to sign the AI policy?';
const SENTENCE = 'The top of the organisation decides on the AI policy (5.2) [1]. ';

test('answers a second, and from delivery to post, without a model', async () => {
  const slack = await new SlackStandIn().start();
  slack.isStrict = false;
  const app = await startTestApp(slack.settings);
  const questions = await distinctQuestions();
  const ask = (count: number) => Promise.all(Array.from({ length: count }, () => deliver(app, questions.next().value)));
  const answered = async (count: number) => {
    for (let number = 0; number < count; number++) await slack.posts.next();
  };
  await ask(WARM_UP);
  await answered(WARM_UP);
  const started = performance.now();
  await ask(BURST);
  await answered(BURST);
  const perSecond = BURST / ((performance.now() - started) / 1000);
  const times = [];
  for (let number = 0; number < ALONE; number++) {
    const delivered = performance.now();
    await deliver(app, questions.next().value);
    await slack.posts.next();
    times.push(performance.now() - delivered);
  }
  console.log(`\nWithout a model, ${app.database.kind} database: ${Math.round(perSecond)} answers a second`);
  console.table({ 'from delivery to post, in milliseconds': middleAndTail(times) });
});

test('from delivery to the first checked sentence, with a model that takes no time', async () => {
  const model = await new ChatModelStandIn().start();
  const app = await startTestApp(model.settings);
  let asked = 0;
  let shown = Promise.withResolvers<void>();
  model.answer = () => {
    asked = performance.now();
    // The rest comes when the first sentence was seen.
    return { say: [SENTENCE, 'Others ', shown.promise, 'may draft it [1].'] };
  };
  const before: number[] = [];
  const after: number[] = [];
  for (let number = 0; number < WRITTEN; number++) {
    const jon = new WebChatter(app);
    shown = Promise.withResolvers<void>();
    jon.onDraft = shown.resolve;
    const reply = jon.hear();
    // Once this is answered, so is the request before it that opens the stream of events.
    await jon.history();
    const delivered = performance.now();
    await jon.post({ kind: 'message', text: QUESTION });
    const wasShown = await Promise.race([shown.promise.then(() => true), reply.then(() => false)]);
    if (!wasShown) throw new Error('The sentence was not shown, so these figures say nothing.');
    before.push(asked - delivered);
    after.push(performance.now() - asked);
    await reply;
  }
  console.log(`\nWith a model that takes no time, ${app.database.kind} database, in milliseconds`);
  console.table({
    'from delivery until the model is asked': middleAndTail(before),
    'from then until its first sentence is shown': middleAndTail(after),
    together: middleAndTail(before.map((time, index) => time + (after[index] ?? 0))),
  });
});

function middleAndTail(times: readonly number[]) {
  return { p50: Math.round(percentile(times, 0.5)), p95: Math.round(percentile(times, 0.95)) };
}

/** The guidance's own phrasings, each with a word of its own, so that no two questions are the same. */
async function distinctQuestions(): Promise<Iterator<string, never>> {
  const pages = await loadGuidance(KNOWLEDGE_FOLDER);
  const phrasings = pages.flatMap(({ page }) => page.passages).flatMap((passage) => passage.phrasings ?? []);
  return (function* () {
    for (let number = 0; ; number++) yield `${phrasings[number % phrasings.length]} (team ${number})`;
  })();
}

/** From one of a few people, in a thread of its own. */
async function deliver(app: App, question: string): Promise<void> {
  const user = ['U0JON', 'U0LEE', 'U0DANA', 'U0ARUN'][Math.floor(Math.random() * 4)];
  const response = await signedRequest(app, messageEvent(question, { user, thread_ts: randomUUID() }));
  if (response.status !== 200) throw new Error(`A delivery was refused with ${response.status}.`);
}
