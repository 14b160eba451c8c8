import type { Db } from '../../database/database.ts';
import type { Audience } from '../../people/audience.ts';
import { readDocument } from '../../retrieval/read-document.ts';
import { renderMarkdown } from './render.ts';

/** A cited page, whole. */
export interface WebPage {
  readonly id: string;
  readonly title: string;
  readonly html: string;
  readonly neighbours: readonly string[];
}

export async function readPage(db: Db, id: string, audience: Audience): Promise<WebPage | undefined> {
  const document = await readDocument(db, id, audience);
  if (!document) return undefined;
  const { key, title, summary, passages, neighbours, sources, checked } = document;
  let section = '';
  const parts = passages.flatMap((passage) => {
    const isNew = passage.section !== section;
    section = passage.section;
    return [
      ...(isNew ? [`## ${passage.section}`] : []),
      ...(passage.heading ? [`### ${passage.heading}`] : []),
      passage.body,
    ];
  });
  const origin =
    sources.length > 0 ? ['## Sources', sources.map((source) => `- ${source.title} (${source.date})`).join('\n')] : [];
  const check = checked ? [`Facts checked on ${checked}.`] : [];
  const text = [`*${summary.trim()}*`, ...parts, ...origin, ...check].join('\n\n');
  return { id: key, title, html: renderMarkdown(text), neighbours };
}
