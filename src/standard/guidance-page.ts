import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

const Day = z.iso.date();

const FrontMatter = z.strictObject({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  owner: z.string(),
  subjects: z.array(z.string()).default([]),
  /** Places of the standard that a subject page is about. */
  explains: z.array(z.string()).default([]),
  neighbours: z.array(z.string()),
  crosswalk: z.record(z.string(), z.array(z.string())).default({}),
  sources: z.array(z.object({ title: z.string(), date: z.union([z.string(), z.number()]).transform(String) })).min(1),
  checked: Day,
});

/** The sections a page may have, in their order. `knowledge/README.md` says what stands in each. */
export const SECTIONS = [
  'In short',
  'What it asks',
  'How it works',
  'Why',
  'What to do',
  'Evidence',
  'Who',
  'How often',
  'What an auditor asks',
  'Common mistakes',
  'Answers',
] as const;

export type Section = (typeof SECTIONS)[number];

/** A page of own-words guidance. */
export interface GuidancePage extends Readonly<z.infer<typeof FrontMatter>> {
  readonly passages: readonly GuidancePassage[];
}

/** A part of a page that can be understood by itself. */
export interface GuidancePassage {
  readonly section: Section;
  /** The third-level heading: under `Answers` a question, elsewhere for example "In a small organisation". */
  readonly heading: string | undefined;
  /** Other ways in which people ask for this passage. */
  readonly phrasings: readonly string[];
  /** Markdown. */
  readonly body: string;
}

/** A page is not in the form that `knowledge/README.md` describes. */
export class MalformedPage extends Error {
  override name = 'MalformedPage';
}

/** @param source names the file in messages */
export function parseGuidancePage(text: string, source: string): GuidancePage {
  const match = /^---\n(.*?)\n---\n(.*)$/s.exec(text.replace(/\r\n/g, '\n'));
  if (!match) throw new MalformedPage(`${source} does not begin with front matter between two lines of "---".`);
  const [, yaml = '', body = ''] = match;
  const frontMatter = FrontMatter.safeParse(parseYaml(yaml, { schema: 'core' }));
  if (!frontMatter.success) throw new MalformedPage(`${source}: ${z.prettifyError(frontMatter.error)}`);
  return { ...frontMatter.data, passages: parsePassages(body, source) };
}

function parsePassages(body: string, source: string): GuidancePassage[] {
  const [preface = '', ...sections] = body.split(/^## /m);
  if (preface.trim()) throw new MalformedPage(`${source} has text before its first section.`);
  return sections.flatMap((part) => {
    const [title, content] = splitHeading(part);
    const section = SECTIONS.find((name) => name === title);
    if (!section)
      throw new MalformedPage(`${source} has a section "${title}", which is none of: ${SECTIONS.join(', ')}.`);
    const [own = '', ...subsections] = content.split(/^### /m);
    const passages = subsections.map((sub) => parsePassage(section, ...splitHeading(sub)));
    return own.trim() ? [parsePassage(section, undefined, own), ...passages] : passages;
  });
}

function splitHeading(part: string): [heading: string, content: string] {
  const end = part.indexOf('\n');
  return end < 0 ? [part.trim(), ''] : [part.slice(0, end).trim(), part.slice(end + 1)];
}

function parsePassage(section: Section, heading: string | undefined, content: string): GuidancePassage {
  const quoted = /^>.*$/gm;
  const phrasings = [...content.matchAll(quoted)]
    .flatMap(([line]) => line.slice(1).split(' / '))
    .map((phrasing) => phrasing.trim())
    .filter((phrasing) => phrasing.length > 0);
  return { section, heading, phrasings, body: unwrap(content.replace(quoted, '').trim()) };
}

/** Joins the lines of a paragraph or list item, which are broken in the file for its readers only. */
function unwrap(markdown: string): string {
  return markdown.replace(/([^\n])\n(?!\n|\s*(?:[-*]|\d+\.)\s|\|)[ \t]*/g, '$1 ');
}
