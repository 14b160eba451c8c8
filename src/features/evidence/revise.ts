import { notice } from '../../chat/notice.ts';
import type { FormValues } from '../../chat/turn.ts';
import { reviseEvidence } from '../../records/evidence/change-evidence.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { changeable, changedMeanwhile, done, formOn } from './changeable.ts';
import type { EvidenceParts } from './evidence.ts';
import { checkFactsForm, factsFrom, factsInputs, unknownSystems } from './facts-form.ts';
import { showButton } from './read.ts';
import { itemName } from './words.ts';

/** Something else is said of the same file. */
export function reviseForm(parts: EvidenceParts, argument: string, asker: Asker): Promise<Outcome> {
  return formOn(parts, argument, asker, (item) => ({
    verb: 'revise',
    title: `Change ${item.key}`,
    intro: 'What was said until now is kept, for the auditor.',
    submitLabel: 'Record',
    inputs: factsInputs(item),
  }));
}

export async function submitReviseForm(
  parts: EvidenceParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const faults = Object.values(checkFactsForm(values));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const found = await changeable(parts, argument, asker);
  if ('refusal' in found) return say(found.refusal);
  const { item } = found;
  const facts = factsFrom(values, item);
  const unknown = await unknownSystems(parts.db, facts);
  if (unknown.length > 0) {
    return say(notice(`The register has no ${unknown.join(', ')}. Nothing was changed.`, showButton(item)));
  }
  return async (change, tell) => {
    const stored = await reviseEvidence(change, item, facts);
    if (!stored) return [changedMeanwhile(item)];
    const what = `**${itemName({ key: item.key, title: facts.title })}**`;
    return done(tell, item, asker, {
      key: `revised:${stored.version}`,
      by: `changed what is said of ${what}.`,
      done: `${what} says that from now on.`,
    });
  };
}
