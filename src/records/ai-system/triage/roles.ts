import { type Facts, type OptionOf, says } from '../facts.ts';
import type { Reasoned, RoleProposal } from './proposal.ts';

const MAKING: readonly OptionOf<'origin'>[] = ['built', 'vendor_model', 'fine_tuned', 'open_model', 'changed'];
const FROM_OTHERS: readonly OptionOf<'origin'>[] = ['bought', 'commissioned', 'vendor_model', 'fine_tuned', 'changed'];
const OUTSIDE: readonly OptionOf<'users'>[] = ['businesses', 'consumers', 'public'];

/** Our roles towards the system in the sense of ISO/IEC 22989. Several can apply; none where nothing is known. */
export function roles(facts: Facts): RoleProposal[] {
  const proposed: RoleProposal[] = [];
  const add = (role: RoleProposal['role'], reason: Reasoned | undefined) =>
    reason && proposed.push({ role, ...reason });
  add('provider', providing(facts));
  add('producer', producing(facts));
  add('customer', using(facts));
  add('partner', helping(facts));
  return proposed;
}

export function comesFromOthers(facts: Facts): boolean {
  return says(facts, 'origin', ...FROM_OTHERS);
}

function providing(facts: Facts): Reasoned | undefined {
  if (says(facts, 'offered', 'own_name', 'other_name')) {
    return { because: 'others get it, or a service that contains it, from us', from: ['offered'] };
  }
  if (says(facts, 'users', ...OUTSIDE) && !helping(facts)) {
    return { because: 'people outside use it with us', from: ['users'] };
  }
  return undefined;
}

function producing(facts: Facts): Reasoned | undefined {
  if (!says(facts, 'origin', ...MAKING)) return undefined;
  if (says(facts, 'origin', 'built')) return { because: 'we built or trained it, or a part of it', from: ['origin'] };
  if (says(facts, 'origin', 'changed')) return { because: 'we changed or extended what we bought', from: ['origin'] };
  if (says(facts, 'origin', 'open_model')) {
    return { because: 'we run an open model ourselves: no supplier sets it up and tests it for us', from: ['origin'] };
  }
  return { because: "we built it on somebody else's model", from: ['origin'] };
}

function using(facts: Facts): Reasoned | undefined {
  if (helping(facts) && !says(facts, 'users', 'staff')) return undefined;
  if (comesFromOthers(facts))
    return { because: 'it, or the model inside it, comes from somebody else', from: ['origin'] };
  if (says(facts, 'users', 'staff')) return { because: 'our own people use it for their work', from: ['users'] };
  return undefined;
}

function helping(facts: Facts): Reasoned | undefined {
  return says(facts, 'origin', 'others_system')
    ? { because: "it is somebody else's system, and we only help with it", from: ['origin'] }
    : undefined;
}
