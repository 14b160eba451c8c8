import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { FormErrors } from '../../chat/reply.ts';
import { cleanText, literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { userIdOf } from '../../people/user-id.ts';
import { type Kpi, kpiOf } from '../../records/kpi/catalogue.ts';
import { FREQUENCIES, type Frequency } from '../../records/kpi/kpi.ts';
import { changeSettings, proposedSettings, readSettings } from '../../records/kpi/settings.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { readNumber } from './enter.ts';
import type { KpiParts } from './kpi.ts';
import { isLead } from './rights.ts';
import { ALL_BUTTON, enterButton, FREQUENCY_NAMES, targetInWords } from './words.ts';

const MAX_REASON = 1_000;

const FOR_THE_LEAD = notice(
  'Owner, target and frequency of a KPI are decided by the compliance lead and the deputy. Nothing was changed.',
);

/** What the compliance lead decides about a KPI. @param argument its id */
export async function settingsForm({ db }: KpiParts, argument: string, asker: Asker): Promise<Outcome> {
  const kpi = kpiOf(argument);
  if (!isLead(asker.person)) return say(FOR_THE_LEAD);
  if (!kpi) return say(notice('There is no such KPI.', ALL_BUTTON));
  const { owner, target, frequency } = (await readSettings(db)).get(kpi.id) ?? proposedSettings(kpi);
  const userId = owner && (await userIdOf(db, owner.id, asker.sender));
  const isShare = kpi.unit === 'share';
  const shown = target === undefined ? '' : String(isShare ? Math.round(target * 1000) / 10 : target);
  return say({
    kind: 'form',
    form: {
      id: actionId('kpi', 'change', kpi.id),
      title: 'Owner, target, frequency',
      intro: `**${kpi.name}:** ${kpi.formula.words}. The standard names no target and no frequency; these are yours.`,
      submitLabel: 'Record',
      inputs: [
        {
          kind: 'person',
          name: 'owner',
          label: 'Owner',
          hint: 'Empty: the compliance lead.',
          optional: true,
          ...(userId ? { initial: userId } : {}),
        },
        {
          kind: 'text',
          name: isShare ? 'percent' : 'target',
          label: isShare ? 'Target, in percent' : `Target, in ${kpi.unit === 'count' ? 'numbers' : kpi.unit}`,
          hint: kpi.direction === 'down' ? 'Less is better. Empty: none.' : 'Empty: none.',
          multiline: false,
          maxLength: 15,
          optional: true,
          ...(shown ? { initial: shown } : {}),
        },
        {
          kind: 'select',
          name: 'frequency',
          label: 'How often it is measured',
          optional: false,
          initial: frequency,
          options: FREQUENCIES.map((value) => ({ value, label: FREQUENCY_NAMES[value] })),
        },
        { kind: 'text', name: 'reason', label: 'Reason', multiline: true, maxLength: MAX_REASON, optional: false },
      ],
    },
  });
}

export function checkSettingsForm({ percent, target, frequency = '', reason = '' }: FormValues): FormErrors {
  const share = percent ? readNumber(percent.replace('%', '')) : 0;
  return {
    ...(share === undefined || share > 100 ? { percent: 'Give a number from 0 to 100.' } : {}),
    ...(target && readNumber(target) === undefined ? { target: 'Give a number, such as 12 or 3.5.' } : {}),
    ...(isFrequency(frequency) ? {} : { frequency: 'Choose one.' }),
    ...(cleanText(reason) === '' ? { reason: 'Say why.' } : {}),
    ...(reason.length > MAX_REASON ? { reason: 'Shorten it to 1,000 characters.' } : {}),
  };
}

export async function submitSettingsForm(
  { db, people }: KpiParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const kpi = kpiOf(argument);
  if (!isLead(asker.person)) return say(FOR_THE_LEAD);
  const faults = Object.values(checkSettingsForm(values));
  const { owner: userId, frequency = '', reason = '' } = values;
  if (!kpi || faults.length > 0 || !isFrequency(frequency)) {
    return say(notice(`${faults.join(' ') || 'There is no such KPI.'} Nothing was changed.`));
  }
  const owner = userId ? await people.identify({ ...asker.sender, userId }) : undefined;
  if (owner && owner.standing !== 'member') {
    return say(
      notice(
        `${literally(owner.displayName)} is no member of the organisation here. Name somebody else. Nothing was changed.`,
      ),
    );
  }
  const target = targetOf(kpi, values);
  const before = (await readSettings(db)).get(kpi.id)?.owner?.id;
  return async (change, tell) => {
    const decided = { owner: owner?.id, target, frequency, reason: cleanText(reason) };
    const show = { id: actionId('kpi', 'show', kpi.id), label: `Show ${kpi.name}` };
    const setting = await changeSettings(change, kpi.id, decided);
    if (setting === undefined) return [notice('That is what holds already. Nothing was changed.', show)];
    if (owner && owner.id !== before && owner.id !== asker.person.id) {
      const text =
        `${literally(asker.person.displayName)} named you owner of the KPI **${kpi.name}**: ${kpi.formula.words}. ` +
        (kpi.source === 'entered'
          ? 'You enter its values, and I ask when one is due.'
          : 'I compute it; you explain it.');
      const reply = notice(text, show, ...(kpi.source === 'entered' ? [enterButton(kpi)] : []));
      tell({ key: `kpi:owner:${setting}`, person: owner.id, platform: asker.sender.platform, reply });
    }
    const parts = [
      `owner ${owner ? literally(owner.displayName) : 'is the compliance lead'}`,
      `target ${targetInWords(kpi, target) || 'none'}`,
      FREQUENCY_NAMES[frequency].toLowerCase(),
    ];
    return [
      notice(`Recorded for **${kpi.name}**: ${parts.join(', ')}. What was measured before stays as it is.`, show),
    ];
  };
}

function targetOf({ unit }: Kpi, { percent, target }: FormValues): number | undefined {
  if (unit !== 'share') return readNumber(target);
  const number = readNumber(percent?.replace('%', ''));
  return number === undefined ? undefined : number / 100;
}

function isFrequency(text: string): text is Frequency {
  return (FREQUENCIES as readonly string[]).includes(text);
}
