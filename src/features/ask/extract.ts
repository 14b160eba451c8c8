import { literally, typedText } from '../../chat/text.ts';
import type { Passage } from '../../retrieval/passage.ts';
import type { FoundDocument } from '../../retrieval/search-documents.ts';
import { leadPassage, questionAnswered } from './lead-passage.ts';
import { bestSentences, firstSentences, hasList, wordsOf } from './shorten.ts';

/** Sentences, or items of a list, of an extracted answer at most; and of these, what its background has. */
const MAX_SENTENCES = 6;
const MAX_BACKGROUND = 2;

/** A sentence is not worth saying if more of its words than this share were just said. */
const SAID = 0.6;

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

/** What is asked for is the place itself: "model card, which control is that?" */
const ASKS_FOR_A_PLACE =
  /\b(which|what)( \w+)? (control|clause|aim|goal|objective|(risk )?source|heading|number|annex|section|chapter|paragraph)\b|\bwhich (one|of the)\b|\bwhere\b.*\b(standard|annex|norm|laid down)\b/i;

/** What a place says as a whole is asked for: "what does A.6.2.8 want from us?" */
const ASKS_WHAT_IT_ASKS =
  /^\W*(and |so )?what (does|do|is) (the )?(clause |control |annex )?(\d+|[A-D])(\.\d+)+ (ask|require|want|expect|say|demand|about|for)( (for|of|from))?( us| me| management)?\W*$/i;

export interface ExtractedAnswer {
  /** Markdown with citation marks `[1]`, counted as in `sources`. */
  readonly text: string;
  readonly sources: readonly Passage[];
}

/**
 * Makes an answer from the documents that fit best: the first one speaks, the next ones are named as worth a look.
 *
 * @param summary says in a few sentences what the first document is about, for whoever does not know yet
 */
export function extractAnswer(
  question: string,
  documents: readonly FoundDocument[],
  summary: Passage | undefined,
): ExtractedAnswer {
  const [best] = documents;
  if (!best) return { text: '', sources: [] };
  const near = documents.filter(({ score }) => score >= best.score * RELATIVE_SCORE).slice(0, MAX_SOURCES);
  const [first, ...others] = near.flatMap((document) => leadPassage(question, document) ?? []);
  if (!first) return { text: '', sources: [] };
  const isPlace =
    ASKS_FOR_A_PLACE.test(question) && PLACE.test(first.documentKey) && !ASKS_FOR_A_PLACE.test(first.headingPath);
  const lead = ((isPlace || ASKS_WHAT_IT_ASKS.test(question)) && summary) || first;
  const sources = [lead, ...others];
  const context = summary && lead.section === 'Answers' && !hasList(lead.body) ? newSentences(summary, lead.body) : '';
  const limit = context ? MAX_SENTENCES - MAX_BACKGROUND : MAX_SENTENCES;
  const own = lead === first ? questionAnswered(question, first) : undefined;
  const opening = isPlace ? `${nameOf(lead)}.` : own && literally(own);
  const answer = `${opening ? `**${opening}** ` : ''}${speak(lead, 1, limit, question)}`;
  const also = others.map((source, index) => `${nameOf(source)} [${index + 2}]`).join(', ');
  const parts = [answer, context && `**Background:** ${context} [1]`, also && `See also: ${also}`];
  return { text: parts.filter(Boolean).join('\n\n'), sources };
}

/** The first sentences of a text; none where they say little beyond another one. */
function newSentences(summary: Passage, said: string): string {
  const words = wordsOf(said);
  const first = firstSentences(summary.body, MAX_BACKGROUND);
  const own = [...wordsOf(first)];
  return own.filter((word) => words.has(word)).length <= own.length * SAID ? asShown(summary, first) : '';
}

/** Keys that are numbers of the standard. */
const PLACE = /^(\d|[A-D]\.)/;

/** Several places of the standard are titled "General", so a place is named with its number. */
function nameOf({ documentKey, title }: Passage): string {
  return PLACE.test(documentKey) ? `${documentKey} ${literally(title)}` : literally(title);
}

/** Puts places beside each other that the question names by number. */
export function compare(passages: readonly Passage[]): ExtractedAnswer {
  const paragraphs = passages.map((passage, index) => {
    const said = firstSentences(passage.body, MAX_SENTENCES_EACH);
    return `**${passage.documentKey} ${literally(passage.title)}**: ${asShown(passage, said)} [${index + 1}]`;
  });
  return { text: paragraphs.join('\n\n'), sources: passages };
}

function speak(passage: Passage, mark: number, limit: number, question: string): string {
  const { section, headingPath, body } = passage;
  const whole = withoutTables(body);
  const said = section === 'Answers' ? firstSentences(whole, limit) : bestSentences(whole, limit, wordsOf(question));
  const text = asShown(passage, said);
  const leadIn = LIST_ITEM.test(text) && headingPath === section ? `${LEAD_INS[section] ?? ''}\n\n`.trimStart() : '';
  // Behind a list the mark stands on a line of its own, so that it belongs to all of it.
  const endsInList = LIST_ITEM.test(text.slice(text.lastIndexOf('\n') + 1));
  return `${leadIn}${text}${endsInList ? '\n\n' : ' '}[${mark}]`;
}

/** What stands in an organisation's own files may be anybody's, and is shown as it stands. */
function asShown({ kind }: Passage, text: string): string {
  return kind === 'evidence' ? typedText(text) : text;
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
