import type { Db } from '../../database/database.ts';
import type { Audience } from '../../people/audience.ts';
import { sectionsFor } from '../../retrieval/question-kind.ts';
import type { FittingPassage } from '../../retrieval/search-documents.ts';
import { searchWithin } from '../../retrieval/search-within.ts';
import type { Vectors } from '../../retrieval/vectors.ts';
import { type FoundAnswer, findDocuments } from './find.ts';
import { isOfKind, worthOf } from './lead-passage.ts';
import { namesItsSubject } from './readings.ts';
import { isShort, leansOnThread, mayFollowOn, pointsBack } from './standalone-question.ts';
import type { Exchange } from './thread.ts';

/** What a follow-up asks, once it is known what it follows on. */
export interface FollowUp {
  /** By which the passage that answers is chosen. */
  readonly question: string;
  readonly found: FoundAnswer;
}

/**
 * How well the best passage of the page spoken of has to fit, compared with the best of all, so that it answers a follow-up which
 * names something itself: one that points back to what was said, and one that does not. Fitted to conversations of two and three turns.
 */
const FITS_POINTING = 0.4;
const FITS = 0.72;

/** Another page on the same subject answers if the page spoken of fits question and subject together less well than this. */
const FITS_TOGETHER = 0.6;

/** The least share of what a follow-up names itself that stands in a passage, so that it is no question about something else. */
const COVERED = 0.6;

/** Pages of a search that may answer. */
const NEAR = 6;

/** What a passage of the kind that is asked for adds, as a share of the best passage's score. */
const KIND = 1;

/** What a page is worth beside others that was spoken of, or whose title names the subject of the follow-up. */
const NAMED = 1.3;

/** What a passage that was just shown is worth beside others. */
const SHOWN = 0.5;

