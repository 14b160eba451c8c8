import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Block, Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { Db } from '../../database/database.ts';
import { parseReviewedAnswerKey } from '../../records/reviewed-answer.ts';
import { readDocument } from '../../retrieval/read-document.ts';
import type { Asker } from '../feature.ts';

/** The sections of a page that are shown in a chat; the web chat shows the whole page beside it. */
const SHOWN = ['In short', 'What it asks', 'How it works', 'What to do', 'Evidence', 'How often', 'Answer'];

/** Shows a cited page in the conversation. */
export async function openSource(db: Db, key: string, { person, audience }: Asker): Promise<Reply> {
  const document = await readDocument(db, key, audience);
  if (!document) {
    return notice('I can find no page of that name that everybody here may see. Ask about the topic instead.');
  }
  const blocks: Block[] = [{ kind: 'heading', text: `${document.key} ${literally(document.title)}` }];
  const isReviewedAnswer = parseReviewedAnswerKey(key) !== undefined;
  if (isReviewedAnswer) blocks.push({ kind: 'text', text: `*${document.summary}*` });
  for (const section of SHOWN) {
    const passages = document.passages.filter((passage) => passage.section === section);
    if (passages.length === 0) continue;
    const text = passages
      .map((passage) => [passage.heading && `**${passage.heading}**`, passage.body].filter(Boolean).join('\n\n'))
      .join('\n\n');
    blocks.push({ kind: 'text', text: `**${section}**\n\n${text}` });
  }
  const next = document.neighbours.slice(0, 3).map((id) => ({
    id: actionId('ask', 'open', id),
    label: `Open ${id}`,
    opensPage: true as const,
  }));
  const mayEdit = isReviewedAnswer && person.roles.has('compliance_lead');
  const edit = { id: actionId('questions', 'show', key), label: 'Edit or withdraw' };
  return { kind: 'notice', blocks, actions: [...(mayEdit ? [edit] : []), ...next] };
}
