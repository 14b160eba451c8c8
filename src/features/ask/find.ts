import type { Db } from '../../database/database.ts';
import type { Audience } from '../../people/audience.ts';
import { type Fit, type FoundDocument, searchDocuments } from '../../retrieval/search-documents.ts';
import type { Vectors } from '../../retrieval/vectors.ts';
import { type NamedNumbers, namedNumbers } from './numbers.ts';
import { readingsOf } from './readings.ts';

/** What there is on a question. */
export interface FoundAnswer {
  readonly named: NamedNumbers;
  /** The best first; what the question names by number goes before everything else. */
  readonly documents: readonly FoundDocument[];
  /** Whether the question is about what was found at all. */
  readonly isSupported: boolean;
  /** The documents of which one is meant, where the question does not say which. */
  readonly readings: readonly FoundDocument[] | undefined;
  /** The question consists of numbers and words that ask for nothing special: "what is A.6.2.8?" */
  readonly isOfNumbersAlone: boolean;
}

/**
 * Log-odds that a question is about the stored documents, from how well its words fit. Fitted by logistic regression on a few
 * hundred questions of staff, a third of them about something else; above 0 at most one in twenty-five good ones is lost.
 */
const SUPPORT = { constant: -7.22, coverage: 5.01, score: 2.24, words: -0.61, namesStandard: 1 };

const STANDARD = /\b(42001|aims|ai management system)\b/i;

/** Finds what everybody in the audience may see on a question. */
export async function findDocuments(
  db: Db,
  question: string,
  audience: Audience,
  vectors: Vectors | undefined,
): Promise<FoundAnswer> {
  const named = namedNumbers(question);
  const places = named.places.map(({ id }) => id);
  const found = await searchDocuments(db, soughtText(question, named), audience, vectors);
  const { fit } = found;
  const documents = [
    ...places.flatMap((id) => found.documents.find(({ key }) => key === id) ?? []),
    ...found.documents.filter(({ key }) => !places.includes(key)),
  ];
  return {
    named,
    documents,
    isSupported: places.length > 0 || (fit !== undefined && support(fit, question) > 0),
    readings: readingsOf(question, named, documents, fit),
    isOfNumbersAlone: places.length > 0 && (fit?.words ?? 0) <= places.length,
  };
}

/** The question with the numbers of the places it means, and without numbers that do not exist. */
function soughtText(question: string, { places, invented }: NamedNumbers): string {
  const real = invented.reduce(
    (text, number) => text.replace(number, ' ').replace(number.replace('.', ''), ' '),
    question,
  );
  return [real, ...places.map(({ id }) => id)].join(' ');
}

function support({ coverage, score, words }: Fit, question: string): number {
  return (
    SUPPORT.constant +
    SUPPORT.coverage * coverage +
    SUPPORT.score * Math.log(1 + score) +
    SUPPORT.words * Math.log(1 + words) +
    (STANDARD.test(question) ? SUPPORT.namesStandard : 0)
  );
}
