import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkAnswer, checkSentence } from '../../src/features/ask/check-sentence.ts';
import { factsIn } from '../../src/features/ask/facts.ts';
import { splitSentences } from '../../src/features/ask/split-sentences.ts';
import { KNOWLEDGE_FOLDER, loadGuidance } from '../../src/standard/guidance.ts';

const POLICY =
  '5.2 AI policy\nAnswers\n\nTop management approves the AI policy (5.2). The standard gives no interval; most organisations review ' +
  'it every year. Control A.2.2 says more. See EV-48 and https://example.org/policy.';
const LAW =
  'eu-ai-act-dates EU AI Act\nIn short\n\nProviders report within 15 days (Art. 73). The duties apply from 2 August 2026. Fines reach ' +
  'EUR 35 million or 7 % of turnover. Keep logs for six months; a model has three reviewers and 10,000 users.';

const read = (text: string, language: string) => ({
  document: text.slice(0, 9),
  facts: factsIn(text, language),
  wording: undefined,
});

const vouched = (language: string) => [POLICY, LAW].map((text) => read(text, language));

describe('a sentence passes only if its sources vouch for what it says', () => {
  test.each([
    ['Top management approves the AI policy [1].', 'en'],
    ['Top management approves it (5.2) [1].', 'en'],
    ['ISO/IEC 42001:2023 leaves the interval to you [1].', 'en'],
    ['It is reviewed annually [1].', 'en'],
    ['A.2.2 says more, and EV-48 shows it [1].', 'en'],
    ['Report within 15 days, and from 2 August 2026 [2].', 'en'],
    ['It applies from August 2026 [2].', 'en'],
    ['It applies from 2026-08-02 [2].', 'en'],
    ['Fines reach €35 million or 7% [2].', 'en'],
    ['Fines reach 35,000,000 euros or 7 per cent [2].', 'en'],
    ['Three people review it, for 10 000 users [2].', 'en'],
    ['Keep logs for 6 months [2].', 'en'],
    ['Top management (5.2) reports within 15 days [1][2].', 'en'],
    ['Top management (5.2) reports within 15 days [1, 2].', 'en'],
    ['Die Leitung meldet innerhalb von 15 Tagen, ab dem 2. August 2026 [2].', 'de'],
    ['Bewahren Sie Protokolle sechs Monate lang auf, für 10.000 Nutzer [2].', 'de'],
    ['Les journaux sont gardés six mois, à partir du 2 août 2026 [2].', 'fr'],
    ['Los registros se guardan seis meses, desde el 2 de agosto de 2026 [2].', 'es'],
    ['日志保存6个月，自2026年8月2日起[2]。', 'zh'],
    ['تُحفظ السجلات لمدة ٦ أشهر [2].', 'ar'],
  ])('passes: %s', (sentence, language) => {
    expect(checkSentence(sentence, vouched(language), language)).toBeDefined();
  });

  test.each([
    ['nothing but a citation', '[1].', 'en'],
    ['no citation', 'Top management approves the AI policy.', 'en'],
    ['a passage that was not given', 'Top management approves the AI policy [3].', 'en'],
    ['passage zero', 'Top management approves the AI policy [0].', 'en'],
    ['one given and one invented passage', 'Top management approves the AI policy [1][7].', 'en'],
    ['an invented control', 'Control A.9.5 asks for it [1].', 'en'],
    ['a control of which only the area stands there', 'Control A.2.2.1 asks for it [1].', 'en'],
    ['another clause', 'Clause 5.3 asks for it [1].', 'en'],
    ['a number in another passage', 'Report within 15 days [1].', 'en'],
    ['an invented number', 'Keep 12 versions [1].', 'en'],
    ['an invented number in words', 'Keep twelve versions [1].', 'en'],
    ['another unit', 'Report within 15 months [2].', 'en'],
    ['another amount', 'Fines reach EUR 30 million [2].', 'en'],
    ['another currency', 'Fines reach USD 35 million [2].', 'en'],
    ['another share', 'Fines reach 35 % [2].', 'en'],
    ['another day', 'The duties apply from 3 August 2026 [2].', 'en'],
    ['another year', 'The duties apply from 2 August 2027 [2].', 'en'],
    ['another month', 'The duties apply from February 2, 2026 [2].', 'en'],
    ['an interval that nobody gave', 'Review it quarterly [1].', 'en'],
    ['an invented number in German words', 'Bewahren Sie Protokolle zwölf Monate lang auf [2].', 'de'],
    ['another month in French', 'Les obligations valent à partir du 2 février 2026 [2].', 'fr'],
    ['an invented number in Arabic digits', 'تُحفظ السجلات لمدة ٩ أشهر [2].', 'ar'],
    ['full-width digits', 'Keep ９ versions [1].', 'en'],
    ['a web address', 'Sign up at https://evil.example/login [1].', 'en'],
    ['a bare web address', 'Sign up at evil.example [1].', 'en'],
    ['an e-mail address', 'Write to boss@evil.example [1].', 'en'],
    ['an invented record', 'EV-49 shows it [1].', 'en'],
    ['a web address, even one that stands there', 'See https://example.org/policy [1].', 'en'],
  ])('stopped: %s', (_why, sentence, language) => {
    expect(checkSentence(sentence, vouched(language), language)).toBeUndefined();
  });

  test('what the guidance says, cited to where it stands, passes', async () => {
    const stopped = (await loadGuidance(KNOWLEDGE_FOLDER)).flatMap(({ page }) =>
      page.passages.flatMap(({ body }) =>
        splitSentences(body, 'en')
          .filter(({ text }) => /\p{L}/u.test(text))
          .map(({ text }) => `${text} [1]`)
          .filter((sentence) => !checkSentence(sentence, [read(body, 'en')], 'en')),
      ),
    );
    expect(stopped).toEqual([]);
  });
});

