import fc from 'fast-check';
import { expect, test } from 'vitest';
import { harmless } from '../../src/adapters/slack/harmless.ts';
import { homeView } from '../../src/adapters/slack/home.ts';
import { renderMessage, slackParts } from '../../src/adapters/slack/render.ts';
import { viewOf } from '../../src/adapters/slack/view.ts';
import type { Block, Form, Input, NoticeReply, Reply } from '../../src/chat/reply.ts';
import { firstPart } from '../../src/chat/rest.ts';
import { literally } from '../../src/chat/text.ts';
import type { Address } from '../../src/chat/turn.ts';
import { faultIn } from '../support/block-kit.ts';

const address: Address = {
  platform: 'slack',
  workspace: 'T0TEAM',
  conversation: 'C0CHANNEL',
  thread: '1700000000.000100',
  route: { asker: 'U0JON', askerTeam: 'T0TEAM', turn: 'Ev0', sharedOutside: 'yes' },
};

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constantFrom(
    '',
    ' ',
    '<!channel>',
    '<@U123>',
    '@here',
    '[x](http://evil.example)',
    'http://evil.example',
    '\u202eabc',
    'من يوقع على سياسة الذكاء الاصطناعي؟ '.repeat(60),
    'מי חותם על המדיניות '.repeat(30),
    '👩‍👩‍👧‍👦 Zoë Ångström-O’Neill 陳大文',
    '```\n# code\n```\n> quote\n- list\n1. one\n| a | b |\n|---|---|\n| c | d |',
    'x'.repeat(15_000),
  ),
);

const literal = anyText.map(literally);

/** Lines over time, as whoever makes a chart promises them. */
const chart: fc.Arbitrary<Block> = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 20 }))
  .chain(([lines, moments]) =>
    fc.record({
      kind: fc.constant('chart' as const),
      title: anyText,
      labels: fc.constant(Array.from({ length: moments }, (_, index) => `${index} Nov`)),
      series: fc
        .array(fc.array(fc.integer({ min: -9, max: 10_000 }), { minLength: moments, maxLength: moments }), {
          minLength: lines,
          maxLength: lines,
        })
        .map((all) => all.map((values, index) => ({ name: `KPI ${index}`, values }))),
      unit: fc.constantFrom('', ' %'),
    }),
  );

const mentions: fc.Arbitrary<Block> = fc.record({
  kind: fc.constant('mentions' as const),
  lines: fc.array(
    fc.record(
      {
        name: anyText,
        user: fc.constant({ platform: 'slack' as const, workspace: 'T0TEAM', userId: 'U0JON' }),
        text: literal,
      },
      { requiredKeys: ['name', 'text'] },
    ),
    { minLength: 1, maxLength: 30 },
  ),
});

const block: fc.Arbitrary<Block> = fc.oneof(
  chart,
  mentions,
  fc.record({ kind: fc.constant('heading' as const), text: literal }),
  // Guidance and models write Markdown.
  fc.record({ kind: fc.constant('text' as const), text: fc.oneof(literal, anyText) }),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: literal, value: literal }), { minLength: 1, maxLength: 30 }),
  }),
  fc.integer({ min: 1, max: 25 }).chain((width) =>
    fc.record({
      kind: fc.constant('table' as const),
      columns: fc.array(literal, { minLength: width, maxLength: width }),
      rows: fc.array(fc.array(literal, { minLength: width, maxLength: width }), { maxLength: width > 3 ? 8 : 220 }),
    }),
  ),
);

const actions = fc.array(
  fc.record({
    id: anyText.map((argument) => `help:x:${argument}`),
    label: anyText,
    opensForm: fc.constant(true as const),
  }),
  { maxLength: 60 },
);

const noticeReply: fc.Arbitrary<NoticeReply> = fc.record({
  kind: fc.constant('notice' as const),
  card: fc.constantFrom('intake:12', 'x'.repeat(400)),
  blocks: fc.array(block, { maxLength: 60 }),
  actions,
});

const reply: fc.Arbitrary<Reply> = fc.oneof(
  noticeReply,
  fc.record({
    kind: fc.constant('answer' as const),
    text: fc.oneof(literal, anyText),
    citations: fc.array(fc.record({ id: anyText, title: anyText, excerpt: anyText }), { maxLength: 30 }),
    feedback: fc.constant({ helpful: 'questions:helpful:1', unhelpful: 'questions:unhelpful:1' }),
    actions,
  }),
);

