import { isAsked } from '../records/ai-system/asked.ts';
import { FACT_NAMES, type Facts } from '../records/ai-system/facts.ts';
import type { TopicId } from '../records/ai-system/topics.ts';
import type { ExampleSystem } from './example-systems.ts';

/** A tool that was bought for our own people, of which all is known. */
const ORDINARY: Facts = {
  listedUse: ['none'],
  bannedPractice: ['none'],
  narrowTask: 'none',
  product: 'none',
  productPart: 'none',
  thirdPartyCheck: 'no',
  origin: ['bought'],
  vendor: 'Northwind',
  model: 'The current one of the vendor',
  unapproved: 'no',
  providesModel: 'no',
  stage: 'operation_monitoring',
  lastChange: 'none',
  users: ['staff'],
  offered: 'no',
  affected: ['staff'],
  severity: 'nuisance',
  personalData: ['contact'],
  anonymised: 'no',
  namesKept: 'needed',
  trainingData: ['vendor'],
  vendorTraining: 'excluded',
  output: ['text'],
  decides: 'person',
  profiling: 'no',
  talks: 'staff',
  synthetic: ['other_text'],
  euReach: 'in_eu',
  countries: 'Austria, Germany and the Netherlands',
  incident: 'none',
  ignored: 'no',
  tested: 'recorded',
  fairness: 'not_needed',
  logs: 'known',
  watched: 'regular',
  usersTold: 'trained',
  peopleTold: 'yes',
  vendorContract: 'duties',
  customerContract: 'duties',
  ownership: 'person',
};

/** Everything that is asked of a system, answered. @param owner the person's id @param since YYYY-MM-DD */
export function allFacts(system: ExampleSystem, owner: string, since: string): Facts {
  const facts = { ...ORDINARY, inUseSince: since, ...system.facts, owner };
  return Object.fromEntries(
    FACT_NAMES.flatMap((name) => {
      const value = facts[name as keyof typeof facts];
      return value !== undefined && isAsked(facts, name) ? [[name, value]] : [];
    }),
  ) as Facts;
}

/** What its owner says on each topic. */
export function textsOf({ does, facts }: ExampleSystem): Readonly<Record<TopicId, string>> {
  const vendor = facts.vendor ?? 'our own developers';
  return {
    I1: does,
    I2: `Made by ${vendor}; the papers are in the supplier file.`,
    I3: 'In use; nothing important was changed since it was introduced.',
    I4: 'The teams that asked for it, and whoever is on their site.',
    I5: 'Those whom its results are about; a wrong one costs time, in some cases money.',
    I6: 'What it needs for its task. The list of data is in the data catalogue.',
    I7: 'Its result is shown to the person in charge, with the reasons that it gives.',
    I8: 'Austria, Germany and the Netherlands.',
    I9: 'Results that are wrong and look right. Faults go into the incident list.',
    I10: 'Tested for four weeks before use, with a report; results of groups were compared where it is about people.',
    I11: 'Results are recorded for half a year, and somebody looks at a sample every week.',
    I12: 'An hour of training and a page with its limits.',
    I13: 'A contract with an annex on the duties of both sides.',
    I14: 'I do.',
  };
}
