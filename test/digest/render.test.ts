import { describe, expect, test } from 'vitest';
import { renderMessage, slackParts } from '../../src/adapters/slack/render.ts';
import { LIMITS, renderActivity } from '../../src/adapters/teams/render.ts';
import { renderReply } from '../../src/adapters/web/render.ts';
import { partsOf } from '../../src/chat/parts.ts';
import type { NoticeReply } from '../../src/chat/reply.ts';
import { replyAsText } from '../../src/chat/text.ts';
import type { Address, Sender } from '../../src/chat/turn.ts';
import { type Composed, composeAll, composeDigest } from '../../src/features/digest/compose.ts';
import { templateHeadline } from '../../src/features/digest/headline.ts';
import { faultIn } from '../support/block-kit.ts';
import { faultsOf } from '../support/teams-limits.ts';
import { situation } from './situations.ts';

const channel: Address = { platform: 'slack', workspace: 'T0TEAM', conversation: 'C0GOV', thread: 'C0GOV', route: {} };

/** What a person sees without scrolling far: lines of eighty characters and more for what stands apart. */
const MAX_SCREEN = 3_000;

function composed(size: 'empty' | 'normal' | 'large', platform: Sender['platform'], settled: string[] = []): Composed {
  const where = situation(size);
  const owners = where.overdue.first.map(({ owner }) => owner.id);
  const accounts = new Map(
    owners.map((id, index) => [
      id,
      { platform, workspace: 'T0TEAM', userId: platform === 'slack' ? `U0${index}` : `aad-${index}` },
    ]),
  );
  const content = { situation: where, ...templateHeadline(where), late: undefined, settled };
  return { id: 7, period: '2026-W48', content, accounts };
}

describe.each(['empty', 'normal', 'large'] as const)('of a %s organisation', (size) => {
  test('Slack takes it in one message, and all of it in several', () => {
    const digest = composeDigest(composed(size, 'slack'));
    expect(slackParts(digest)).toHaveLength(1);
    const message = renderMessage(digest, channel);
    expect(faultIn('chat.postMessage', { ...message })).toBeUndefined();
    for (const part of composeAll(composed(size, 'slack')).flatMap(slackParts)) {
      const whole = { ...renderMessage(part, channel) };
      expect(faultIn('chat.postMessage', whole)).toBeUndefined();
      // Nobody is told twice of what is late.
      expect(JSON.stringify(whole)).not.toContain('"user_id"');
    }
  });

  test('Teams takes it in one message, and all of it in several', () => {
    const digest = composeDigest(composed(size, 'teams'));
    expect(partsOf(digest, LIMITS)).toHaveLength(1);
    expect(faultsOf(renderActivity(digest) as never)).toEqual([]);
    for (const part of composeAll(composed(size, 'teams')).flatMap((reply) => partsOf(reply, LIMITS))) {
      expect(faultsOf(renderActivity(part) as never)).toEqual([]);
    }
  });

  test('it fits on a screen, and nothing in it mentions or links but owners', () => {
    const digest = composeDigest(composed(size, 'web'));
    expect(replyAsText(digest).length).toBeLessThan(MAX_SCREEN);
    expect(renderReply(digest).html).not.toMatch(/<(?:a|b|img|script)\b/);
  });
});

test('it says where things stand, in the order in which people need it', () => {
  const text = replyAsText(composeDigest(composed('normal', 'slack')));
  expect(text.split('\n').filter(Boolean)).toEqual([
    'AI governance, week 48',
    'Two decisions wait; three actions are late.',
    'KPI | now | target | since last week | lately',
    'Register completeness | 87 % | 95 %, missed | +3 | ▁▃▄▄▅▆▆█',
    'Evidence freshness | 71 % | 90 %, missed | -6 | ▇█▆▆▅▅▅▁',
    'Actions on time | 80 % | 90 %, missed | 0 | ▄▄▅▄▄▄▄▄',
    'Reviews in time | 100 % | 100 % | 0 | ▃▆▆▆▆▆▆▆',
    'Fairness breach rate | not measured yet | 0 % |  | ',
    'Where the shares are going',
    'Register completeness ▁▂▂▃▄▅▆▆▆▇▇▇█ 61 % to 87 %',
    'Evidence freshness ██▇▇▆▆▆▅▄▄▄▃▁ 88 % to 71 %',
    'Actions on time ▁▂▄▆▇▇▇█▇▇▇▇▇ 70 % to 80 %',
    'Reviews in time ▁▁▂▅▅▅███████ 90 % to 100 %',
    'Waiting for a decision: AIS-31 Mia, shop chatbot (4 days) · AIS-7 Applicant ranking (9 days)',
    'Late (3)',
    '- Jon Reyes: Get the test report for Mia from the agency (6 days), Name a deputy for incident reports (3 days)',
    '- Dana Okafor: Update the AI policy after the review (2 days)',
    'New: AIS-30 Contract summariser · AIS-31 Mia, shop chatbot',
    'Changed: AIS-12 Invoice reader',
    'Retired: AIS-4 Old translator',
    'Evidence about to lapse: EV-112 Penetration test 2025 (28 Nov 2026) · EV-118 Supplier assessment of the agency (1 Dec 2026) · EV-120 Training record, autumn (4 Dec 2026)',
    'I could not answer: GAP-3 Is our chatbot vendor insured against AI damage… · GAP-4 Who pays when a supplier loses our data? · and 1 more',
    'Next: 30 Nov 2026 review of AIS-3 Copilot · 4 Dec 2026 Sam Ito is auditor for the last day',
    'Event log: entry 4,812 · 9f3a52c1d04e7b8896a1f0c3de57b26489013facbe7d5260a4c9e83f71b5c21e · signed with key 3f9a1c0b5d7e2468',
  ]);
});

test('owners are mentioned for what is late of theirs, by the platform the digest goes to', () => {
  const slack = JSON.stringify(renderMessage(composeDigest(composed('normal', 'slack')), channel));
  expect(slack.match(/"user_id":"U0\d"/g)).toEqual(['"user_id":"U01"', '"user_id":"U02"']);
  const teams = JSON.stringify(renderActivity(composeDigest(composed('normal', 'teams'))));
  expect(teams).toContain('<at>Jon Reyes</at>');
  expect(teams).toContain('"mentioned":{"id":"aad-2","name":"Dana Okafor"}');
  const elsewhere = JSON.stringify(renderMessage(composeDigest(composed('normal', 'teams')), channel));
  expect(elsewhere).not.toContain('user_id');
});

test('buttons lead on, each to the feature that it belongs to', () => {
  expect(labels(composeDigest(composed('normal', 'slack')))).toEqual([
    'Approve AIS-31',
    'Record decision on AIS-7',
    'Remind Jon Reyes: ACT-12',
    'Extend ACT-12 ...',
    'Show all',
    'Send me my part',
  ]);
});

test('what was settled since is not asked for any more', () => {
  const digest = composeDigest(composed('normal', 'slack', ['decision:31', 'item:12']));
  expect(replyAsText(digest)).toContain('Done since: AIS-31 Mia, shop chatbot · ACT-12 Get the test report');
  expect(replyAsText(digest)).toContain('Late (2)');
  expect(labels(digest)).toEqual([
    'Record decision on AIS-7',
    'Remind Jon Reyes: ACT-15',
    'Extend ACT-15 ...',
    'Answer GAP-3',
    'Show all',
    'Send me my part',
  ]);
});

function labels({ actions }: NoticeReply): string[] {
  return actions.map(({ label }) => label);
}