const named = { name: fc.uuid(), label: anyText, hint: anyText, optional: fc.boolean() };

const options = fc
  .array(anyText, { minLength: 1, maxLength: 230 })
  .map((labels) => labels.map((label, index) => ({ value: String(index), label })));

const input: fc.Arbitrary<Input> = fc.oneof(
  fc.record({
    ...named,
    kind: fc.constant('text' as const),
    multiline: fc.boolean(),
    maxLength: fc.integer({ min: 1, max: 9_000 }),
    initial: anyText,
  }),
  fc.record({
    ...named,
    kind: fc.constantFrom('select' as const, 'choices' as const),
    options,
    initial: fc.constant('0'),
  }),
  fc.record({ ...named, kind: fc.constant('person' as const), initial: fc.constant('U0JON') }),
  fc.record({ ...named, kind: fc.constant('date' as const), initial: fc.constant('2026-11-24') }),
);

const form: fc.Arbitrary<Form> = fc.record({
  id: fc.constant('roles:give:'),
  title: anyText,
  intro: fc.oneof(literal, anyText),
  inputs: fc.uniqueArray(input, { minLength: 1, maxLength: 12, selector: ({ name }) => name }),
  submitLabel: anyText,
  opensForm: fc.constant(true as const),
});

test('whatever a reply contains, Slack takes each of its messages, and none of them mentions or links', () => {
  fc.assert(
    fc.property(reply, (any) => {
      const parts = slackParts(any);
      const shown = [firstPart(parts, `turn:1234567:0`), ...parts];
      for (const part of shown) {
        expect(faultIn('chat.postMessage', { ...renderMessage(part, address) })).toBeUndefined();
      }
    }),
    { numRuns: 150 },
  );
});

test('whatever a form or a reply in its place contains, Slack takes the modal', () => {
  const shown = fc.oneof(
    form.map((any): Reply => ({ kind: 'form', form: any })),
    reply,
  );
  fc.assert(
    fc.property(shown, (any) => {
      const view = viewOf(firstPart(slackParts(any), 'turn:1:0'), address);
      expect(faultIn('views.update', { view })).toBeUndefined();
      expect(
        faultIn('chat.postMessage', { ...renderMessage(firstPart(slackParts(any), 'turn:1:0'), address) }),
      ).toBeUndefined();
    }),
    { numRuns: 150 },
  );
});

test('whatever a start page contains, Slack takes it', () => {
  fc.assert(
    fc.property(fc.array(noticeReply, { maxLength: 6 }), (sections) => {
      expect(faultIn('views.publish', { view: homeView(sections, address) })).toBeUndefined();
    }),
    { numRuns: 20 },
  );
});

test('a table of 200 rows is in three messages, all but the first one click away', () => {
  const rows = Array.from({ length: 200 }, (_, index) => [`row ${index}`]);
  const parts = slackParts({ kind: 'notice', blocks: [{ kind: 'table', columns: ['Name'], rows }], actions: [] });
  expect(parts).toHaveLength(3);
  expect(JSON.stringify(renderMessage(firstPart(parts, 'turn:1:0'), address))).toContain('rest:show:1 turn:1:0');
  expect(JSON.stringify(parts.map((part) => renderMessage(part, address)))).toContain('row 199');
});

test('a streamed text neither mentions nor links, and what is appended to it changes nothing before', () => {
  const hostile = fc
    .array(
      fc.constantFrom(
        '<!channel>',
        '@here',
        '[x](http://e.example)',
        '](',
        'e.example',
        'a@b.example',
        '://',
        '&lt;',
        'x',
      ),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(anyText, hostile), fc.oneof(anyText, hostile), (text, more) => {
      // Drafts end where a sentence does, and never within an escape.
      if (!text.endsWith('\\')) expect(harmless(text + more).startsWith(harmless(text))).toBe(true);
      expect(harmless(text + more)).not.toMatch(/[<>]|@\w|:\/\/|\]\(|[a-z]\.[a-z]/i);
    }),
  );
});
