import { z } from 'zod';
import type { FormErrors, Input } from '../../chat/reply.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Db } from '../../database/database.ts';
import { parseSystemKey, systemKey } from '../../records/ai-system/ai-system.ts';
import { systemNames } from '../../records/ai-system/system-names.ts';
import type { EvidenceFacts, Mapping } from '../../records/evidence/evidence.ts';
import { EVIDENCE_KINDS, type EvidenceKind, KIND_NAMES } from '../../records/evidence/kinds.ts';
import { MAX_TITLE } from '../../records/evidence/propose/title.ts';
import { structure } from '../../standard/structure.ts';

const MAX_LIST = 300;

/** Why something is evidence for what a person chose. */
const CHOSEN = 'chosen by a person';

/** Inputs for what is said of an item. */
export function factsInputs(facts: EvidenceFacts): Input[] {
  const day = (name: string, label: string, value: string | undefined) =>
    ({ kind: 'date', name, label, optional: true, ...(value ? { initial: value } : {}) }) as const;
  return [
    {
      ...({ kind: 'text', name: 'title', label: 'Title', multiline: false, maxLength: MAX_TITLE } as const),
      ...{ optional: false, initial: facts.title },
    },
    {
      ...({ kind: 'select', name: 'kind', label: 'Kind', optional: false, initial: facts.kind } as const),
      options: EVIDENCE_KINDS.map((value) => ({ value, label: KIND_NAMES[value] })),
    },
    list('requirements', 'Clauses and controls it is evidence for', 'For example A.7.4, 9.2.1', facts.requirements),
    list('systems', 'AI systems it is about', 'For example AIS-3', facts.systems),
    day('effectiveOn', 'Effective since', facts.effectiveOn),
    { ...day('validUntil', 'Valid until', facts.validUntil), hint: 'The last day. I remind its owner before it.' },
  ];
}

function list(name: string, label: string, hint: string, mappings: readonly Mapping[]): Input {
  const initial = mappings.map(({ id }) => id).join(', ');
  const base = { kind: 'text', name, label, hint, multiline: false, maxLength: MAX_LIST, optional: true } as const;
  return { ...base, ...(initial ? { initial } : {}) };
}

const REQUIREMENTS = new Set([...structure.auditableClauses, ...structure.controls].map(({ id }) => id));

export function checkFactsForm(values: FormValues): FormErrors {
  const { title = '', kind = '', requirements = '', systems = '', effectiveOn = '', validUntil = '' } = values;
  const wrong = numbersIn(requirements).filter((number) => !REQUIREMENTS.has(structure.find(number)?.id ?? ''));
  const unknown = wordsIn(systems).filter((word) => parseSystemKey(word) === undefined);
  const isDay = (day: string) => day === '' || z.iso.date().safeParse(day).success;
  return {
    ...(title.trim() === '' ? { title: 'Say what it is called.' } : {}),
    ...(title.length > MAX_TITLE ? { title: `Shorten it to ${MAX_TITLE} characters.` } : {}),
    ...(!(EVIDENCE_KINDS as readonly string[]).includes(kind) ? { kind: 'Choose a kind.' } : {}),
    ...(wrong.length > 0
      ? {
          requirements: `${wrong.join(', ')}: not an audited clause of ISO/IEC 42001, nor a control of its Annex A. Those are 4.1 to 10.2 and A.2.2 to A.10.4.`,
        }
      : {}),
    ...(unknown.length > 0 ? { systems: `${unknown.join(', ')}: write AI systems like AIS-3.` } : {}),
    ...(isDay(effectiveOn) ? {} : { effectiveOn: 'That day does not exist. Write it like 2027-03-31.' }),
    ...(isDay(validUntil) ? {} : { validUntil: 'That day does not exist. Write it like 2027-03-31.' }),
    ...(isDay(effectiveOn) && isDay(validUntil) && effectiveOn && validUntil && validUntil < effectiveOn
      ? { validUntil: 'It ends before it begins. Choose a later day.' }
      : {}),
  };
}

/** What the form says. The values must be checked. @param before what was said until now, with the reasons */
export function factsFrom(values: FormValues, before: Pick<EvidenceFacts, 'requirements' | 'systems'>): EvidenceFacts {
  const { title = '', kind = 'other', requirements = '', systems = '', effectiveOn, validUntil } = values;
  const map = (ids: readonly string[], known: readonly Mapping[]) =>
    [...new Set(ids)].map((id) => known.find((one) => one.id === id) ?? { id, reason: CHOSEN });
  return {
    title: title.replace(/\s+/g, ' ').trim(),
    kind: kind as EvidenceKind,
    requirements: map(
      numbersIn(requirements).flatMap((number) => structure.find(number)?.id ?? []),
      before.requirements,
    ),
    systems: map(
      wordsIn(systems).flatMap((word) => {
        const id = parseSystemKey(word);
        return id === undefined ? [] : [systemKey(id)];
      }),
      before.systems,
    ),
    effectiveOn: effectiveOn || undefined,
    validUntil: validUntil || undefined,
  };
}

/** AI systems that the register does not have. */
export async function unknownSystems(db: Db, { systems }: Pick<EvidenceFacts, 'systems'>): Promise<string[]> {
  if (systems.length === 0) return [];
  const known = new Set((await systemNames(db)).map(({ id }) => systemKey(id)));
  return systems.map(({ id }) => id).filter((id) => !known.has(id));
}

function wordsIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}

function numbersIn(text: string): string[] {
  return wordsIn(text).map((word) => word.toUpperCase());
}
