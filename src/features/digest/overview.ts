import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action, Block, Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import { DIGEST_STATE_NAMES, type Digest } from '../../records/digest/digest.ts';
import type { DigestChannel } from '../../records/digest/digest-channel.ts';
import { nextOccurrence, weekNumber, writtenMoment } from '../../records/digest/schedule.ts';
import { placeName } from './tell-lead.ts';
import { weeklyInWords } from './words.ts';

export const previewButton: Action = { id: actionId('digest', 'preview'), label: 'Preview' };
export const pauseButton: Action = { id: actionId('digest', 'pause'), label: 'Pause' };
const resumeButton: Action = { id: actionId('digest', 'resume'), label: 'Resume', style: 'primary' };
const nowButton: Action = { id: actionId('digest', 'now'), label: 'Post now' };
const historyButton: Action = { id: actionId('digest', 'history'), label: 'History' };

/** What is set for this conversation, and for others. */
export function overview(here: DigestChannel | undefined, all: readonly DigestChannel[], now: Date): Reply {
  const others = all.filter(({ id }) => id !== here?.id);
  const blocks: Block[] = [
    { kind: 'heading', text: 'Weekly digest' },
    { kind: 'text', text: here ? hereInWords(here, now) : 'It does not come to this conversation.' },
    ...(others.length > 0 ? [listOf(others, now)] : []),
  ];
  return {
    kind: 'notice',
    blocks,
    actions: here
      ? [
          previewButton,
          nowButton,
          here.isPaused ? resumeButton : pauseButton,
          historyButton,
          { id: actionId('digest', 'set'), label: 'Change ...', opensForm: true },
          { id: actionId('digest', 'stop', String(here.id)), label: 'Stop' },
        ]
      : [
          { id: actionId('digest', 'set'), label: 'Post it here ...', style: 'primary', opensForm: true },
          previewButton,
        ],
  };
}

function hereInWords({ schedule, isPaused, setBy }: DigestChannel, now: Date): string {
  const set = `${literally(setBy.name)} set that.`;
  if (isPaused) return `It is paused. It came here ${weeklyInWords(schedule)}. ${set}`;
  const { at } = nextOccurrence(schedule, now);
  return `It comes here ${weeklyInWords(schedule)}, next on ${writtenMoment(at, schedule.timeZone)}. ${set}`;
}

function listOf(channels: readonly DigestChannel[], now: Date): Block {
  return {
    kind: 'table',
    columns: ['Also in', 'When', 'Next'],
    rows: channels.map((channel) => [
      channel.person === undefined ? placeName(channel) : `a direct conversation of ${literally(channel.setBy.name)}`,
      weeklyInWords(channel.schedule),
      channel.isPaused ? 'paused' : writtenMoment(nextOccurrence(channel.schedule, now).at, channel.schedule.timeZone),
    ]),
  };
}

export function history({ schedule }: DigestChannel, digests: readonly Digest[]): Reply {
  if (digests.length === 0) return notice('Nothing was posted here yet.', previewButton, nowButton);
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: 'Digests in this conversation' },
      {
        kind: 'table',
        columns: ['Week', 'Due', 'State', 'It began'],
        rows: digests.map(({ period, dueAt, state, content }) => [
          String(weekNumber(period)),
          writtenMoment(dueAt, schedule.timeZone),
          DIGEST_STATE_NAMES[state],
          content ? literally(content.headline) : '',
        ]),
      },
    ],
    actions: [
      ...digests
        .filter(({ content }) => content)
        .slice(0, 4)
        .map(({ id, period }) => ({
          id: actionId('digest', 'all', String(id)),
          label: `Show all of week ${weekNumber(period)}`,
        })),
      previewButton,
    ],
  };
}
