import { literally } from '../../chat/text.ts';
import { writtenDay } from '../../clock.ts';
import type { EvidenceItem, EvidenceVisibility } from '../../records/evidence/evidence.ts';
import { structure } from '../../standard/structure.ts';

export const VISIBILITY_NAMES: Readonly<Record<EvidenceVisibility, string>> = {
  everyone: 'Everyone in the organisation',
  committee: 'Compliance lead and committee',
  auditors: 'Compliance lead, committee and auditors',
  named: 'Its owner, and people whom they name',
};

/** `EV-48 Bias test of Mia`, in Markdown. */
export function itemName({ key, title }: Pick<EvidenceItem, 'key' | 'title'>): string {
  return `${key} ${literally(title)}`;
}

/** Whether an item speaks for today: `current, valid until 3 Mar 2027`, `stale since 1 Oct 2026`. */
export function stateInWords({ state, validUntil }: Pick<EvidenceItem, 'state' | 'validUntil'>): string {
  switch (state) {
    case 'withdrawn':
      return 'withdrawn';
    case 'stale':
      return validUntil ? `stale, valid until ${writtenDay(validUntil)}` : 'stale';
    case 'current':
      return validUntil ? `current, valid until ${writtenDay(validUntil)}` : 'current';
  }
}

/** `A.7.4 Quality of data for AI systems`; what the standard does not number stays as it is. */
export function requirementName(id: string): string {
  const title = structure.find(id)?.title;
  return title ? `${id} ${title}` : id;
}
