import type { Db } from '../../database/database.ts';
import { GUIDANCE_ONLY } from '../../people/audience.ts';
import { readDocument } from '../../retrieval/read-document.ts';
import { renderMarkdown } from './render.ts';

/** A cited page, whole. */
export interface WebPage {
  readonly id: string;
  readonly title: string;
  readonly html: string;
  readonly neighbours: readonly string[];
}

/** Guidance pages alone: who may see evidence is not checked here, so none is shown. */
export async function readPage(db: Db, id: string): Promise<WebPage | undefined> {
  const document = await readDocument(db, id, GUIDANCE_ONLY);
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
  const origin = [
    ...sources.map((source) => `- ${source.title} (${source.date})`),
    `\nFacts checked on ${checked ?? 'no recorded day'}.`,
  ];
  const text = [`*${summary.trim()}*`, ...parts, '## Sources', origin.join('\n')].join('\n\n');
  return { id: key, title, html: renderMarkdown(text), neighbours };
}
