import { describe, expect, test } from 'vitest';
import { type Answer, answerQuestion } from '../../src/features/ask/answer.ts';
import { bestSentences, firstSentences, wordsOf } from '../../src/features/ask/shorten.ts';
import { GUIDANCE_ONLY } from '../../src/people/audience.ts';
import { KNOWLEDGE_FOLDER, loadGuidance } from '../../src/standard/guidance.ts';
import { openTestDatabase } from '../support/database.ts';

/** One question in so many of those that the guidance puts itself. */
const SAMPLE = 6;

const paragraphsOf = ({ text }: Answer) => text.split('\n\n').filter((paragraph) => !paragraph.startsWith('See also'));

test('the questions that the guidance puts itself get its answers, short and cited', { timeout: 300_000 }, async () => {
  const { db } = await openTestDatabase();
  const questions = (await loadGuidance(KNOWLEDGE_FOLDER)).flatMap(({ page }) =>
    page.passages.flatMap(({ section, heading, body }) =>
      section === 'Answers' && heading ? [{ heading, body }] : [],
    ),
  );
  const asked = questions.filter((_question, index) => index % SAMPLE === 0);
  const wrong: string[] = [];
  for (const { heading, body } of asked) {
    const answer = await answerQuestion({ db, vectors: undefined, today: '2026-11-25' }, heading, GUIDANCE_ONLY);
    if (answer.citations[0]?.excerpt !== body) wrong.push(heading);
    if (answer.declined || answer.clarify || answer.citations.length === 0) continue;
    const paragraphs = paragraphsOf(answer);
    expect(paragraphs.at(-1), heading).toMatch(/\[\d\]$/);
    // Sentences, or items of a list, and the two of the background are six; one abbreviation or two do not count.
    const unnumbered = paragraphs.join('\n').replace(/^\d+\. /gm, '');
    const ends = unnumbered.match(/[.!?]["”)]?(?=\s|$)/g) ?? [];
    expect(ends.length, `${heading}: ${answer.text}`).toBeLessThanOrEqual(10);
  }
  expect(asked.length).toBeGreaterThan(200);
  expect(wrong.length / asked.length, wrong.join('\n')).toBeLessThan(0.06);
});

test('the right part of the page', { timeout: 60_000 }, async () => {
  const asked: readonly (readonly [string, string, RegExp])[] = [
    ['Give me a checklist for an internal audit', 'internal-audit', /^In steps:\n\n1\. /],
    ['what would you show for 4.1', '4.1', /^What serves as evidence/],
    ['9.3 interval?', '9.3.1', /planned intervals/],
    ['who does A.6.2.8', 'A.6.2.8', /owner/],
    ['What is the difference between 5.2 and A.2.2?', '5.2', /^Clause 5\.2 is a duty/],
    ['model card = which control', 'A.6.2.7', /^\*\*A\.6\.2\.7 AI system technical documentation\.\*\*/],
    ['what does A.6.2.8 want from us', 'A.6.2.8', /^You decide in which phases/],
    ['how often do we have to redo the AI risk assessment', '8.2', /intervals/],
    ['how long does it take to get certified', 'cost-and-time', /^No standard sets a duration/],
    ['when does the EU AI Act apply to high-risk systems', 'eu-ai-act-timeline', /2 December 2027/],
    ['can the CEO be the AI lead?', '5.3', /^Yes\. Clause 5\.3/],
    ['our chatbot gave a customer wrong advice, do we have to tell anybody?', 'A.8.4', /^That depends on the harm/],
    ['what happens in a stage 1 audit', 'certification-stages', /\n\n\*\*Background:\*\* Stage 1 asks/],
  ];
  const { db } = await openTestDatabase();
  for (const [question, page, text] of asked) {
    const answer = await answerQuestion({ db, vectors: undefined, today: '2026-11-25' }, question, GUIDANCE_ONLY);
    expect
      .soft(
        answer.citations.map(({ id }) => id),
        question,
      )
      .toContain(page);
    expect.soft(answer.text, question).toMatch(text);
  }
});

test('a "no" to another question says which one', async () => {
  const { db } = await openTestDatabase();
  const ask = async (question: string) =>
    (await answerQuestion({ db, vectors: undefined, today: '2026-11-25' }, question, GUIDANCE_ONLY)).text;
  expect(await ask('Ana wrote the procedure. May she check it herself?')).toMatch(
    /^\*\*May I audit my own work\?\*\* No\. Clause 9\.2\.2/,
  );
  expect(await ask('May I audit my own work?')).toMatch(/^No\. Clause 9\.2\.2/);
});

describe('texts are cut between sentences', () => {
  test.each([
    ['One. Two. Three.', 2, 'One. Two.'],
    ['One.\n\nTwo. Three.', 2, 'One.\n\nTwo.'],
    ['See ISO. "Quoted." Next.', 2, 'See ISO. "Quoted."'],
    [
      '- It has one whole sentence in here. And another.\n- Second thing that matters.',
      6,
      '- It has one whole sentence in here.\n- Second thing that matters.',
    ],
    ['1. **Name.** What is done here.\n2. Then do this.', 6, '1. **Name.** What is done here.\n2. Then do this.'],
    ['Before it. Controls that help:\n\n- A\n- B\n- C\n- D', 3, 'Before it.'],
    ['Do:\n\n1. A\n2. B\n3. C\n4. D\n5. E', 4, 'Do:\n\n1. A\n2. B\n3. C\n\n2 more on the page.'],
    ['Do:\n\n1. A\n2. B\n3. C', 3, 'Do:\n\n1. A\n2. B\n3. C'],
    ['', 3, ''],
  ])('%j to %i', (text, limit, expected) => {
    expect(firstSentences(text, limit)).toBe(expected);
  });

  test('a long text begins with the sentence that was asked for, and with the one it leans on', () => {
    const text = 'The control asks for roles. Fields are many. It names no officer. Titles are free. Numbers too.';
    expect(bestSentences(text, 2, wordsOf('Is an officer named?'))).toBe('Fields are many. It names no officer.');
    expect(bestSentences(text, 2, wordsOf('What about titles?'))).toBe('Titles are free. Numbers too.');
  });
});
