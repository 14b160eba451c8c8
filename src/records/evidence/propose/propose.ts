import type { Db } from '../../../database/database.ts';
import type { ParsedDocument } from '../../../documents/document.ts';
import { proposeDates } from './dates.ts';
import { proposeKind } from './kind.ts';
import type { Proposal } from './proposal.ts';
import { proposeRequirements } from './requirements.ts';
import { type NamedSystem, proposeSystems } from './systems.ts';
import { proposeTitle } from './title.ts';

/**
 * Proposes what to say of a file, from its text and the guidance alone.
 *
 * @param systems the AI systems that it may be about
 */
export async function proposeEvidence(
  db: Db,
  fileName: string,
  { passages }: Pick<ParsedDocument, 'passages'>,
  systems: readonly NamedSystem[],
): Promise<Proposal> {
  const title = proposeTitle(fileName, passages);
  return {
    title,
    kind: proposeKind(title, fileName, passages),
    requirements: await proposeRequirements(db, title, passages),
    systems: proposeSystems(title, passages, systems),
    ...proposeDates(passages),
    // More people can be let in at any time; who has read something has read it.
    visibility: 'committee',
  };
}
