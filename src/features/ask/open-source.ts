import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Block, Reply } from '../../chat/reply.ts';
import type { Db } from '../../database/database.ts';
import type { Audience } from '../../people/audience.ts';
import { readDocument } from '../../retrieval/read-document.ts';

/** The sections of a page that are shown in a chat; the web chat shows the whole page beside it. */
const SHOWN = ['In short', 'What it asks', 'How it works', 'What to do', 'Evidence', 'How often'];

/** Shows a cited page in the conversation. */
export async function openSource(db: Db, key: string, audience: Audience): Promise<Reply> {
  const document = await readDocument(db, key, audience);
  if (!document) {
    return notice('I can find no page of that name that everybody here may see. Ask about the topic instead.');
  }
  const blocks: Block[] = [{ kind: 'heading', text: `${document.key} ${document.title}` }];
  for (const section of SHOWN) {
    const passages = document.passages.filter((passage) => passage.section === section);
    if (passages.length === 0) continue;
    const text = passages
      .map((passage) => [passage.heading && `**${passage.heading}**`, passage.body].filter(Boolean).join('\n\n'))
      .join('\n\n');
    blocks.push({ kind: 'text', text: `**${section}**\n\n${text}` });
  }
  const next = document.neighbours.slice(0, 3).map((id) => ({ id: actionId('ask', 'open', id), label: `Open ${id}` }));
  return { kind: 'notice', blocks, actions: next };
}
