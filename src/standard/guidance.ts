import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type GuidancePage, MalformedPage, parseGuidancePage } from './guidance-page.ts';

/** Steward's own guidance. */
export const KNOWLEDGE_FOLDER = fileURLToPath(new URL('../../knowledge', import.meta.url));

export interface GuidanceFile {
  /** Relative to the project, for example `knowledge/controls/A.6.2.8.md`. */
  readonly path: string;
  readonly text: string;
  readonly page: GuidancePage;
}

/**
 * Reads every page of the knowledge folder.
 *
 * @throws MalformedPage naming the file
 */
export async function loadGuidance(folder: string): Promise<GuidanceFile[]> {
  const entries = await readdir(folder, { recursive: true });
  const paths = entries.filter((path) => path.endsWith('.md') && path.includes('/')).sort();
  const files = await Promise.all(
    paths.map(async (path) => {
      const text = await readFile(join(folder, path), 'utf8');
      return { path: `knowledge/${path}`, text, page: parseGuidancePage(text, path) };
    }),
  );
  const seen = new Map<string, string>();
  for (const { path, page } of files) {
    const other = seen.get(page.id);
    if (other) throw new MalformedPage(`${path} and ${other} have the same id, ${page.id}.`);
    seen.set(page.id, path);
  }
  return files;
}
