import type { Form, FormErrors } from '../chat/reply.ts';
import { cleanText } from '../chat/text.ts';
import type { FormValues } from '../chat/turn.ts';
import type { Decided } from '../records/ai-system/change-systems.ts';
import type { InForce } from '../records/ai-system/in-force.ts';
import { type AiRole, DEPTHS, type Depth, ROLES, TIERS, type Tier } from '../records/ai-system/triage/proposal.ts';
import { structure } from '../standard/structure.ts';
import { DEPTH_NAMES, ROLE_WORDS, TIER_NAMES } from './proposal-words.ts';

const MAX_REASON = 1_000;
const MAX_CONTROLS = 400;

/** Puts a person's decision in the place of what rules propose. @param id of the form */
export function overrideForm(id: string, title: string, { tier, roles, impactDepth, controls }: InForce): Form {
  return {
    id,
    title: 'Decide otherwise',
    intro: `**${title}** Change what you decide in the place of the proposal. Your reason and your name stay with it.`,
    submitLabel: 'Decide',
    inputs: [
      {
        kind: 'select',
        name: 'tier',
        label: 'EU AI Act',
        optional: false,
        initial: tier,
        options: TIERS.map((value) => ({ value, label: TIER_NAMES[value] })),
      },
      {
        kind: 'choices',
        name: 'roles',
        label: 'Our roles (ISO/IEC 22989)',
        optional: true,
        initial: roles.join(','),
        options: ROLES.map((value) => ({ value, label: ROLE_WORDS[value] })),
      },
      {
        kind: 'select',
        name: 'depth',
        label: 'Impact assessment',
        optional: false,
        initial: impactDepth,
        options: DEPTHS.map((value) => ({ value, label: DEPTH_NAMES[value] })),
      },
      {
        kind: 'text',
        name: 'controls',
        label: 'Controls of Annex A that are relevant',
        multiline: true,
        maxLength: MAX_CONTROLS,
        optional: true,
        initial: controls.join(', '),
      },
      { kind: 'text', name: 'reason', label: 'Reason', multiline: true, maxLength: MAX_REASON, optional: false },
    ],
  };
}

export function checkOverrideForm(values: FormValues): FormErrors {
  const { tier = '', roles = '', depth = '', controls = '', reason = '' } = values;
  const errors: Record<string, string> = {};
  if (!isTier(tier)) errors['tier'] = 'Choose one.';
  if (roles && !roles.split(',').every(isAiRole)) errors['roles'] = 'Choose among what is offered.';
  if (!isDepth(depth)) errors['depth'] = 'Choose one.';
  const unknown = idsIn(controls).find((id) => !isControl(id));
  if (unknown) errors['controls'] = `Annex A has no control ${unknown.slice(0, 20)}. Its controls are A.2.2 to A.10.4.`;
  if (cleanText(reason) === '') errors['reason'] = 'Say why.';
  else if (reason.length > MAX_REASON) errors['reason'] = 'Shorten it to 1,000 characters.';
  return errors;
}

/** What somebody decided otherwise than what holds. The values must be checked. */
export function decidedIn(values: FormValues, { tier, roles, impactDepth, controls }: InForce): Decided {
  const chosen = {
    tier: values['tier'] as Tier,
    roles: ROLES.filter((role) => values['roles']?.split(',').includes(role)),
    depth: values['depth'] as Depth,
    controls: structure.controls.map(({ id }) => id).filter((id) => idsIn(values['controls'] ?? '').includes(id)),
  };
  return {
    ...(chosen.tier === tier ? {} : { tier: chosen.tier }),
    ...(isSame(chosen.roles, roles) ? {} : { roles: chosen.roles }),
    ...(chosen.depth === impactDepth ? {} : { impactAssessment: chosen.depth }),
    ...(isSame(chosen.controls, controls) ? {} : { controls: chosen.controls }),
  };
}

function idsIn(text: string): string[] {
  return text
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
}

function isControl(id: string): boolean {
  return structure.controls.some((control) => control.id === id);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}

function isTier(text: string): text is Tier {
  return (TIERS as readonly string[]).includes(text);
}

function isDepth(text: string): text is Depth {
  return (DEPTHS as readonly string[]).includes(text);
}

function isAiRole(text: string): text is AiRole {
  return (ROLES as readonly string[]).includes(text);
}
