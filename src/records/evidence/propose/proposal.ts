import { z } from 'zod';
import { EVIDENCE_KINDS } from '../kinds.ts';

const Mapping = z.object({ id: z.string(), reason: z.string() });

/** What Steward proposes of a file, for a person to correct and confirm. */
export const Proposal = z.object({
  title: z.string(),
  kind: z.enum(EVIDENCE_KINDS),
  requirements: z.array(Mapping),
  systems: z.array(Mapping),
  effectiveOn: z.iso.date().optional(),
  validUntil: z.iso.date().optional(),
  visibility: z.enum(['everyone', 'committee', 'auditors', 'named']),
});

export type Proposal = z.infer<typeof Proposal>;
