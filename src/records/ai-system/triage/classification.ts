import { FACTS, type FactName, type Facts, hasSome, isKnown, NONE, type OptionOf, says } from '../facts.ts';
import { APPLIES } from './dates.ts';
import type { Finding } from './eu-ai-act.ts';
import type { Missing, Provision } from './proposal.ts';

type Use = Exclude<OptionOf<'listedUse'>, 'none'>;
type Practice = Exclude<OptionOf<'bannedPractice'>, 'none'>;

/** Article 5(1), by practice. The bans that Regulation (EU) 2026/1744 adds have to be read by somebody qualified. */
const PRACTICES: Readonly<Record<Practice, string>> = {
  manipulation: 'Art. 5(1)(a)',
  exploiting: 'Art. 5(1)(b)',
  social_scoring: 'Art. 5(1)(c)',
  crime_prediction: 'Art. 5(1)(d)',
  face_scraping: 'Art. 5(1)(e)',
  emotions_work_school: 'Art. 5(1)(f)',
  sensitive_sorting: 'Art. 5(1)(g)',
  live_identification: 'Art. 5(1)(h)',
  intimate_images: 'Art. 5 as amended',
};

/** Annex III, by use. */
const USES: Readonly<Record<Use, string>> = {
  identification: 'Annex III, point 1(a)',
  biometric_sorting: 'Annex III, point 1(b)',
  emotions: 'Annex III, point 1(c)',
  infrastructure: 'Annex III, point 2',
  education_access: 'Annex III, point 3(a)',
  grading: 'Annex III, point 3(b)',
  exam_watching: 'Annex III, point 3(d)',
  hiring: 'Annex III, point 4(a)',
  workforce: 'Annex III, point 4(b)',
  benefits: 'Annex III, point 5(a)',
  credit: 'Annex III, point 5(b)',
  insurance: 'Annex III, point 5(c)',
  emergency: 'Annex III, point 5(d)',
  policing: 'Annex III, point 6',
  borders: 'Annex III, point 7',
  justice: 'Annex III, point 8(a)',
  elections: 'Annex III, point 8(b)',
};

/** Uses that lie next to a ban: whether it applies has to be asked before they are called high-risk. */
const NEXT_TO_A_BAN = ['biometric_sorting', 'emotions', 'policing'] as const;

export function prohibitions(facts: Facts): Finding {
  const provisions = chosen(facts, 'bannedPractice').map((practice): Provision => {
    const isNew = practice === 'intimate_images';
    return {
      tier: isNew ? 'undetermined' : 'prohibited',
      article: PRACTICES[practice],
      because: `somebody said of it: "${FACTS.bannedPractice.options[practice]}"`,
      from: ['bannedPractice'],
      ...(isNew ? APPLIES.newProhibitions : APPLIES.prohibitions),
    };
  });
  return { provisions, open: [...unansweredPractices(facts), ...emotionsAtWork(facts)] };
}

function unansweredPractices(facts: Facts): Missing[] {
  if (isKnown(facts, 'bannedPractice')) return [];
  const isHigh = hasSome(facts, 'listedUse') || (isSafetyProduct(facts) && says(facts, 'thirdPartyCheck', 'yes'));
  const isElsewhere = !says(facts, 'listedUse', ...NEXT_TO_A_BAN);
  const why = 'Nobody has said yet whether it does something that Article 5 forbids.';
  // What is high-risk and far from the bans is dealt with as high-risk until the answer comes.
  return [{ fact: 'bannedPractice', why, couldBe: isHigh && isElsewhere ? 'high' : 'prohibited' }];
}

function emotionsAtWork(facts: Facts): Missing[] {
  const isThere = says(facts, 'listedUse', 'emotions') && says(facts, 'affected', 'staff', 'applicants', 'students');
  if (!isThere || says(facts, 'bannedPractice', 'emotions_work_school') || !isKnown(facts, 'bannedPractice')) return [];
  const why =
    'It reads emotions and touches people at work or in education: that is forbidden but for medical or safety reasons.';
  return [{ fact: 'bannedPractice', why, couldBe: 'prohibited' }];
}

