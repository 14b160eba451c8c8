import { z } from 'zod';
import type { Db } from '../database/database.ts';
import type { Audience } from '../people/audience.ts';
import { isVisible } from './visibility.ts';

/** A document as a reader sees it. */
export interface ReadableDocument {
  readonly key: string;
  readonly title: string;
  readonly summary: string;
  readonly passages: readonly {
    readonly section: string;
    readonly heading: string | undefined;
    /** Markdown. */
    readonly body: string;
  }[];
  /** Keys of related documents, the most useful first. */
  readonly neighbours: readonly string[];
  readonly sources: readonly { readonly title: string; readonly date: string }[];
  /** When its facts were last held against their sources, YYYY-MM-DD. */
  readonly checked: string | undefined;
}

const Metadata = z.object({
  summary: z.string().default(''),
  neighbours: z.array(z.string()).default([]),
  sources: z.array(z.object({ title: z.string(), date: z.string() })).default([]),
  checked: z.string().optional(),
});

/** What documents are about, in a sentence or two, by their keys; without those that have no summary. */
export async function readSummaries(db: Db, keys: readonly string[], audience: Audience): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('document')
    .innerJoin('document_version', 'document_version.document_id', 'document.id')
    .select(['key', 'metadata'])
    .where('key', 'in', [...keys])
    .where('superseded_at', 'is', null)
    .where(isVisible(audience))
    .execute();
  return new Map(
    rows.flatMap(({ key, metadata }) => {
      const { summary } = Metadata.parse(metadata);
      return summary ? [[key, summary]] : [];
    }),
  );
}

/** @returns undefined where there is no such document, and where somebody in the audience may not see it */
export async function readDocument(db: Db, key: string, audience: Audience): Promise<ReadableDocument | undefined> {
  const version = await db
    .selectFrom('document')
    .innerJoin('document_version', 'document_version.document_id', 'document.id')
    .select(['document_version.id', 'key', 'title', 'metadata'])
    .where('key', '=', key)
    .where('superseded_at', 'is', null)
    .where(isVisible(audience))
    .executeTakeFirst();
  if (!version) return undefined;
  const chunks = await db
    .selectFrom('chunk')
    .select(['section', 'heading_path', 'body'])
    .where('version_id', '=', version.id)
    .orderBy('position')
    .execute();
  const { checked, ...metadata } = Metadata.parse(version.metadata);
  return {
    key: version.key,
    title: version.title,
    ...metadata,
    checked,
    passages: chunks.map(({ section, heading_path, body }) => {
      const heading = heading_path.slice(section.length + ' > '.length);
      return { section, heading: heading || undefined, body };
    }),
  };
}

/** A passage as it is cited. @returns undefined where there is none, or somebody in the audience may not see it */
export async function readPassage(db: Db, chunk: number, audience: Audience) {
  return db
    .selectFrom('chunk')
    .innerJoin('document', 'document.id', 'chunk.document_id')
    .innerJoin('document_version', 'document_version.id', 'chunk.version_id')
    .select(['document.key', 'chunk.heading_path as headingPath', 'chunk.body'])
    .where('chunk.id', '=', chunk)
    .where('superseded_at', 'is', null)
    .where(isVisible(audience))
    .executeTakeFirst();
}
