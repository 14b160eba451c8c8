import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderMessage, textLength } from '../../src/adapters/slack/render.ts';
import type { Block, Reply } from '../../src/chat/reply.ts';
import { literally } from '../../src/chat/text.ts';
import type { Address } from '../../src/chat/turn.ts';

const address: Address = { platform: 'slack', workspace: 'T', conversation: 'C', thread: 'C', route: {} };

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(
    '<!channel>',
    '<@U123>',
    '@here',
    '[x](http://evil.example)',
    'http://evil.example',
    '\u202eabc',
    'x'.repeat(15_000),
  ),
);

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text: anyText.map(literally) }),
  fc.record({ kind: fc.constant('text' as const), text: anyText.map(literally) }),
  fc.record({
    kind: fc.constant('table' as const),
    columns: fc.array(anyText.map(literally), { minLength: 1, maxLength: 3 }),
    rows: fc.array(fc.array(anyText.map(literally), { minLength: 1, maxLength: 3 }), { maxLength: 250 }),
  }),
);

const reply: fc.Arbitrary<Reply> = fc.record({
  kind: fc.constant('notice' as const),
  blocks: fc.array(block, { maxLength: 60 }),
  actions: fc.array(fc.record({ id: fc.constant('help:x:'), label: anyText }), { maxLength: 40 }),
});

/** Every object in a value that says what type it is. */
function typesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value ? [String(value.type)] : [];
  return [...own, ...Object.values(value).flatMap(typesIn)];
}

test('whatever a text contains, a message neither mentions nor links, and keeps to the limits of Slack', () => {
  fc.assert(
    fc.property(reply, (any) => {
      const { text, blocks } = renderMessage(any, address);
      expect(blocks.length).toBeLessThanOrEqual(50);
      expect(textLength(blocks)).toBeLessThan(12_000);
      expect(blocks.filter(({ type }) => type === 'table').length).toBeLessThanOrEqual(1);
      expect(text).not.toMatch(/[<>]/);
      for (const type of typesIn(blocks))
        expect(['link', 'user', 'broadcast', 'channel', 'usergroup', 'mrkdwn']).not.toContain(type);
    }),
    { numRuns: 60 },
  );
});

test('a table of 200 rows is shortened, and says so', () => {
  const rows = Array.from({ length: 200 }, (_, index) => [`row ${index}`]);
  const { blocks } = renderMessage(
    { kind: 'notice', blocks: [{ kind: 'table', columns: ['Name'], rows }], actions: [] },
    address,
  );
  expect(JSON.stringify(blocks)).toContain('Shortened here');
});
