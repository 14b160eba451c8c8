import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { FormErrors, Input, Reply } from '../../chat/reply.ts';
import { cleanText, literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { type Clock, writtenDay } from '../../clock.ts';
import { type Kpi, kpiOf } from '../../records/kpi/catalogue.ts';
import { type Counting, enterValue, entryKey, lastEntry } from '../../records/kpi/entries.ts';
import { proposedSettings, readSettings } from '../../records/kpi/settings.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { valueInWords } from '../kpi-words.ts';
import { checkedDay } from './checked-day.ts';
import type { KpiParts } from './kpi.ts';
import { mayEnter } from './rights.ts';
import { ALL_BUTTON, ownerInWords } from './words.ts';

const MAX_NOTE = 1_000;

const NO_SUCH_KPI = notice('There is no such KPI. `/aims kpi` lists them.', ALL_BUTTON);

/** A KPI whose values the person may enter, or what is to be said in its place. */
async function enterable(
  { db }: KpiParts,
  id: string,
  asker: Asker,
): Promise<{ readonly kpi: Kpi } | { readonly refusal: Reply }> {
  const kpi = kpiOf(id);
  if (!kpi) return { refusal: NO_SUCH_KPI };
  const settings = (await readSettings(db)).get(kpi.id) ?? proposedSettings(kpi);
  if (mayEnter(asker, { kpi, settings })) return { kpi };
  const why =
    kpi.source === 'computed'
      ? 'is computed from my own records; nobody enters it'
      : `is entered by ${ownerInWords(settings)}${settings.owner ? ' or the compliance lead' : ''}`;
  return { refusal: notice(`**${kpi.name}** ${why}. Nothing was changed.`) };
}

/** Asks for a value. @param argument the KPI's id */
export async function enterForm(parts: KpiParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await enterable(parts, argument, asker);
  if ('refusal' in found) return say(found.refusal);
  const { kpi } = found;
  return say({
    kind: 'form',
    form: {
      // The number of the last value, so that one form enters one value.
      id: actionId('kpi', 'enter', `${kpi.id}.${await lastEntry(parts.db, kpi.id)}`),
      title: 'Enter a value',
      intro: `**${kpi.name}:** ${kpi.formula.words}. Counted from ${kpi.from}.`,
      submitLabel: 'Record',
      inputs: [
        ...valueInputs(kpi),
        { kind: 'date', name: 'measuredOn', label: 'Counted for', optional: false, initial: parts.clock.today() },
        {
          kind: 'text',
          name: 'note',
          label: 'Note',
          hint: 'Where the numbers are from, and what explains them. Name no people.',
          multiline: true,
          maxLength: MAX_NOTE,
          optional: false,
        },
      ],
    },
  });
}

function valueInputs(kpi: Kpi): Input[] {
  const number = { kind: 'text', multiline: false, maxLength: 15, optional: false } as const;
  if (kpi.unit !== 'share') return [{ ...number, name: 'value', label: `Value, in ${kpi.unit}` }];
  return [
    { ...number, name: 'part', label: 'How many', hint: 'What stands before "divided by".' },
    { ...number, name: 'whole', label: 'Of how many', hint: 'What stands behind it.' },
  ];
}

export function checkEnterForm(values: FormValues, clock: Clock): FormErrors {
  const { measuredOn = '', note = '' } = values;
  const fault = checkedDay(measuredOn, clock.today());
  return {
    ...checkNumbers(values),
    ...(fault ? { measuredOn: fault } : {}),
    ...(cleanText(note) === '' ? { note: 'Say in a few words where the value is from.' } : {}),
    ...(note.length > MAX_NOTE ? { note: 'Shorten it to 1,000 characters.' } : {}),
  };
}

const NUMBER = 'Give a number, such as 12 or 3.5.';

function checkNumbers({ value, part, whole }: FormValues): FormErrors {
  if (part === undefined && whole === undefined) return readNumber(value) === undefined ? { value: NUMBER } : {};
  const [counted, all] = [readNumber(part), readNumber(whole)];
  if (counted === undefined) return { part: NUMBER };
  if (all === undefined) return { whole: NUMBER };
  if (all === 0) return { whole: 'Of none there is no share: leave it not measured.' };
  return counted > all ? { part: 'That is more than there are.' } : {};
}

/** A number of zero or more, with a point or a comma. */
export function readNumber(text: string | undefined): number | undefined {
  const [, number] = /^\s*(\d{1,9}(?:[.,]\d{1,4})?)\s*$/.exec(text ?? '') ?? [];
  return number === undefined ? undefined : Number(number.replace(',', '.'));
}

/** Records a value. Authorised again here: a form can be days old. */
export async function submitEnterForm(
  parts: KpiParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const [, id = '', seen = ''] = /^([a-z-]+)\.(\d{1,15})$/.exec(argument) ?? [];
  const found = await enterable(parts, id, asker);
  if ('refusal' in found) return say(found.refusal);
  const { kpi } = found;
  const counting = countingOf(kpi, values);
  const faults = Object.values(checkEnterForm(values, parts.clock));
  if (!counting || faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const { measuredOn = '', note = '' } = values;
  return async (change) => {
    const by = { by: asker.person.id, basedOn: Number(seen) };
    const entry = await enterValue(change, kpi.id, { counting, measuredOn, note: cleanText(note) }, by);
    const show = { id: actionId('kpi', 'show', kpi.id), label: `Show ${kpi.name}` };
    if (entry === undefined) {
      return [
        notice(`A value of **${kpi.name}** was entered since this form was opened. Nothing more was changed.`, show),
      ];
    }
    const value = 'value' in counting ? counting.value : counting.part / counting.whole;
    return [
      notice(
        `Recorded as ${entryKey(entry)}: **${kpi.name}** ${valueInWords(kpi.unit, value)}, counted for ${writtenDay(measuredOn)} by ` +
          `${literally(asker.person.displayName)}.`,
        show,
        { id: actionId('command', 'run', 'kpi due'), label: 'What else is due?' },
      ),
    ];
  };
}

function countingOf({ unit }: Kpi, { value, part, whole }: FormValues): Counting | undefined {
  if (unit !== 'share') {
    const number = readNumber(value);
    return number === undefined ? undefined : { value: number };
  }
  const [counted, all] = [readNumber(part), readNumber(whole)];
  return counted === undefined || all === undefined ? undefined : { part: counted, whole: all };
}
