import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formCard, formDialog } from '../../src/adapters/teams/card.ts';
import { closing } from '../../src/adapters/teams/drafts.ts';
import { LIMITS, renderActivity } from '../../src/adapters/teams/render.ts';
import { partsOf } from '../../src/chat/parts.ts';
import type { Action, Block, Form, Input, Reply } from '../../src/chat/reply.ts';
import { literally } from '../../src/chat/text.ts';
import { cardFaults, faultsOf } from '../support/teams-limits.ts';

/** Names and sentences of every kind: other scripts, right to left, marks of Markdown and HTML, characters of many bytes. */
const said = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => text.trim() !== ''),
  },
  { weight: 2, arbitrary: fc.lorem({ maxCount: 60 }) },
  fc.constantFrom(
    'من يوقع على سياسة الذكاء الاصطناعي؟ '.repeat(60),
    '谁签署人工智能政策？'.repeat(400),
    '👩‍🚀'.repeat(900),
    `<at>everyone</at> **bold** [x](http://evil.example) "quotes" \\ `.repeat(80),
    'x'.repeat(9_000),
  ),
);
const markdown = said.map(literally);
const actionArbitrary: fc.Arbitrary<Action> = fc.record(
  {
    id: fc.oneof(
      fc.constant('help:x:1'),
      said.map((question) => `ask:reading:5.2 ${question.slice(0, 1_500)}`),
    ),
    label: said,
    style: fc.constantFrom('primary' as const, 'danger' as const),
  },
  { requiredKeys: ['id', 'label'] },
);
/** Lines over time, as whoever makes a chart promises them. */
const chart: fc.Arbitrary<Block> = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 20 }))
  .chain(([lines, moments]) =>
    fc.record({
      kind: fc.constant('chart' as const),
      title: said,
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
        name: said,
        user: fc.constant({ platform: 'teams' as const, workspace: 'tenant', userId: 'aad-jon' }),
        text: markdown,
      },
      { requiredKeys: ['name', 'text'] },
    ),
    { minLength: 1, maxLength: 30 },
  ),
});

const block: fc.Arbitrary<Block> = fc.oneof(
  chart,
  mentions,
  fc.record({ kind: fc.constant('heading' as const), text: markdown }),
  fc.record({ kind: fc.constant('text' as const), text: markdown }),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: markdown, value: markdown }), { minLength: 1, maxLength: 8 }),
  }),
  fc.integer({ min: 1, max: 8 }).chain((width) =>
    fc.record({
      kind: fc.constant('table' as const),
      columns: fc.array(markdown, { minLength: width, maxLength: width }),
      rows: fc.array(fc.array(markdown, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 30 }),
    }),
  ),
);
const actions = fc.array(actionArbitrary, { maxLength: 14 });
const citation = fc.record({ id: fc.constantFrom('A.6.2.8', 'EV-48'), title: said, excerpt: markdown });
const reply: fc.Arbitrary<Reply> = fc.oneof(
  fc.record({ kind: fc.constant('notice' as const), blocks: fc.array(block, { maxLength: 10 }), actions }),
  fc.record(
    {
      kind: fc.constant('answer' as const),
      text: markdown,
      citations: fc.array(citation, { maxLength: 25 }),
      feedback: fc.constant({ helpful: 'questions:helpful:1', unhelpful: 'questions:unhelpful:1' }),
      actions,
    },
    { requiredKeys: ['kind', 'text', 'citations', 'actions'] },
  ),
);

const option = fc.record({ value: fc.uuid(), label: said });
const inputBase = {
  name: fc.uuid(),
  label: said,
  hint: said,
  optional: fc.boolean(),
};
const input = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), multiline: fc.boolean(), maxLength: fc.constant(500), ...inputBase }),
  fc.record({
    kind: fc.constant('select' as const),
    options: fc.array(option, { minLength: 1, maxLength: 12 }),
    ...inputBase,
  }),
  fc.record({
    kind: fc.constant('choices' as const),
    options: fc.array(option, { minLength: 1, maxLength: 12 }),
    ...inputBase,
  }),
  fc.record({ kind: fc.constant('person' as const), ...inputBase }),
  fc.record({ kind: fc.constant('date' as const), ...inputBase }),
) as fc.Arbitrary<Input>;
const form: fc.Arbitrary<Form> = fc.record({
  id: fc.constant('roles:give:1'),
  title: said,
  intro: markdown,
  submitLabel: said,
  inputs: fc.uniqueArray(input, { minLength: 1, maxLength: 6, selector: ({ name }) => name }),
});

const activitiesOf = (any: Reply) => partsOf(any, LIMITS).map(renderActivity);

test('whatever Steward says keeps to the limits of Teams and to the schema of cards', () => {
  fc.assert(
    fc.property(reply, (any) => {
      for (const activity of activitiesOf(any)) {
        if (activity.text === undefined && activity.attachments === undefined) continue;
        expect(faultsOf(activity as object)).toEqual([]);
        expect(faultsOf(closing('stream-1', activity) as object)).toEqual([]);
      }
    }),
  );
});

test('forms, in the chat and in a window, with faults and what was filled in, keep to them too', () => {
  fc.assert(
    fc.property(form, said, (any, typed) => {
      const names = any.inputs.map(({ name }) => name);
      const each = (text: string) => Object.fromEntries(names.map((name) => [name, text]));
      const cards = [formCard(any), formCard(any, each(typed.slice(0, 500)), each(typed))];
      for (const content of cards) {
        const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
        expect(faultsOf({ type: 'message', attachments })).toEqual([]);
      }
      const { task } = formDialog(any, each('Fill this in.')) as { task: { value: { card: { content: object } } } };
      expect(cardFaults(task.value.card.content)).toEqual([]);
    }),
  );
});

test('a table of 200 rows is in its messages row by row, each under its head', () => {
  const rows = Array.from({ length: 200 }, (_, index) => [`AIS-${index}`, 'Mia, shop chatbot', 'Dana Okafor']);
  const columns = ['System', 'Name', 'Owner'];
  const activities = activitiesOf({ kind: 'notice', blocks: [{ kind: 'table', columns, rows }], actions: [] });
  expect(activities).toHaveLength(5);
  const said = JSON.stringify(activities);
  for (const [name] of rows) expect(said).toContain(`"${name}"`);
  expect(said.match(/"Owner"/g)).toHaveLength(5);
});

test('an answer as long as a model can write is whole, and cited, in its messages', () => {
  const sentences = Array.from({ length: 400 }, (_, index) => `Sentence ${index} says what the standard asks [1].`);
  const citations = [{ id: '5.2', title: 'AI policy', excerpt: 'Top management.' }];
  const activities = activitiesOf({ kind: 'answer', text: sentences.join(' '), citations, actions: [] });
  expect(activities.length).toBeGreaterThan(1);
  const numbers = activities.flatMap(({ text = '' }) => text.match(/Sentence \d+/g) ?? []);
  expect(numbers).toEqual(sentences.map((_, index) => `Sentence ${index}`));
  expect(activities[0]?.entities).toHaveLength(1);
});

test('a cleared field stays empty when its form comes back', () => {
  const owner = { kind: 'text', name: 'owner', label: 'Owner', initial: 'Jon', optional: true } as const;
  const any: Form = {
    id: 'register:change:1',
    title: 'Change',
    intro: '',
    submitLabel: 'Save',
    inputs: [{ ...owner, multiline: false, maxLength: 80 }],
  };
  expect(JSON.stringify(formCard(any))).toContain('"value":"Jon"');
  expect(JSON.stringify(formCard(any, {}, { owner: 'Name somebody.' }))).not.toContain('Jon');
});