describe('of an answer, what passes is left', () => {
  const check = (answer: string) => checkAnswer(answer, vouched('en'), 'en');

  test('in its order, with sources counted anew', () => {
    const answer = 'Report within 15 days [2]. Keep 99 logs [2]. Top management approves the policy. [1] It is so.';
    const { text, sources, passed, failed } = check(answer);
    expect(text).toBe('Report within 15 days [1]\\. Top management approves the policy [2]\\.');
    expect({ sources, passed, failed }).toEqual({ sources: [1, 0], passed: 2, failed: 2 });
  });

  test('a list keeps its lead-in as long as an item passes', () => {
    expect(check('What to do:\n\n1. Approve the policy [1].\n2. Keep 99 logs [2].\n- Report [2].').text).toBe(
      'What to do\\:\n\n- Approve the policy [1]\\.\n- Report [2]\\.',
    );
    expect(check('What to do:\n- Keep 99 logs [2].').text).toBe('');
    expect(check('Do these 99 things:\n- Report [2].').text).toBe('- Report [1]\\.');
  });

  test('two passages of one document are one source', () => {
    const passages = [POLICY, LAW, POLICY].map((text) => read(text, 'en'));
    const { text, sources } = checkAnswer('It is decided [3]. It is kept [2]. It is shown [1][3].', passages, 'en');
    expect(text).toBe('It is decided [1]\\. It is kept [2]\\. It is shown [1]\\.');
    expect(sources).toEqual([2, 1]);
  });

  test('six sentences at most', () => {
    expect(check('Approve it [1]. '.repeat(9)).passed).toBe(6);
  });

  test.each([
    ['e.g.', 'Name an owner, e.g. Dana, for it [1].'],
    ['Art.', 'See Art. 73 on reports [2].'],
    ['an ordinal', 'It applies from 2. August 2026 [2].'],
    ['an id', 'A.2.2 says more [1].'],
  ])('%s ends no sentence', (_what, sentence) => {
    expect(splitSentences(sentence, 'de').map(({ text }) => text)).toEqual([sentence]);
  });

  test('a model cannot format, link or mention', () => {
    expect(check('**Approve** <@ULEE> [x](y) `it` # now [1]').text).toBe(
      'Approve \\<\\@ULEE\\> \\[x\\]\\(y\\) it \\# now [1]',
    );
  });
});

describe('whatever a model writes', () => {
  const pieces = fc.constantFrom(
    ...[
      '[1]',
      '[2]',
      '[9]',
      ' ',
      '. ',
      '\n',
      '- ',
      ': ',
      'A.2.2',
      'A.9.5',
      '5.2',
      '15 days',
      'twelve',
      '2 August 2026',
    ],
    ...['the policy', '[', ']', '**', '<b>', '\\', '[1](http://evil.example)', 'e.g. ', '。', '٩'],
  );
  const answers = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces).map((parts) => parts.join('')),
  );
  const sources = vouched('en');

  test('each shown mark names a source that was given, and none is shown without one', () => {
    fc.assert(
      fc.property(answers, fc.boolean(), (answer, isWhole) => {
        const checked = checkAnswer(answer, sources, 'en', isWhole);
        const marks = [...checked.text.matchAll(/(?<!\\)\[(\d+)\]/g)].map(([, number]) => Number(number));
        expect(marks.every((mark) => checked.sources[mark - 1] !== undefined)).toBe(true);
        expect(new Set(marks).size).toBe(checked.sources.length);
        expect(checked.sources.every((index) => sources[index] !== undefined)).toBe(true);
        expect(checked.text === '').toBe(checked.passed === 0);
      }),
    );
  });

  test('nothing is shown that no source vouches for', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const { text } = checkAnswer(answer, sources, 'en');
        expect(text).not.toMatch(/A\\\.9\\\.5|\btwelve\b|٩|evil/);
      }),
    );
  });

  test('a number that is changed is stopped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 99_999 }), fc.integer({ min: 2, max: 99_999 }), (said, meant) => {
        fc.pre(said !== meant);
        const source = [read(`It holds ${meant} of them.`, 'en')];
        expect(checkSentence(`It holds ${meant} of them [1].`, source, 'en')).toEqual([0]);
        expect(checkSentence(`It holds ${said} of them [1].`, source, 'en')).toBeUndefined();
      }),
    );
  });
});
