import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitSentences } from '../../src/features/ask/split-sentences.ts';
import { bearsOut, wordingOf } from '../../src/features/ask/wording.ts';
import { KNOWLEDGE_FOLDER, loadGuidance } from '../../src/standard/guidance.ts';
import { PARAPHRASES } from './paraphrases.ts';

const passage = (body: string, title = '', headingPath = '') => [wordingOf({ title, headingPath, body })];

describe('a sentence that turns its source round is stopped', () => {
  const POLICY =
    'Top management approves the AI policy, not the compliance team. An AI policy is required. Someone else may draft it. The policy ' +
    'must be reviewed at planned intervals. The standard gives no interval.';
  const AUDIT =
    'Nobody may audit their own work. An internal audit cannot be skipped. A major nonconformity has to be corrected before the ' +
    'certificate; for a minor one the body accepts your plan. Observations carry no duty. The auditors recommend, and others decide.';
  const CONTROLS =
    'Annex C is informative and no control. A control may be left out where you give a reason. Clauses 4 to 10 can never be left out. ' +
    'Good practice is a yearly test of the plan. A certificate says nothing about the safety of one model. You should name a deputy.';
  const LAW =
    'The EU AI Act bans social scoring. Providers must report serious incidents. Article 50 applies to chatbots. Minimal-risk systems ' +
    'have no special duties. Compliance is supervised by authorities, not by certification bodies.';

  test.each([
    [POLICY, 'An AI policy is optional.'],
    [POLICY, 'An AI policy is not required.'],
    [POLICY, 'You need not have an AI policy.'],
    [POLICY, 'There is no need for an AI policy.'],
    [POLICY, 'Top management does not approve the AI policy.'],
    [POLICY, 'The policy need not be reviewed at planned intervals.'],
    [POLICY, 'The policy should be reviewed at planned intervals.'],
    [POLICY, 'The policy may be reviewed at planned intervals.'],
    [POLICY, 'Someone else must draft it.'],
    [POLICY, 'Nobody else may draft the policy.'],
    [POLICY, 'Only the compliance team drafts the AI policy.'],
    [POLICY, 'The standard gives an interval.'],
    [POLICY, 'Your AI policy is certified.'],
    [POLICY, 'An AI policy is prohibited.'],
    [POLICY, 'Elephants dance on stage every night in Vienna.'],
    [AUDIT, 'You may audit your own work.'],
    [AUDIT, 'An internal audit can be skipped.'],
    [AUDIT, 'An internal audit is optional.'],
    [AUDIT, 'An external audit cannot be skipped.'],
    [AUDIT, 'A minor nonconformity has to be corrected before the certificate.'],
    [AUDIT, 'A major nonconformity has to be corrected after the certificate.'],
    [AUDIT, 'A major nonconformity need not be corrected before the certificate.'],
    [AUDIT, 'Observations carry a duty.'],
    [AUDIT, 'The auditors never recommend.'],
    [AUDIT, 'The auditors guarantee the certificate.'],
    [CONTROLS, 'Annex C is a control.'],
    [CONTROLS, 'A control may never be left out.'],
    [CONTROLS, 'A control must be left out where you give a reason.'],
    [CONTROLS, 'Clauses 4 to 10 can be left out.'],
    [CONTROLS, 'A yearly test of the plan is required.'],
    [CONTROLS, 'A certificate guarantees the safety of one model.'],
    [CONTROLS, 'You must name a deputy.'],
    [CONTROLS, 'You must not name a deputy.'],
    [LAW, 'The EU AI Act does not ban social scoring.'],
    [LAW, 'Social scoring is optional under the EU AI Act.'],
    [LAW, 'Providers need not report serious incidents.'],
    [LAW, 'Providers should report serious incidents.'],
    [LAW, 'Article 50 does not apply to chatbots.'],
    [LAW, 'Chatbots are exempt from Article 50.'],
    [LAW, 'Minimal-risk systems have special duties.'],
    [POLICY, 'The compliance team approves the AI policy.'],
    [POLICY, 'The AI policy is approved by the board of auditors and not by anyone else.'],
    [AUDIT, 'The certification body recommends.'],
    [LAW, 'Authorities must report serious incidents.'],
    [LAW, 'Compliance is supervised by certification bodies.'],
    ['The supplier tells the customer of each change.', 'The customer tells the supplier of each change.'],
  ])('%#: %s / %s', (body, sentence) => {
    expect(bearsOut(sentence, passage(body))).toBe(false);
  });

  test.each([
    [POLICY, 'The AI policy is approved by top management.'],
    [POLICY, 'An AI policy is mandatory.'],
    [POLICY, 'Another person can draft the policy.'],
    [POLICY, 'No interval is given by the standard.'],
    [AUDIT, 'You must not audit your own work.'],
    [AUDIT, 'The internal audit is not optional.'],
    [AUDIT, 'An observation carries no duty.'],
    [CONTROLS, 'Annex C contains no controls.'],
    [CONTROLS, 'Leaving a control out needs a reason.'],
    [LAW, 'Social scoring is prohibited under the EU AI Act.'],
    [LAW, 'Serious incidents have to be reported by providers.'],
    [POLICY, 'The board approves the AI policy.'],
    ['The supplier tells the customer of each change.', 'The vendor tells its clients of each change.'],
  ])('passes: %#: %s / %s', (body, sentence) => {
    expect(bearsOut(sentence, passage(body))).toBe(true);
  });

  test('what it says of the same matter in another cited passage counts', () => {
    const cited = [...passage('Top management approves the policy.'), ...passage('Reports are not anonymous by duty.')];
    expect(bearsOut('Top management approves the policy, and reports are not anonymous.', cited)).toBe(true);
  });
});

