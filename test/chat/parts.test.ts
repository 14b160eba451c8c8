import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PartLimits, partsOf } from '../../src/chat/parts.ts';
import type { Block, Reply } from '../../src/chat/reply.ts';
import { literally, replyAsText } from '../../src/chat/text.ts';

const LIMITS: PartLimits = {
  characters: 300,
  blocks: 5,
  rows: 4,
  columns: 3,
  heading: 40,
  actions: 3,
  citations: 2,
};

const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    fc.lorem({ maxCount: 120 }),
    fc.constantFrom('x'.repeat(900), '\\'.repeat(500), '👩‍🚀'.repeat(200), 'من يوقع على السياسة '.repeat(40)),
  )
  .map(literally);

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text }),
  fc.record({ kind: fc.constant('text' as const), text }),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: text, value: text }), { minLength: 1, maxLength: 6 }),
  }),
  fc.integer({ min: 1, max: 5 }).chain((width) =>
    fc.record({
      kind: fc.constant('table' as const),
      columns: fc.array(text, { minLength: width, maxLength: width }),
      rows: fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
    }),
  ),
);

const action = fc.record({ id: fc.constant('help:x:'), label: fc.constant('Help') });

const reply: fc.Arbitrary<Reply> = fc.oneof(
  fc.record({
    kind: fc.constant('notice' as const),
    blocks: fc.array(block, { maxLength: 12 }),
    actions: fc.array(action, { maxLength: 10 }),
  }),
  fc.record({
    kind: fc.constant('answer' as const),
    text,
    citations: fc.array(fc.record({ id: fc.constant('A.2.2'), title: text, excerpt: text }), { maxLength: 5 }),
    actions: fc.array(action, { maxLength: 10 }),
  }),
);

/** Everything that is said, without spaces: what separates words may change where a text is split. */
const letters = (replies: readonly Reply[]) =>
  replies
    .map(replyAsText)
    .join('')
    .replace(/[\s|:*]/g, '');

const actionsOf = (any: Reply) => (any.kind === 'form' ? [] : any.actions);

test('a reply is split into parts that keep to the limits, and loses nothing', () => {
  fc.assert(
    fc.property(reply, (any) => {
      const parts = partsOf(any, LIMITS);
      for (const part of parts) {
        expect(actionsOf(part).length).toBeLessThanOrEqual(LIMITS.actions);
        if (part.kind !== 'notice') continue;
        expect(part.blocks.length).toBeLessThanOrEqual(LIMITS.blocks);
        for (const table of part.blocks.filter(({ kind }) => kind === 'table')) {
          expect(table.kind === 'table' && table.rows.length).toBeLessThanOrEqual(LIMITS.rows);
        }
        expect(replyAsText(part).length).toBeLessThanOrEqual(LIMITS.characters * 1.2);
      }
      expect(parts.flatMap(actionsOf)).toEqual(actionsOf(any));
      if (any.kind !== 'notice' || any.blocks.some(({ kind }) => kind === 'table')) return;
      expect(letters(parts).replaceAll('Moretochoosefrom', '')).toBe(letters([any]));
    }),
  );
});

test('every row of a long table is in one of the parts, under its head', () => {
  const rows = Array.from({ length: 200 }, (_, index) => [`row ${index}`, 'x']);
  const parts = partsOf(
    { kind: 'notice', blocks: [{ kind: 'table', columns: ['A', 'B'], rows }], actions: [] },
    LIMITS,
  );
  const tables = parts.flatMap((part) => (part.kind === 'notice' ? part.blocks : []));
  expect(tables.every((table) => table.kind === 'table' && table.columns[0] === 'A')).toBe(true);
  expect(tables.flatMap((table) => (table.kind === 'table' ? table.rows : []))).toEqual(rows);
});

test('a reply that fits is its only part', () => {
  const short: Reply = { kind: 'notice', card: 'x:1', blocks: [{ kind: 'text', text: 'Recorded.' }], actions: [] };
  expect(partsOf(short, LIMITS)).toEqual([short]);
  const silent: Reply = { kind: 'notice', blocks: [], actions: [] };
  expect(partsOf(silent, LIMITS)).toEqual([silent]);
});
