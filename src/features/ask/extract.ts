import type { Passage } from '../../retrieval/passage.ts';
import type { FoundDocument } from '../../retrieval/search-documents.ts';
import { leadPassage } from './lead-passage.ts';

/** Sentences, or items of a list, of an extracted answer at most. */
const MAX_SENTENCES = 5;

/** Of each place, where several are compared. */
const MAX_SENTENCES_EACH = 2;

/** Documents that may be named in one answer. */
const MAX_SOURCES = 3;

/** A further document is worth a look if it fits at least this well, compared with the first. */
const RELATIVE_SCORE = 0.4;

/** What stands before a passage that is no sentence by itself, under its section. */
const LEAD_INS: Readonly<Record<string, string>> = {
  Evidence: 'What serves as evidence, most convincing first:',
  'What to do': 'In steps:',
  'What an auditor asks': 'An auditor may ask:',
  'Common mistakes': 'What goes wrong most often:',
};

const LIST_ITEM = /^\s*(?:[-*]|\d+\.)\s/;

export interface ExtractedAnswer {
  /** Markdown with citation marks `[1]`, counted as in `sources`. */
  readonly text: string;
  readonly sources: readonly Passage[];
}

/** Makes an answer from the documents that fit best: the first one speaks, the next ones are named as worth a look. */
export function extractAnswer(question: string, documents: readonly FoundDocument[]): ExtractedAnswer {
  const [best] = documents;
  if (!best) return { text: '', sources: [] };
  const near = documents.filter(({ score }) => score >= best.score * RELATIVE_SCORE).slice(0, MAX_SOURCES);
  const sources = near.flatMap((document) => leadPassage(question, document) ?? []);
  const [lead, ...others] = sources;
  if (!lead) return { text: '', sources: [] };
  const also = others.map((source, index) => `${nameOf(source)} [${index + 2}]`).join(', ');
  return { text: [speak(lead, 1, MAX_SENTENCES), also && `See also: ${also}`].filter(Boolean).join('\n\n'), sources };
}

/** Several places of the standard are titled "General", so a place is named with its number. */
function nameOf({ documentKey, title }: Passage): string {
  return /^(\d|[A-D]\.)/.test(documentKey) ? `${documentKey} ${title}` : title;
}

/** Puts places beside each other that the question names by number. */
export function compare(passages: readonly Passage[]): ExtractedAnswer {
  const paragraphs = passages.map((passage, index) => {
    const said = firstSentences(passage.body, MAX_SENTENCES_EACH);
    return `**${passage.documentKey} ${passage.title}**: ${said} [${index + 1}]`;
  });
  return { text: paragraphs.join('\n\n'), sources: passages };
}

function speak({ section, headingPath, body }: Passage, mark: number, limit: number): string {
  const text = firstSentences(withoutTables(body), limit);
  const leadIn = LIST_ITEM.test(text) && headingPath === section ? `${LEAD_INS[section] ?? ''}\n\n`.trimStart() : '';
  // Behind a list the mark stands on a line of its own, so that it belongs to all of it.
  const endsInList = LIST_ITEM.test(text.slice(text.lastIndexOf('\n') + 1));
  return `${leadIn}${text}${endsInList ? '\n\n' : ' '}[${mark}]`;
}

/** Each row of a table as an item of a list, since a table in the middle of a chat is hard to read. */
function withoutTables(markdown: string): string {
  const lines = markdown.split('\n');
  const isRule = (line: string | undefined) => line !== undefined && /^\|[\s:|-]+\|$/.test(line);
  return lines
    .flatMap((line, index) => {
      if (!line.startsWith('|')) return [line];
      if (isRule(line) || isRule(lines[index + 1])) return [];
      const [first = '', ...rest] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [`- **${first.replaceAll('**', '')}**: ${rest.join('; ')}`];
    })
    .join('\n');
}

/** Cuts Markdown after so many sentences or list items. */
export function firstSentences(markdown: string, limit: number): string {
  const segments = markdown.split(/(?<=[.!?]["”)]?)\s+(?=[A-Z"“(*-])|\n(?=\s*(?:[-*]|\d+\.)\s)/);
  if (segments.length <= limit) return markdown;
  let end = 0;
  for (const segment of segments.slice(0, limit)) end = markdown.indexOf(segment, end) + segment.length;
  return markdown.slice(0, end);
}
