import { z } from 'zod';
import { actionId } from '../../chat/action-id.ts';
import type { Form, FormErrors } from '../../chat/reply.ts';
import type { FormValues } from '../../chat/turn.ts';
import { parseSystemKey, systemKey } from '../../records/ai-system/ai-system.ts';
import type { PackageScope } from '../../records/audit-package/package-scope.ts';
import { structure } from '../../standard/structure.ts';

/** Whose view of the evidence a package shows. */
export type View = 'auditors' | 'own';

export interface Wanted {
  readonly scope: PackageScope;
  readonly view: View;
}

/** Asks what goes into a package. @param isLead may also choose all that they see themselves */
export function scopeForm(isLead: boolean): Form {
  return {
    id: actionId('export', 'scope'),
    title: 'Audit package',
    intro:
      'The evidence with all its versions, an index, and the event log to verify it by. What you leave out limits nothing.',
    submitLabel: 'Make it',
    inputs: [
      {
        ...({ kind: 'text', name: 'requirements', label: 'Clauses and controls', multiline: false } as const),
        ...{ maxLength: 500, optional: true, hint: 'For example 9.2 A.7.4, or A.7 for all controls in it.' },
      },
      {
        ...({ kind: 'text', name: 'systems', label: 'AI systems', multiline: false, maxLength: 500 } as const),
        ...{ optional: true, hint: 'For example AIS-3 AIS-7.' },
      },
      { kind: 'date', name: 'from', label: 'Effective from', optional: true },
      { kind: 'date', name: 'to', label: 'Effective until', optional: true },
      {
        ...({ kind: 'date', name: 'asOf', label: 'As things were on', optional: true } as const),
        hint: 'The end of a day in the past. Left out, as they are now.',
      },
      ...(isLead
        ? [
            {
              ...({ kind: 'select', name: 'view', label: 'What it shows', optional: false } as const),
              options: [
                { value: 'auditors', label: 'What auditors may see' },
                { value: 'own', label: 'All that I may see' },
              ],
              initial: 'auditors',
            },
          ]
        : []),
    ],
  };
}

const Day = z.iso.date();

/** @param today YYYY-MM-DD */
export function checkScope(values: FormValues, today: string): FormErrors {
  const { from = '', to = '', asOf = '', view = 'auditors' } = values;
  const numbers = wordsOf(values['requirements']);
  const unknown = numbers.find((number) => !structure.find(number));
  const noSystem = wordsOf(values['systems']).find((word) => parseSystemKey(word) === undefined);
  const wrongDay = (day: string) => day !== '' && !Day.safeParse(day).success;
  return {
    ...(unknown ? { requirements: `ISO/IEC 42001 has no ${unknown}. Write a number such as 9.2 or A.7.4.` } : {}),
    ...(noSystem ? { systems: `Write AI systems like AIS-3; ${noSystem} is none.` } : {}),
    ...(wrongDay(from) ? { from: 'Choose a day.' } : {}),
    ...(wrongDay(to)
      ? { to: 'Choose a day.' }
      : from && to && from > to
        ? { to: 'Choose a day after the first.' }
        : {}),
    ...(wrongDay(asOf) || asOf > today ? { asOf: 'Choose today or a day before.' } : {}),
    ...(view === 'auditors' || view === 'own' ? {} : { view: 'Choose among what is offered.' }),
  };
}

/** What a submitted form without faults asks for. */
export function wantedIn(values: FormValues): Wanted {
  const requirements = wordsOf(values['requirements']).map((number) => structure.find(number)?.id ?? number);
  const systems = wordsOf(values['systems']).map((word) => systemKey(parseSystemKey(word) ?? 0));
  const { from, to, asOf, view } = values;
  return {
    scope: {
      ...(requirements.length > 0 ? { requirements } : {}),
      ...(systems.length > 0 ? { systems } : {}),
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
      ...(asOf ? { asOf } : {}),
    },
    view: view === 'own' ? 'own' : 'auditors',
  };
}

/** For a link: the form's values once more. */
export function asArgument({ scope, view }: Wanted): string {
  const { requirements = [], systems = [], ...days } = scope;
  return new URLSearchParams({
    requirements: requirements.join(' '),
    systems: systems.join(' '),
    ...days,
    view,
  }).toString();
}

/** @returns undefined for what no form gives */
export function parseArgument(argument: string, today: string): Wanted | undefined {
  const values = Object.fromEntries(new URLSearchParams(argument));
  return Object.keys(checkScope(values, today)).length > 0 ? undefined : wantedIn(values);
}

function wordsOf(text = ''): string[] {
  return text
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
}
