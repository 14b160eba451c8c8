import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Standing } from '../../src/chat/channel.ts';
import { audienceOf, audienceOfChannel } from '../../src/people/audience.ts';
import { ROLES, type Role } from '../../src/people/role.ts';
import { isOverdue, itemKey, parseItemKey } from '../../src/records/action-item/action-item.ts';
import { listItems, overdueByOwner, readItem } from '../../src/records/action-item/read-items.ts';
import { isNextStage, reminderStage, usualDueDate } from '../../src/records/action-item/reminder-stage.ts';
import { type ItemDeed, mayDo, mayMakeItems } from '../../src/records/action-item/rights.ts';
import { decisionKey, parseDecisionKey } from '../../src/records/decision/decision.ts';
import { listDecisions, readDecision } from '../../src/records/decision/read-decisions.ts';
import { mayRecordDecisions, mayWithdrawDecision } from '../../src/records/decision/rights.ts';
import { RECORD_VISIBILITIES, type RecordVisibility } from '../../src/records/record-visibility.ts';
import { parseReference } from '../../src/records/reference.ts';
import { aDecisionBy, anItemOf } from '../support/actions.ts';
import { openTestDatabase } from '../support/database.ts';
import { addPerson } from '../support/evidence.ts';

test.each([
  // 1 December 2026 is a Tuesday.
  ['2026-12-01', '2026-11-26', undefined],
  ['2026-12-01', '2026-11-27', 'soon'],
  ['2026-12-01', '2026-12-01', 'soon'],
  ['2026-12-01', '2026-12-02', 'late'],
  ['2026-12-01', '2026-12-08', 'late'],
  ['2026-12-01', '2026-12-09', 'escalated'],
  ['2026-12-05', '2026-12-11', 'late'],
  ['2026-12-05', '2026-12-12', 'escalated'],
])('an item due on %s is on %s: %s', (dueOn, today, stage) => {
  expect(reminderStage({ dueOn }, today)).toBe(stage);
});

test('stages are told in their order, and none a second time', () => {
  expect(isNextStage('soon', undefined)).toBe(true);
  expect(isNextStage('late', 'soon')).toBe(true);
  expect(isNextStage('escalated', undefined)).toBe(true);
  expect(isNextStage('late', 'late')).toBe(false);
  expect(isNextStage('soon', 'late')).toBe(false);
  expect(usualDueDate('2026-12-24')).toBe('2027-01-07');
});

test.each([
  ['AIS-3', { kind: 'system', ref: 'AIS-3' }],
  [' ev-48 ', { kind: 'evidence', ref: 'EV-48' }],
  ['DEC-2', { kind: 'decision', ref: 'DEC-2' }],
  ['GAP-1', { kind: 'question', ref: 'GAP-1' }],
  ['AIS-0', undefined],
  ['ISO-42001', undefined],
  ['the chatbot', undefined],
])('%s is read as a reference', (text, reference) => {
  expect(parseReference(text)).toEqual(reference);
});

