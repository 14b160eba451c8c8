import type { Db } from '../../database/database.ts';
import type { Audience } from '../../people/audience.ts';
import {
  type Fit,
  type FittingPassage,
  type FoundDocument,
  searchDocuments,
} from '../../retrieval/search-documents.ts';
import type { Vectors } from '../../retrieval/vectors.ts';
import { leadPassage, worthOf } from './lead-passage.ts';
import { type NamedNumbers, namedNumbers } from './numbers.ts';
import { controlsOfSameNumber, readingsOf } from './readings.ts';

/** What there is on a question. */
export interface FoundAnswer {
  readonly named: NamedNumbers;
  /** The best first; before everything else goes what the question names by number, and then what the organisation's lead answered. */
  readonly documents: readonly FoundDocument[];
  /** Those of the organisation's own documents among them that answer the question. */
  readonly own: readonly FoundDocument[];
  /** Whether the question is about what was found at all. */
  readonly isSupported: boolean;
  /** The documents of which one is meant, where the question does not say which. */
  readonly readings: readonly FoundDocument[] | undefined;
  /** The share of the question that stands in the best document: 0 to 1. */
  readonly coverage: number;
  /** Different words in the question that tell something. */
  readonly words: number;
  /** The question consists of numbers and words that ask for nothing special: "what is A.6.2.8?" */
  readonly isOfNumbersAlone: boolean;
}

/**
 * Log-odds that a question is about the stored documents, from how well its words fit, and from the probability that it is none
 * that a page answers. Fitted by logistic regression on some 600 questions of staff, a third of them about something else;
 * above 0 at most one in twenty-five good ones is lost.
 */
const SUPPORT = { constant: -4.3, coverage: 1.79, score: 1.64, outOfScope: -0.72 };

/** Surer than this nothing is. */
const IMPROBABLE = 1e-4;

/** The probability of being out of scope that a question of the guidance's own commonly has. */
const USUAL = 5e-3;

/** A question is not asked back where it is out of scope with this probability. */
const LIKELY_ELSEWHERE = 0.3;

/** A document of the organisation answers a question of which this share stands in one of its passages. */
const OWN_COVERAGE = 0.6;

/** A place of the standard goes before the page that explains it, where it fits, and answers, at least this well beside that page. */
const PLACE_FITS = 0.4;
const PLACE_ANSWERS = 0.6;

/** Documents that may answer, and what the passage by which they would counts beside all that speaks for them. */
const NEAR = 4;
const ANSWERS = 0.3;

/** Begins a question that is plain where somebody wrote down just this one. */
const ASKS_ONE_THING = /^(who|when|where|why|how)\b/i;

/**
 * Finds what everybody in the audience may see on a question.
 *
 * @param reading the document that is meant, where somebody has said so
 */
export async function findDocuments(
  db: Db,
  question: string,
  audience: Audience,
  vectors: Vectors | undefined,
  reading?: string,
): Promise<FoundAnswer> {
  const inQuestion = namedNumbers(question);
  const named = reading === undefined ? inQuestion : ofReading(inQuestion, reading);
  const places = named.places.map(({ id }) => id);
  const sought = [soughtText(question, named), ...controlsOfSameNumber(question, named)].join(' ').trim();
  const { documents: found, fit } = await searchDocuments(db, sought, audience, vectors);
  const own = found.filter(({ passages }) => passages.some(isOwnAnswer));
  const reviewed = own.filter(({ passages: [best] }) => best?.kind === 'reviewed_answer');
  const chosen = found.filter(({ key }) => key === reading);
  const first = [...chosen, ...places.flatMap((id) => found.find(({ key }) => key === id) ?? []), ...reviewed];
  const documents = [...new Set([...first, ...placeFirst(question, byAnswer(question, found))])];
  const isElsewhere = own.length === 0 && fit !== undefined && fit.outOfScope > LIKELY_ELSEWHERE;
  const isAsked = ASKS_ONE_THING.test(question) && documents[0]?.passages.some((passage) => passage.isAsked);
  const isPlain = reviewed.length > 0 || chosen.length > 0 || isElsewhere || isAsked === true;
  return {
    named,
    documents,
    own,
    isSupported: first.length > 0 || (fit !== undefined && support(fit, own.length > 0) > 0),
    readings: isPlain ? undefined : readingsOf(question, named, documents, fit),
    coverage: fit?.coverage ?? 0,
    words: fit?.words ?? 0,
    isOfNumbersAlone: places.length > 0 && (fit?.words ?? 0) <= inQuestion.places.length,
  };
}

/** Of what a question names, nothing else is meant once somebody has chosen. */
function ofReading(named: NamedNumbers, reading: string): NamedNumbers {
  return { ...named, places: named.places.filter(({ id }) => id === reading), headings: [] };
}

/** Of the documents that fit best, the one goes first that also has the passage which answers best. */
function byAnswer(question: string, documents: readonly FoundDocument[]): readonly FoundDocument[] {
  const near = documents.slice(0, NEAR);
  const worths = near.map((document) => worthOfBest(question, document));
  const unit = Math.max(...worths) || 1;
  const top = near[0]?.score || 1;
  const value = (document: FoundDocument) =>
    document.score / top + (ANSWERS * (worths[near.indexOf(document)] ?? 0)) / unit;
  return [...near.toSorted((a, b) => value(b) - value(a)), ...documents.slice(NEAR)];
}

function worthOfBest(question: string, document: FoundDocument): number {
  const best = leadPassage(question, document);
  return best ? worthOf(question, best) : 0;
}

/** Whoever asks what to do about a finding wants to know of 10.2, and then of the page on corrective action. */
function placeFirst(question: string, documents: readonly FoundDocument[]): readonly FoundDocument[] {
  const [best] = documents;
  const [passage] = best?.passages ?? [];
  // A page that answers just this question answers it better than the place that it explains.
  const explained = passage?.isAsked ? [] : (passage?.explains ?? []);
  const place = documents.find(({ key }) => explained.includes(key));
  if (!best || !place || place.score < best.score * PLACE_FITS) return documents;
  return worthOfBest(question, place) >= worthOfBest(question, best) * PLACE_ANSWERS
    ? [place, ...documents]
    : documents;
}

function isOwnAnswer({ kind, coverage }: FittingPassage): boolean {
  return kind !== 'guidance' && coverage >= OWN_COVERAGE;
}

/** The question with the numbers of the places it means, and without numbers that do not exist. */
function soughtText(question: string, { places, invented }: NamedNumbers): string {
  const real = invented.reduce(
    (text, number) => text.replace(number, ' ').replace(number.replace('.', ''), ' '),
    question,
  );
  // Markup is no part of a question.
  return [real.replace(/<[^>]*>/g, ' ').trim(), ...places.map(({ id }) => id)].join(' ');
}

/** @param isOwn documents of the organisation treat it: what no page of the guidance answers, they may */
function support({ coverage, score, outOfScope }: Fit, isOwn: boolean): number {
  const doubt = isOwn ? Math.min(outOfScope, USUAL) : outOfScope;
  return (
    SUPPORT.constant +
    SUPPORT.coverage * coverage +
    SUPPORT.score * Math.log(score) +
    SUPPORT.outOfScope * Math.log(doubt + IMPROBABLE)
  );
}