test('of good paraphrases hardly any is stopped', async () => {
  const pages = new Map((await loadGuidance(KNOWLEDGE_FOLDER)).map(({ page }) => [page.id, page]));
  const stopped = PARAPHRASES.flatMap(([id, heading, ...sentences]) => {
    const found = pages.get(id)?.passages.find((one) => one.heading?.startsWith(heading));
    if (!found) throw new Error(`${id} has no answer "${heading}".`);
    const source = passage(found.body, pages.get(id)?.title, `Answers > ${found.heading}`);
    return sentences.map((sentence) => (bearsOut(sentence, source) ? '' : sentence));
  });
  expect(stopped.length).toBeGreaterThan(90);
  expect(stopped.filter(Boolean).length / stopped.length, stopped.filter(Boolean).join('\n')).toBeLessThan(0.1);
});

/** Ways to turn a sentence round. */
const TURNS: Readonly<Record<string, (sentence: string) => string>> = {
  'must becomes need not': (sentence) => sentence.replace(/\bmust\b(?! not)/, 'need not'),
  'not is left out': (sentence) => sentence.replace(/\b(is|are|does|do|may|must|can) not\b/, '$1'),
  'is becomes is not': (sentence) => sentence.replace(/\b(is|are) (?!not|no)\b/, '$1 not '),
  'no becomes a': (sentence) => sentence.replace(/\bno\b/, 'a'),
  'nobody becomes everybody': (sentence) => sentence.replace(/\bnobody\b/i, 'everybody'),
  'always becomes never': (sentence) => sentence.replace(/\balways\b/, 'never'),
  'asks for becomes forbids': (sentence) => sentence.replace(/\basks for\b/, 'forbids'),
  'required becomes optional': (sentence) => sentence.replace(/\b(required|mandatory)\b/, 'optional'),
  'before becomes after': (sentence) => sentence.replace(/\bbefore\b/, 'after'),
  'top management becomes the supplier': (sentence) => sentence.replace(/\btop management\b/i, 'the supplier'),
  'the certification body becomes the consultant': (sentence) =>
    sentence.replace(/\bthe certification body\b/i, 'the consultant'),
  'the auditor becomes the developer': (sentence) => sentence.replace(/\b(the|an) auditor\b/i, 'the developer'),
  'provider becomes authority': (sentence) => sentence.replace(/\bproviders?\b/i, 'authorities'),
};

test('of all sentences of the guidance, turned round, nearly all are stopped, and none as it is', async () => {
  const counts = new Map(Object.keys(TURNS).map((turn) => [turn, { all: 0, stopped: 0 }]));
  const wrong: string[] = [];
  for (const { page } of await loadGuidance(KNOWLEDGE_FOLDER)) {
    for (const { section, heading, body } of page.passages) {
      const source = passage(body, page.title, heading ?? section);
      for (const { text } of splitSentences(body, 'en')) {
        if (!/\p{L}{4}/u.test(text)) continue;
        if (!bearsOut(text, source)) wrong.push(text);
        for (const [name, turn] of Object.entries(TURNS)) {
          const count = counts.get(name);
          const turned = turn(text);
          if (!count || turned === text) continue;
          count.all++;
          if (!bearsOut(turned, source)) count.stopped++;
        }
      }
    }
  }
  expect(wrong.length, wrong.join('\n')).toBeLessThan(10);
  const shares = [...counts].map(([name, { all, stopped }]) => ({ name, share: stopped / all }));
  expect(shares.filter(({ share }) => share < 0.75)).toEqual([]);
  const total = [...counts.values()].reduce((sum, one) => ({
    all: sum.all + one.all,
    stopped: sum.stopped + one.stopped,
  }));
  expect(total.stopped / total.all).toBeGreaterThan(0.9);
});

test('words that stand nowhere in the source are stopped, whatever they are', () => {
  const word = fc.stringMatching(/^[a-z]{6,9}$/);
  const source = passage('Top management approves the AI policy.');
  fc.assert(
    fc.property(fc.array(word, { minLength: 3, maxLength: 12 }), (words) => {
      fc.pre(words.every((one) => !/^(manag|appro|polic)/.test(one)));
      expect(bearsOut(`The ${words.join(' ')} policy.`, source)).toBe(false);
    }),
  );
});

test('no text takes long', { timeout: 60_000 }, () => {
  const started = performance.now();
  for (const piece of ['a', ' ', 'not ', 'no, ', ', but', '('])
    bearsOut(piece.repeat(8_000 / piece.length), passage(piece.repeat(2_000)));
  expect(performance.now() - started).toBeLessThan(20_000);
});
