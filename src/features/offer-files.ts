import { randomUUID } from 'node:crypto';
import { notice } from '../chat/notice.ts';
import type { Action } from '../chat/reply.ts';
import { type Downloads, LINK_MINUTES } from '../downloads/downloads.ts';
import { type Asker, type Outcome, say } from './feature.ts';

/** A file to choose. `kind` and `argument` tell what makes it. */
export interface OfferedFile {
  readonly kind: string;
  readonly argument: string;
  readonly label: string;
}

/**
 * Offers files to whoever asks, by links, in a direct message alone.
 *
 * @param text what the files are, as Markdown
 */
export function offerFiles(downloads: Downloads, asker: Asker, text: string, files: readonly OfferedFile[]): Outcome {
  const { platform } = asker.sender;
  if (!downloads.isPossible(platform)) {
    return say(
      notice(
        'There is no address at which you could fetch a file from me. An administrator has to set `STEWARD_URL`, as the README says ' +
          'under "Install it"; then ask again.',
      ),
    );
  }
  return async (change, tell) => {
    const links: Action[] = [];
    for (const file of files) links.push(await downloads.link(change, { person: asker.person.id, platform }, file));
    const which = links.length === 1 ? 'The link leads' : 'The links lead';
    const reply = notice(
      `${text} ${which} there for ${LINK_MINUTES} minutes; do not pass ${links.length === 1 ? 'it' : 'them'} on.`,
      ...links,
    );
    if (asker.conversation.kind === 'direct') return [reply];
    tell({ key: `files:${randomUUID()}`, person: asker.person.id, platform, reply });
    return [notice('I sent it to you in a direct message: files are for you alone.')];
  };
}
