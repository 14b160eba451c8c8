import type { Db } from '../../database/database.ts';
import type { Audience } from '../../people/audience.ts';
import { type ReadableDocument, readDocument } from '../../retrieval/read-document.ts';
import { type PageTitles, renderWithLinks } from './page-links.ts';
import { pageName, renderMarkdown } from './render.ts';

/** A cited page, whole. */
export interface WebPage {
  readonly id: string;
  readonly title: string;
  /** As a reader is told it: see `pageName`. */
  readonly name: string;
  /** Each passage is a `section` of the class `passage`; buttons with `data-page` lead to other pages. */
  readonly html: string;
  readonly neighbours: readonly { readonly id: string; readonly name: string }[];
}

export async function readPage(db: Db, id: string, audience: Audience): Promise<WebPage | undefined> {
  const document = await readDocument(db, id, audience);
  if (!document) return undefined;
  const titles = await readTitles(db);
  titles.delete(id);
  const neighbours = document.neighbours.flatMap((key) => {
    const title = titles.get(key);
    return title === undefined ? [] : [{ id: key, name: pageName(key, title) }];
  });
  const { title } = document;
  return { id, title, name: pageName(id, title), html: renderPage(document, titles), neighbours };
}

async function readTitles(db: Db): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('document')
    .innerJoin('document_version', 'document_version.document_id', 'document.id')
    .select(['key', 'title'])
    .where('kind', '=', 'guidance')
    .where('superseded_at', 'is', null)
    .execute();
  return new Map(rows.map(({ key, title }) => [key, title]));
}

function renderPage({ summary, passages, sources, checked }: ReadableDocument, titles: PageTitles): string {
  let section = '';
  const parts = passages.map((passage) => {
    const isNew = passage.section !== section;
    section = passage.section;
    const headings = [isNew && `## ${passage.section}`, passage.heading && `### ${passage.heading}`].filter(Boolean);
    const html = renderWithLinks([...headings, passage.body].join('\n\n'), titles);
    return `<section class="passage">${html}</section>`;
  });
  const origin =
    sources.length > 0
      ? [`## Sources\n\n${sources.map((source) => `- ${source.title} (${source.date})`).join('\n')}`]
      : [];
  const check = checked ? [`Facts checked on ${checked}.`] : [];
  return [renderMarkdown(`*${summary.trim()}*`), ...parts, renderMarkdown([...origin, ...check].join('\n\n'))].join(
    '\n',
  );
}
