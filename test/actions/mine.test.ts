import { expect, test } from 'vitest';
import type { NoticeReply } from '../../src/chat/reply.ts';
import type { Feature, HomeReader, WaitingThing } from '../../src/features/feature.ts';
import { mineFeature } from '../../src/features/mine/mine.ts';
import { alone } from '../support/actions.ts';

const CLOCK = { now: () => new Date('2026-11-25T09:00:00Z'), today: () => '2026-11-25' };

const READER: HomeReader = {
  person: { id: 'jon', displayName: 'Jon', standing: 'member', roles: new Set(), isExample: false },
  audience: alone('jon'),
};

function featureWith(...things: readonly WaitingThing[]): Feature {
  return { name: 'some', commands: [], respond: () => expect.unreachable(), waiting: async () => things };
}

async function screen(...features: readonly Feature[]): Promise<NoticeReply> {
  return (await mineFeature({ clock: CLOCK, features }).home?.(READER)) ?? expect.unreachable();
}

const thing = (what: string, when: Pick<WaitingThing, 'dueOn' | 'since'>): WaitingThing => ({
  ...{ what, ...when, action: { id: `some:show:${what}`, label: what } },
});

test('what is due comes first, then what waits longest, whichever feature it is of', async () => {
  const { blocks } = await screen(
    featureWith(thing('EV-1', { dueOn: '2026-12-01' }), thing('GAP-1', { since: new Date('2026-11-24T09:00:00Z') })),
    featureWith(thing('AIS-1', { since: new Date('2026-11-20T09:00:00Z') }), thing('ACT-1', { dueOn: '2026-11-23' })),
    { name: 'other', commands: [], respond: () => expect.unreachable() },
  );
  expect(blocks).toEqual([
    { kind: 'heading', text: 'Waiting for you: 4, 1 late' },
    {
      kind: 'text',
      text: [
        '1. ACT-1 · due 23 Nov 2026, **2 days late**',
        '2. EV-1 · due 1 Dec 2026',
        '3. AIS-1 · waiting 5 days',
        '4. GAP-1 · waiting 1 day',
      ].join('\n'),
    },
  ]);
});

test('one screen shows ten things and six buttons, and the way to the rest', async () => {
  const many = Array.from({ length: 14 }, (_, index) => thing(`ACT-${index + 1}`, { dueOn: '2026-12-01' }));
  const { blocks, actions } = await screen(featureWith(...many));
  expect(JSON.stringify(blocks)).toContain('10. ACT-10');
  expect(JSON.stringify(blocks)).not.toContain('ACT-11');
  expect(actions.map(({ label }) => label)).toEqual(['ACT-1', 'ACT-2', 'ACT-3', 'ACT-4', 'ACT-5', 'Show 4 more']);
});

test('where nothing waits, there is a next step', async () => {
  const { blocks, actions } = await screen(featureWith());
  expect(JSON.stringify(blocks)).toContain('Nothing waits for you');
  expect(actions).toHaveLength(1);
});
