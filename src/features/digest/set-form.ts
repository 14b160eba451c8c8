import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { FormErrors, Reply } from '../../chat/reply.ts';
import type { FormValues } from '../../chat/turn.ts';
import { type DigestChannel, digestChannelAt, setDigestChannel } from '../../records/digest/digest-channel.ts';
import { nextOccurrence, type Schedule, writtenMoment } from '../../records/digest/schedule.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { readersOf } from './make.ts';
import { pauseButton, previewButton } from './overview.ts';
import type { DigestParts } from './parts.ts';
import { WEEKDAYS, weeklyInWords } from './words.ts';

/** Monday at nine, in the organisation's time zone, unless somebody says otherwise. */
export function setForm(timeZone: string, current: DigestChannel | undefined): Reply {
  const schedule = current?.schedule ?? { weekday: 1, time: '09:00', timeZone };
  return {
    kind: 'form',
    form: {
      id: actionId('digest', 'set'),
      title: 'Weekly digest',
      intro: 'It comes to this conversation every week, with what everybody here may see.',
      submitLabel: 'Set',
      inputs: [
        {
          kind: 'select',
          name: 'weekday',
          label: 'Day',
          optional: false,
          initial: String(schedule.weekday),
          options: WEEKDAYS.map((label, index) => ({ value: String(index + 1), label })),
        },
        {
          kind: 'text',
          name: 'time',
          label: 'Time',
          hint: 'Hours and minutes, for example 09:00.',
          optional: false,
          multiline: false,
          maxLength: 5,
          initial: schedule.time,
        },
        {
          kind: 'text',
          name: 'timeZone',
          label: 'Time zone',
          hint: 'For example Europe/Vienna or America/New_York.',
          optional: false,
          multiline: false,
          maxLength: 60,
          initial: schedule.timeZone,
        },
      ],
    },
  };
}

export function checkSetForm(values: FormValues): FormErrors {
  const { weekday = '', time = '', timeZone = '' } = values;
  const errors: Record<string, string> = {};
  if (!/^[1-7]$/.test(weekday)) errors['weekday'] = 'Choose a day.';
  if (!timeOf(time)) errors['time'] = 'Give hours and minutes, for example 09:00.';
  if (!timeZoneOf(timeZone)) errors['timeZone'] = 'That is no time zone. Write it as in Europe/Vienna.';
  return errors;
}

/** @returns HH:MM; undefined for what is no time */
function timeOf(text: string): string | undefined {
  const [, hour = '', minute = ''] = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(text.trim()) ?? [];
  return hour && `${hour.padStart(2, '0')}:${minute}`;
}

/** @returns the zone as it is usually written; undefined for what is none */
function timeZoneOf(text: string): string | undefined {
  try {
    // An offset has no changes of clocks, and nobody lives by one.
    return /^[A-Za-z]/.test(text.trim())
      ? new Intl.DateTimeFormat('en', { timeZone: text.trim() }).resolvedOptions().timeZone
      : undefined;
  } catch {
    return undefined;
  }
}

/** Authorised and checked again by whoever calls it: a form can be days old. */
export async function submitSetForm(parts: DigestParts, values: FormValues, asker: Asker): Promise<Outcome> {
  const errors = Object.values(checkSetForm(values));
  if (errors.length > 0) return say(notice(`${errors.join(' ')} Nothing was changed.`));
  const { weekday = '', time = '', timeZone = '' } = values;
  const schedule: Schedule = {
    weekday: Number(weekday),
    time: timeOf(time) ?? '',
    timeZone: timeZoneOf(timeZone) ?? '',
  };
  const { person, conversation } = asker;
  const address = parts.channels.get(asker.address.platform)?.lasting(asker.address) ?? asker.address;
  const direct = conversation.kind === 'direct' ? person.id : undefined;
  const { audience, name, isKnown } = await asker.whileWaiting(() => readersOf(parts, { address, person: direct }));
  if (!isKnown) {
    return say(
      notice('I cannot see who is in this channel. Invite me first, then set the digest again. Nothing was changed.'),
    );
  }
  if (audience.guidanceOnly) {
    return say(
      notice(
        'People who do not belong to the organisation can read this channel, so it gets no digest. Nothing was changed.',
      ),
    );
  }
  const before = await digestChannelAt(parts.db, address);
  const next = nextOccurrence(schedule, parts.clock.now());
  return async (change) => {
    await setDigestChannel(change, {
      address,
      name: name ?? before?.name,
      person: direct,
      schedule,
      by: person.id,
    });
    const partly = audience.visibilities.includes('committee')
      ? ''
      : ' This channel sees what everyone may see, so KPIs and questions are left out; `/aims audience committee` in a private ' +
        'channel of the committee changes that.';
    return [
      notice(
        `Recorded: the digest comes here ${weeklyInWords(schedule)}, for the first time on ${writtenMoment(next.at, schedule.timeZone)}.${partly}`,
        previewButton,
        pauseButton,
      ),
    ];
  };
}
