import type { FormErrors, Input } from '../chat/reply.ts';
import type { FormValues } from '../chat/turn.ts';
import {
  FACT_NAMES,
  FACTS,
  type FactDefinition,
  type FactName,
  type Facts,
  FactsFormat,
  type FactValue,
  MAX_FACT_LENGTH,
  NONE,
  UNKNOWN,
} from '../records/ai-system/facts.ts';

const DONT_KNOW = { value: UNKNOWN, label: "I don't know" };

/** Facts as somebody changed them; undefined takes one away. */
export type ChangedFacts = { readonly [Name in FactName]?: Facts[Name] | undefined };

/** How a fact is chosen in a form. @param initial what is known of it; a person as the platform's user id */
export function factInput(name: FactName, initial: FactValue | undefined): Input {
  const definition: FactDefinition = FACTS[name];
  const chosen = initial === undefined ? undefined : typeof initial === 'string' ? initial : initial.join(',');
  const base = { name, label: definition.question, optional: true, ...(chosen ? { initial: chosen } : {}) };
  switch (definition.kind) {
    case 'choice':
      return { ...base, kind: 'select', options: [...optionsOf(definition.options), DONT_KNOW] };
    case 'choices':
      return { ...base, kind: 'choices', options: [...optionsOf(definition.options), DONT_KNOW] };
    case 'text':
      return { ...base, kind: 'text', multiline: false, maxLength: MAX_FACT_LENGTH };
    default:
      return { ...base, kind: definition.kind };
  }
}

/** Checks whatever facts are among the values. */
export function checkFacts(values: FormValues): FormErrors {
  const errors: Record<string, string> = {};
  for (const name of FACT_NAMES) {
    const value = values[name];
    if (!value) continue;
    const fault = faultOf(name, value);
    if (fault) errors[name] = fault;
  }
  return errors;
}

/** What was chosen, of the facts that a form offered. Its values must be checked, and persons be ids of Steward's. */
export function factsFrom(values: FormValues, offered: readonly FactName[]): ChangedFacts {
  return Object.fromEntries(
    offered.map((name) => [name, values[name] ? chosenIn(name, values[name]) : undefined]),
  ) as ChangedFacts;
}

function faultOf(name: FactName, value: string): string | undefined {
  const { kind } = FACTS[name];
  // The platform's id of somebody is no id of Steward's.
  if (kind === 'person') return undefined;
  const chosen = value.split(',');
  if (kind === 'choices' && chosen.length > 1) {
    if (chosen.includes(NONE)) return 'None of these, or some of them: choose one or the other.';
    if (chosen.includes(UNKNOWN)) return 'You know some, or none: take away "I don\'t know", or the others.';
  }
  const parsed = FactsFormat.safeParse({ [name]: chosenIn(name, value) });
  if (parsed.success) return undefined;
  return kind === 'text' ? `Shorten it to ${MAX_FACT_LENGTH} characters.` : 'Choose among what is offered.';
}

function chosenIn(name: FactName, value: string): string | string[] {
  return FACTS[name].kind === 'choices' && value !== UNKNOWN ? value.split(',') : value;
}

function optionsOf(options: Readonly<Record<string, string>>) {
  return Object.entries(options).map(([value, label]) => ({ value, label }));
}