/** Words that ask for something without naming what it is asked of, beside those that `namesItsSubject` knows. */
const ASKING =
  /\b(what about|how about|decid(e|es|ed)|approv(e|es|ed)|signs?|responsible|accountable|owns?|owner|in charge|starts?|begin|explain|more|tell|examples?|give|show|some|please|me|we are|we're|only|just|people|\d+|small|company|team|auditors?|asks?|common|mistakes?|proofs?|prove|shorter|simpler|details?|elaborate|mean)\b/i;

/** What leads into a subject that is named alone: "and suppliers?", "what about the scope?" */
const LEADS_IN = /^\W*((and|or|but|so|ok|okay|then|now|also|what about|how about|for|in|with|on|of|a|an|the)\b\W*)+/i;
const VERB =
  /\b(is|are|was|were|do|does|did|can|could|may|must|should|shall|will|would|has|have|had|need|who|what|how|when|where|why|which|if|i|we|you|they|it)\b/i;

/** How questions begin whose kind a follow-up shares that names a subject alone. */
const KIND_WORDS =
  /\b(who|how often|how long|when|why|what (evidence|proof|records?|documents?)|how (do|can|should|to))\b/i;

/**
 * Finds what answers a question that may follow on what was said before: further on in the page spoken of, on another page about
 * the same thing, or where the subject leads that it names itself.
 *
 * @returns undefined where the question stands by itself
 */
export async function findFollowUp(
  db: Db,
  question: string,
  before: Exchange,
  audience: Audience,
  vectors: Vectors | undefined,
): Promise<FollowUp | undefined> {
  const [topic] = before.sources;
  if (!mayFollowOn(question)) return undefined;
  const find = (asked: string) => findDocuments(db, asked, audience, vectors);
  if (before.isAskedBack) return standingAlone(`${before.question} ${question}`, find);
  if (!topic) return leansAlone(question) ? standingAlone(`${question} ${before.question}`, find) : undefined;
  const namesSubject = namesItsSubject(question.replaceAll(new RegExp(ASKING, 'gi'), ' '));
  const asksTheSame = namesSubject && !VERB.test(bareSubject(question));
  const [alone, together] = await Promise.all([
    find(question),
    find(`${question} ${asksTheSame ? before.question : topic.title}`),
  ]);
  if (alone.documents[0]?.passages[0]?.kind === 'reviewed_answer') return undefined;
  if (alone.named.places.length > 0)
    return standingAlone(asksTheSame ? withKind(question, before.question) : question, find);
  const near = [topic.id, ...keysOf(alone), ...keysOf(together)];
  const passages = await searchWithin(db, [...new Set(near)], question, audience);
  const from = (key: string) => ({
    question,
    found: speakingFrom(byOwnWords(passages.get(key) ?? [], question, before), together),
  });
  const bestOf = (keys: readonly string[]) =>
    Math.max(0, ...keys.flatMap((key) => passages.get(key) ?? []).map((passage) => worthOf(question, passage)));
  const isCovered = (keys: Iterable<string>) =>
    [...keys].flatMap((key) => passages.get(key) ?? []).some(({ coverage }) => coverage >= COVERED);
  if (asksTheSame) {
    if (!isCovered(passages.keys())) return undefined;
    const kind = withKind(question, before.question);
    const ofQuestion = await searchWithin(db, [...passages.keys()], before.question, audience);
    const same = sameAsked(question, kind, before, passages, ofQuestion);
    return { question: kind, found: speakingFrom(same, together) };
  }
  const isPointing = pointsBack(question) && isShort(question);
  const stays = namesSubject
    ? bestOf([topic.id]) >= bestOf([topic.id, ...keysOf(alone)]) * (isPointing ? FITS_POINTING : FITS)
    : scoreOf(topic.id, together) >= (together.documents[0]?.score ?? 0) * FITS_TOGETHER;
  const asksPlainly = !namesSubject && (ASKING.test(question) || sectionsFor(question).length > 0 || alone.words === 0);
  if (!asksPlainly && !isCovered([topic.id])) return undefined;
  if (stays || (namesSubject && alone.readings && bestOf([topic.id]) > 0)) return from(topic.id);
  const [related] = together.documents;
  return related && (isPointing || !namesSubject) ? from(related.key) : { question, found: alone };
}

/** A short question about a message is understood with the message's own words. */
function leansAlone(question: string): boolean {
  return isShort(question) && leansOnThread(question);
}

async function standingAlone(question: string, find: (question: string) => Promise<FoundAnswer>): Promise<FollowUp> {
  return { question, found: await find(question) };
}

function keysOf({ documents }: FoundAnswer): string[] {
  return documents.slice(0, NEAR).map(({ key }) => key);
}

const ORDINALS = [/\bfirst\b|^\W*1\W*$/i, /\bsecond\b|^\W*2\W*$/i, /\bthird\b|^\W*3\W*$/i, /\bfourth\b|^\W*4\W*$/i];

/** The key of the reading that somebody chose in words, where the answer before asked which one is meant. */
export function readingMeant(said: string, { isAskedBack, sources }: Exchange): string | undefined {
  if (!isAskedBack || !isShort(said)) return undefined;
  const words = wordsOf(bareSubject(said));
  const named = sources.filter(({ id }) => said.toLowerCase().includes(id.toLowerCase()));
  const titled = sources.filter(({ title }) => words.length > 0 && includesAll(title, words));
  const counted = sources.filter((_source, index) => ORDINALS[index]?.test(said));
  return [named, titled, counted].find(({ length }) => length === 1)?.[0]?.id;
}

/** A follow-up that names nothing but a subject asks the same of it as was asked before. */
function withKind(question: string, before: string): string {
  const kind = sectionsFor(question).length === 0 ? KIND_WORDS.exec(before)?.[0] : undefined;
  return kind ? `${kind} ${question}` : question;
}

/** "and suppliers?": nothing but a subject is left. */
function bareSubject(question: string): string {
  return question.replace(LEADS_IN, '');
}

/** The passages of the page that says of the subject which a follow-up names what was asked before, the best first. */
function sameAsked(
  question: string,
  kind: string,
  before: Exchange,
  ofSubject: ReadonlyMap<string, readonly FittingPassage[]>,
  ofQuestion: ReadonlyMap<string, readonly FittingPassage[]>,
): FittingPassage[] {
  const asked = new Map([...ofQuestion.values()].flat().map(({ chunkId, score }) => [chunkId, score]));
  const isShown = shownIn(before);
  const words = wordsOf(bareSubject(question));
  const best = maximum([...ofQuestion.values()].flat().filter((one) => !isShown(one)));
  const pages = [...ofSubject.values()].map((passages) => {
    const fit = maximum(passages);
    return passages.map((passage) => {
      const { documentKey, title } = passage;
      const alike = Math.min(1, (asked.get(passage.chunkId) ?? 0) / best) + (isOfKind(kind, passage) ? KIND : 0);
      const isNear = documentKey === before.sources[0]?.id || includesAll(title, words);
      const score = (passage.score + alike * fit) * (isNear ? NAMED : 1) * (isShown(passage) ? SHOWN : 1);
      return { ...passage, score };
    });
  });
  const value = (passages: readonly FittingPassage[]) => Math.max(0, ...passages.map((one) => worthOf(kind, one)));
  return pages.toSorted((a, b) => value(b) - value(a))[0] ?? [];
}

/** @returns 1 where nothing fits */
function maximum(passages: readonly FittingPassage[]): number {
  return Math.max(0, ...passages.map(({ score }) => score)) || 1;
}

function shownIn({ sources }: Exchange): (passage: FittingPassage) => boolean {
  const [shown] = sources;
  return ({ body }) => body === shown?.excerpt;
}

function includesAll(text: string, words: readonly string[]): boolean {
  const there = wordsOf(text);
  return words.every((word) => there.includes(word));
}

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/\p{L}{2,}/gu) ?? []).map((word) => word.replace(/s$/, ''));
}

function scoreOf(key: string, { documents }: FoundAnswer): number {
  return documents.find((document) => document.key === key)?.score ?? 0;
}

/** The passages of a page as they answer a follow-up: by its own words, by its kind, and by what was not said yet. */
function byOwnWords(passages: readonly FittingPassage[], question: string, before: Exchange): FittingPassage[] {
  const isShown = shownIn(before);
  const unit = maximum(passages);
  return passages
    .map((passage) => {
      const score = passage.score + (isOfKind(question, passage) ? KIND * unit : 0);
      return { ...passage, score: isShown(passage) ? score * SHOWN : score };
    })
    .sort((a, b) => b.score - a.score);
}

/** Lets one page answer, and the others that were found stand behind it. */
function speakingFrom(passages: readonly FittingPassage[], found: FoundAnswer): FoundAnswer {
  const [first] = passages;
  if (!first) return found;
  const { documentKey: key, title } = first;
  const others = found.documents.filter((document) => document.key !== key);
  const score = found.documents[0]?.score ?? 1;
  return {
    ...found,
    // The numbers are those of the question before, or of a title.
    named: { places: [], headings: [], invented: [] },
    documents: [{ key, title, score, passages }, ...others],
    isSupported: true,
    readings: undefined,
    isOfNumbersAlone: false,
  };
}
