import { type Facts, isKnown, type OptionOf, says } from '../facts.ts';
import { annexI, annexIII, prohibitions } from './classification.ts';
import { APPLIES } from './dates.ts';
import { type EuAiActProposal, type Missing, type Provision, TIERS, type Tier } from './proposal.ts';
import { transparency } from './transparency.ts';

/** What one part of the Act says: the provisions that apply, and the facts that would decide whether more do. */
export interface Finding {
  readonly provisions: readonly Provision[];
  readonly open: readonly Missing[];
}

/**
 * The tier of the EU AI Act, from facts and never from words. What is not known could raise it, and then it is undetermined: no
 * system is called minimal because nobody knew.
 */
export function euAiAct(facts: Facts): EuAiActProposal {
  const findings = [prohibitions(facts), annexIII(facts), annexI(facts), transparency(facts), generalPurpose(facts)];
  const provisions = [...findings.flatMap((finding) => finding.provisions), literacy].sort(
    (one, other) => rank(other.tier) - rank(one.tier),
  );
  const certain = strictest(provisions.map(({ tier }) => tier).filter((tier) => tier !== 'undetermined'));
  const open = findings.flatMap((finding) => finding.open);
  const raising = open.filter(({ couldBe }) => rank(couldBe) > rank(certain));
  const isDoubtful = provisions.some(({ tier }) => tier === 'undetermined') && rank(certain) < rank('high');
  const tier = isDoubtful || raising.length > 0 ? 'undetermined' : certain;
  return {
    tier,
    confidence: tier === 'undetermined' ? 'low' : open.length > 0 || says(facts, 'euReach', 'none') ? 'medium' : 'high',
    roles: legalRoles(facts),
    provisions,
    open: [...open, ...reach(facts)],
  };
}

const literacy: Provision = {
  tier: undefined,
  article: 'Art. 4',
  because: 'whoever provides or uses AI sees to it that their people can handle it',
  from: [],
  ...APPLIES.literacy,
};

function rank(tier: Tier | undefined): number {
  return tier === undefined ? -1 : TIERS.indexOf(tier);
}

function strictest(tiers: readonly (Tier | undefined)[]): Tier {
  return tiers.reduce<Tier>((most, tier) => (rank(tier) > rank(most) && tier ? tier : most), 'minimal');
}

function generalPurpose(facts: Facts): Finding {
  if (!says(facts, 'providesModel', 'yes')) return { provisions: [], open: [] };
  const because =
    'others get a general-purpose model from us; the model has rules of its own beside those of the system';
  const article = 'Art. 53';
  return {
    provisions: [{ tier: undefined, article, because, from: ['providesModel'], ...APPLIES.generalPurposeModels }],
    open: [],
  };
}

/** Outside its reach the Act asks nothing; the tier is what it would be within. */
function reach(facts: Facts): Missing[] {
  if (says(facts, 'euReach', 'in_eu', 'output_only')) return [];
  const why = isKnown(facts, 'euReach')
    ? 'As far as is known the Act does not reach it. The tier is what it would be in the EU.'
    : 'Whether the Act reaches it depends on where it, or its results, are used.';
  return [{ fact: 'euReach', why, couldBe: 'minimal' }];
}

const MADE: readonly OptionOf<'origin'>[] = ['built', 'commissioned', 'vendor_model', 'fine_tuned', 'open_model'];

/** Ours in the sense of the Act, whose words are not those of ISO/IEC 22989. */
function legalRoles(facts: Facts): EuAiActProposal['roles'] {
  const roles: { role: 'provider' | 'deployer' | 'gpai_provider'; because: string }[] = [];
  if (says(facts, 'providesModel', 'yes')) {
    roles.push({ role: 'gpai_provider', because: 'others get a general-purpose model from us' });
  }
  if (says(facts, 'origin', ...MADE)) {
    roles.push({ role: 'provider', because: 'we made it or had it made; that counts for own use too' });
  } else if (says(facts, 'offered', 'own_name')) {
    roles.push({ role: 'provider', because: 'it is offered under our name; legal should confirm' });
  } else if (says(facts, 'origin', 'changed')) {
    roles.push({ role: 'provider', because: 'our change may make us its provider (Art. 25); legal should confirm' });
  }
  if (isKnown(facts, 'users') && !isOnlyForOthers(facts)) {
    roles.push({ role: 'deployer', because: 'it is used under our authority' });
  }
  return roles;
}

function isOnlyForOthers(facts: Facts): boolean {
  return !says(facts, 'users', 'staff') && says(facts, 'users', 'businesses');
}
