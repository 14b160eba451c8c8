import { type FactName, type Facts, says } from './facts.ts';

/** Facts that are asked only where others make them matter. */
const ONLY_WHEN: { readonly [Name in FactName]?: (facts: Facts) => boolean } = {
  narrowTask: (facts) => !says(facts, 'listedUse', 'none'),
  productPart: (facts) => !says(facts, 'product', 'none'),
  thirdPartyCheck: (facts) => !says(facts, 'product', 'none') && !says(facts, 'productPart', 'none'),
  inUseSince: (facts) => !says(facts, 'stage', 'inception', 'design_development', 'verification_validation'),
  vendor: (facts) => hasVendor(facts),
  providesModel: (facts) => !hasOnlyBought(facts),
  anonymised: (facts) => !says(facts, 'personalData', 'none'),
  namesKept: (facts) => !says(facts, 'personalData', 'none'),
  vendorTraining: (facts) => hasVendor(facts),
  synthetic: (facts) =>
    !says(facts, 'output', 'forecast', 'score', 'sorting', 'warning', 'control') ||
    says(facts, 'output', 'text', 'images'),
  ignored: (facts) => !says(facts, 'decides', 'automatic'),
  vendorContract: (facts) => hasVendor(facts),
  customerContract: (facts) => !says(facts, 'offered', 'no'),
};

/** Whether a fact matters for this system. What is not known might still make it matter. */
export function isAsked(facts: Facts, name: FactName): boolean {
  return ONLY_WHEN[name]?.(facts) ?? true;
}

function hasVendor(facts: Facts): boolean {
  return facts.origin === undefined || !says(facts, 'origin', 'built') || says(facts, 'origin', ...FROM_OTHERS);
}

function hasOnlyBought(facts: Facts): boolean {
  return (
    says(facts, 'origin', 'bought', 'commissioned') &&
    !says(facts, 'origin', 'built', 'vendor_model', 'fine_tuned', 'open_model', 'changed')
  );
}

const FROM_OTHERS = ['commissioned', 'bought', 'vendor_model', 'fine_tuned', 'changed', 'others_system'] as const;