export function annexIII(facts: Facts): Finding {
  if (!isKnown(facts, 'listedUse')) {
    const why = 'Nobody has said yet whether it is used for a purpose that Annex III lists.';
    return { provisions: [], open: [{ fact: 'listedUse', why, couldBe: 'high' }] };
  }
  const uses = chosen(facts, 'listedUse');
  const isSmall = says(facts, 'narrowTask', 'narrow', 'improves', 'patterns', 'prepares');
  const provisions = uses.map((use): Provision => {
    const said = `it is used for this: "${FACTS.listedUse.options[use]}"`;
    const because = !isSmall
      ? said
      : says(facts, 'profiling', 'yes')
        ? `${said}; its part is small, but it judges people from their data, and so Article 6(3) is no way out`
        : `${said}; its part is small, and so Article 6(3) may let it out, if the provider writes down why`;
    return {
      tier: isSmall && !says(facts, 'profiling', 'yes') ? 'undetermined' : 'high',
      article: isSmall ? `${USES[use]}; Art. 6(3)` : USES[use],
      because,
      from: isSmall ? ['listedUse', 'narrowTask', 'profiling'] : ['listedUse'],
      ...APPLIES.annexIII,
    };
  });
  const open: Missing[] = [];
  if (uses.length > 0 && !isKnown(facts, 'narrowTask')) {
    open.push({ fact: 'narrowTask', why: 'If its part is small, Article 6(3) may let it out.', couldBe: 'high' });
  }
  if (uses.length > 0 && isSmall && !isKnown(facts, 'profiling')) {
    open.push({ fact: 'profiling', why: 'Article 6(3) is no way out for what profiles people.', couldBe: 'high' });
  }
  return { provisions, open };
}

function mayBeProduct(facts: Facts): boolean {
  return !says(facts, 'product', NONE) && !says(facts, 'productPart', NONE);
}

function isSafetyProduct(facts: Facts): boolean {
  return mayBeProduct(facts) && isKnown(facts, 'product') && isKnown(facts, 'productPart');
}

export function annexI(facts: Facts): Finding {
  if (!mayBeProduct(facts)) return { provisions: [], open: [] };
  const ask = (fact: FactName, why: string): Finding => ({ provisions: [], open: [{ fact, why, couldBe: 'high' }] });
  if (!isKnown(facts, 'product'))
    return ask('product', 'It may be part of a product that must pass a safety approval.');
  if (!isKnown(facts, 'productPart')) return ask('productPart', 'A safety part of such a product can be high-risk.');
  if (says(facts, 'thirdPartyCheck', 'no')) return { provisions: [], open: [] };
  const provision: Provision = {
    tier: isKnown(facts, 'thirdPartyCheck') ? 'high' : 'undetermined',
    article: 'Art. 6(1), Annex I',
    because: 'it is such a product or its safety part; the law on that product says how the duties are met',
    from: ['product', 'productPart', 'thirdPartyCheck'],
    ...APPLIES.annexI,
  };
  if (isKnown(facts, 'thirdPartyCheck')) return { provisions: [provision], open: [] };
  const why = 'It is high-risk if an outside body must check the product.';
  return { provisions: [provision], open: [{ fact: 'thirdPartyCheck', why, couldBe: 'high' }] };
}

function chosen<Name extends 'listedUse' | 'bannedPractice'>(
  facts: Facts,
  name: Name,
): Exclude<OptionOf<Name>, 'none'>[] {
  const value = facts[name];
  const options = Array.isArray(value) ? (value as readonly OptionOf<Name>[]) : [];
  return options.filter((option): option is Exclude<OptionOf<Name>, 'none'> => option !== NONE);
}