test('keys are read as they are written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999 }), (id) => {
      expect(parseItemKey(itemKey(id).toLowerCase())).toBe(id);
      expect(parseDecisionKey(` ${decisionKey(id)}`)).toBe(id);
    }),
  );
  expect([parseItemKey('ACT-0'), parseItemKey('ACT-1x'), parseDecisionKey('')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('an open item is late after its day, and not on it', () => {
  expect(isOverdue({ state: 'open', dueOn: '2026-12-01' }, '2026-12-01')).toBe(false);
  expect(isOverdue({ state: 'open', dueOn: '2026-12-01' }, '2026-12-02')).toBe(true);
  expect(isOverdue({ state: 'done', dueOn: '2026-12-01' }, '2026-12-02')).toBe(false);
});

describe('rights', () => {
  const OWNER: readonly ItemDeed[] = ['finish', 'extend', 'hand-over', 'reopen', 'remind'];
  const MAKER: readonly ItemDeed[] = ['hand-over', 'change', 'withdraw', 'reopen', 'remind'];
  const ALL: readonly ItemDeed[] = ['finish', 'extend', 'hand-over', 'change', 'withdraw', 'reopen', 'remind'];
  const item = { owner: { id: 'owner', name: '' }, createdBy: { id: 'maker', name: '' } };
  const allowed = (who: { id: string; standing: Standing; roles: ReadonlySet<Role> }) => {
    if (who.standing !== 'member') return [];
    if (who.roles.has('compliance_lead')) return ALL;
    return who.id === 'owner' ? OWNER : who.id === 'maker' ? MAKER : ['remind'];
  };
  const person = fc.record({
    id: fc.constantFrom('owner', 'maker', 'somebody'),
    standing: fc.constantFrom<Standing>('member', 'guest', 'external', 'deactivated', 'unknown'),
    roles: fc.subarray([...ROLES]).map((roles) => new Set<Role>(roles)),
  });

  test('the owner does it, whoever made it says what it is, the lead may do either, and nobody from outside anything', () => {
    fc.assert(
      fc.property(person, (who) => {
        const may = ALL.filter((deed) => mayDo(deed, who, item as Parameters<typeof mayDo>[2]));
        expect(mayMakeItems(who)).toBe(who.standing === 'member');
        expect(may).toEqual(ALL.filter((deed) => allowed(who).includes(deed)));
      }),
    );
  });

  test('decisions are recorded by those who govern, and taken back by the recorder, the lead or the chair', () => {
    fc.assert(
      fc.property(person, (who) => {
        const governs = ['compliance_lead', 'committee_chair', 'committee_member'].some((role) =>
          who.roles.has(role as Role),
        );
        const may = who.standing === 'member' && governs;
        expect(mayRecordDecisions(who)).toBe(may);
        const recordedBy = { id: 'maker', name: '' };
        const heads = who.roles.has('compliance_lead') || who.roles.has('committee_chair');
        expect(mayWithdrawDecision(who, { recordedBy })).toBe(may && (heads || who.id === 'maker'));
      }),
    );
  });
});

interface Stored {
  readonly visibility: RecordVisibility;
  readonly concerned: readonly string[];
  readonly item: number;
  readonly decision: number;
}

const STANDINGS: readonly Standing[] = ['member', 'member', 'guest', 'external', 'deactivated', 'unknown'];

test('nobody learns of an item or a decision that is not for them, alone or in company', {
  timeout: 60_000,
}, async () => {
  const { db } = await openTestDatabase();
  const people = await Promise.all(['Jon', 'Dana', 'Ana'].map((name) => addPerson(db, name)));
  const records: Stored[] = [];
  for (const visibility of RECORD_VISIBILITIES) {
    for (const [maker, owner] of [
      [0, 0],
      [0, 1],
    ] as const) {
      const [by = '', to = ''] = [people[maker], people[owner]];
      records.push({
        visibility,
        concerned: [by, to],
        item: await anItemOf(db, by, { owner: to, visibility, dueOn: '2026-01-01' }),
        decision: await aDecisionBy(db, by, { participants: [to], visibility }),
      });
    }
  }
  const someone = fc.record({
    id: fc.constantFrom(...people),
    standing: fc.constantFrom(...STANDINGS),
    roles: fc.subarray([...ROLES], { maxLength: 2 }).map((roles) => new Set<Role>(roles)),
  });
  const place = fc.constantFrom('alone', 'alone', 'channel', 'shared', 'committee', 'auditors');
  await fc.assert(
    fc.asyncProperty(someone, place, async (who, where) => {
      const isRegistered = where === 'committee' || where === 'auditors';
      const kind = where === 'alone' ? ('direct' as const) : ('channel' as const);
      const audience = isRegistered
        ? audienceOfChannel(where)
        : audienceOf({ kind, sharedOutside: where === 'shared' }, who);
      const governs = ['compliance_lead', 'committee_chair', 'committee_member'].some((role) =>
        who.roles.has(role as Role),
      );
      const audits = who.roles.has('auditor');
      const sees = ({ visibility, concerned }: (typeof records)[number]) => {
        if (isRegistered) return visibility !== 'committee' || where === 'committee';
        if (where === 'channel') return who.standing === 'member' && visibility === 'everyone';
        if (where === 'shared' || (who.standing !== 'member' && !(who.standing === 'guest' && audits))) return false;
        if (visibility === 'everyone' || concerned.includes(who.id)) return true;
        return governs || (visibility === 'auditors' && audits);
      };
      const visible = records.filter(sees);
      const items = visible.map(({ item }) => item);
      expect((await listItems(db, audience, {}, 99)).items.map(({ id }) => id)).toEqual(items);
      expect((await listItems(db, audience, {}, 0)).total).toBe(items.length);
      const late = (await overdueByOwner(db, audience, '2026-02-02')).flatMap((own) => own.items.map(({ id }) => id));
      expect(late.sort()).toEqual(items);
      const decisions = visible.map(({ decision }) => decision);
      expect((await listDecisions(db, audience, {}, 99)).decisions.map(({ id }) => id).sort()).toEqual(decisions);
      for (const record of records) {
        const isSeen = visible.includes(record);
        expect((await readItem(db, record.item, audience)) !== undefined).toBe(isSeen);
        expect((await readDecision(db, record.decision, audience)) !== undefined).toBe(isSeen);
      }
    }),
    { numRuns: 25 },
  );
});
