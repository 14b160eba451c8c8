import { literally } from '../../chat/text.ts';
import type { Db } from '../../database/database.ts';
import type { Audience } from '../../people/audience.ts';
import type { Passage } from '../../retrieval/passage.ts';
import { readSummaries } from '../../retrieval/read-document.ts';
import type { FittingPassage, FoundDocument } from '../../retrieval/search-documents.ts';
import { searchWithin } from '../../retrieval/search-within.ts';
import type { Vectors } from '../../retrieval/vectors.ts';
import { answerFromEvidence, evidenceLead, isAnsweredByEvidence, nothingInEvidence } from './answer-from-evidence.ts';
import { cited } from './cited.ts';
import {
  declined,
  ENGLISH_ONLY,
  IN_OUR_WORDS,
  isForeign,
  NAME_A_PLACE,
  noSuchNumber,
  nothingFound,
  withNearest,
} from './declined.ts';
import { compare, extractAnswer } from './extract.ts';
import { type FoundAnswer, findDocuments } from './find.ts';
import { type FollowUp, findFollowUp, readingMeant } from './follow-up.ts';
import { asksForSteps, leadPassage, sectionAsked } from './lead-passage.ts';
import { asksForTheText, type OutOfScope, OWN_FACTS, outOfScope } from './out-of-scope.ts';
import { firstSentences, hasList } from './shorten.ts';
import { smallTalk } from './small-talk.ts';
import type { Exchange } from './thread.ts';
import type { SearchQuestion, Writer } from './writer.ts';

/** What Steward knows about a question. */
export interface Answer {
  /** It is not answered: nothing good enough was found, or it is none of Steward's business. `text` says so. */
  readonly declined: boolean;
  /** The question has several readings, those of `citations`; `text` asks which one is meant. */
  readonly clarify: boolean;
  /** Markdown. Citation marks are `[1]`, counted as in `citations`. */
  readonly text: string;
  /** By weight, the most important first. */
  readonly citations: readonly AnswerCitation[];
  /** The page that comes closest, where nothing good enough was found. */
  readonly nearest: { readonly id: string; readonly title: string } | undefined;
  /** Not answered, and somebody in the organisation may know. */
  readonly worthPassingOn: boolean;
  /** The language model that wrote it; null where it was extracted. */
  readonly model: string | null;
  /** Which prompt it was written with; null where it was extracted. */
  readonly promptVersion: string | null;
}

export interface AnswerCitation {
  /** A clause, control, annex or page id, EV-12, QA-3. */
  readonly id: string;
  /** The `document_version` that was read, and the passage in it. */
  readonly versionId: number;
  readonly chunkId: number;
  readonly kind: Passage['kind'];
  readonly title: string;
  /** The file the passage stands in, relative to the project. */
  readonly path: string | null;
  readonly excerpt: string;
}

/** Places that are put beside each other in one answer. */
const MAX_COMPARED = 3;

/** Documents that a model may read for one answer, and passages of each. */
const MAX_READ = 4;
const MAX_READ_EACH = 3;

/** What answering needs beside the question. */
/** Of a question in another language less than this share stands in English pages; of one in English, more. */
const UNDERSTOOD = 0.45;

export interface AnswerParts {
  readonly db: Db;
  readonly vectors: Vectors | undefined;
  /** YYYY-MM-DD: what was valid until a day before it is stale. */
  readonly today: string;
  /** Writes the answer from what was found. Without one, and where it cannot, the answer is extracted. */
  readonly writer?: Writer | undefined;
  /** What was asked and answered before, for a follow-up that leans on it. */
  readonly before?: Exchange | undefined;
  /** The key of the document that is meant, once somebody has chosen among several readings. */
  readonly reading?: string | undefined;
}

/** Answers a question from what everybody in the audience may see. */
export async function answerQuestion(parts: AnswerParts, question: string, audience: Audience): Promise<Answer> {
  const { db, writer, before } = parts;
  const courtesy = smallTalk(question);
  if (courtesy) return { ...declined(courtesy), declined: false };
  const early = refusalOf(question);
  if (early && early.name !== OWN_FACTS) return refused(early);
  const meant = before && readingMeant(question, before);
  if (before && meant)
    return answerQuestion({ ...parts, before: undefined, reading: meant }, before.question, audience);
  const sought = await writer?.searchQuestion(question);
  // What a question asks may show only in English, or with what was said before.
  const refusal = refusalOf(sought?.question ?? question) ?? early;
  if (refusal && refusal.name !== OWN_FACTS) return refused(refusal);
  const read = { audience, today: parts.today };
  const [{ question: asked, found }, evidence] = await Promise.all([
    find(parts, question, sought, audience),
    audience.guidanceOnly || parts.reading
      ? undefined
      : evidenceLead({ ...parts, before }, sought?.question ?? question, read),
  ]);
  const { named, own, readings, isSupported } = found;
  if (asksForTheText(question) || asksForTheText(asked)) return inOwnWords(found);
  if (evidence && isAnsweredByEvidence(evidence, found)) {
    const answer = await answerFromEvidence({ db, writer, because: sought?.because }, question, evidence, read);
    if (answer) return answer;
  }
  if (refusal && own.length === 0) return withNearest(refused(refusal), found.documents[0]);
  if (evidence?.isOwn && own.length === 0) return nothingInEvidence(evidence, found);
  const documents = refusal ? own : found.documents;
  const correction = named.invented.length > 0 ? noSuchNumber(named.invented) : undefined;
  // Behind the number nothing is asked that would need an answer.
  if (correction && found.words === 0) return declined(correction);
  if (!writer && isForeign(question) && !(isSupported && found.coverage >= UNDERSTOOD))
    return { ...declined(ENGLISH_ONLY), worthPassingOn: true };
  if (readings) return askBack(db, readings, audience);
  if (!isSupported) return correction ? declined(correction) : nothingFound(documents[0], sought?.because);
  const passages = passagesToRead(asked, documents);
  // What somebody answered for is shown in their own words.
  const isToBeWritten = passages[0]?.kind !== 'reviewed_answer' && sought?.because === undefined;
  const written = isToBeWritten ? await writer?.write(question, passages) : undefined;
  if (written?.kind === 'not-found') return nothingFound(documents[0]);
  if (written?.kind === 'written') {
    const { model, promptVersion } = written;
    return { ...cited(written, correction), model, promptVersion };
  }
  const because = sought?.because ?? written?.because;
  const why = because && explain(because, passages[0]);
  const extracted = await extract(parts, asked, { ...found, documents }, audience);
  return cited(extracted, [correction, why].filter(Boolean).join('\n\n'));
}

/** A model makes a follow-up understandable by itself; without one, search goes by what was said before. */
async function find(
  { db, vectors, before, reading }: AnswerParts,
  question: string,
  sought: SearchQuestion | undefined,
  audience: Audience,
): Promise<FollowUp> {
  const isRewritten = sought !== undefined && sought.question !== question;
  const followUp = before && !isRewritten ? await findFollowUp(db, question, before, audience, vectors) : undefined;
  if (followUp) return followUp;
  const asked = sought?.question ?? question;
  return { question: asked, found: await findDocuments(db, asked, audience, vectors, reading) };
}

function refusalOf(question: string): OutOfScope | undefined {
  return asksForTheText(question) ? undefined : outOfScope(question);
}

function refused({ reply, isForLead = false }: OutOfScope): Answer {
  return { ...declined(reply), worthPassingOn: isForLead };
}

/** Of the documents that fit best, the passage that answers, then others that fit. */
function passagesToRead(question: string, documents: readonly FoundDocument[]): Passage[] {
  return documents.slice(0, MAX_READ).flatMap((document) => {
    const lead = leadPassage(question, document);
    const others = document.passages.filter((passage) => passage !== lead);
    return [...(lead ? [lead] : []), ...others].slice(0, MAX_READ_EACH);
  });
}

const ORIGINS = { guidance: 'the guidance', evidence: 'the document', reviewed_answer: 'the reviewed answer' } as const;

/** Why an answer was not written, for whoever expected one that is. */
function explain(because: string, best: Passage | undefined): string {
  return `${because}, so this is taken straight from ${ORIGINS[best?.kind ?? 'guidance']}.`;
}

async function extract(
  { db, before }: AnswerParts,
  question: string,
  { named, documents, isOfNumbersAlone }: FoundAnswer,
  audience: Audience,
) {
  const places = documents.slice(0, Math.min(named.places.length, MAX_COMPARED));
  const [best] = documents;
  const isOnePlace = (isOfNumbersAlone && places.length === 1) || named.headings.length === 1;
  const section = isOnePlace ? sectionAsked(question) : undefined;
  const whole = best && (await searchWithin(db, [best.key], question, audience)).get(best.key);
  const asked = whole?.find(({ headingPath }) => headingPath === section);
  if (best && asked) return extractAnswer(question, [{ ...best, passages: [asked] }], undefined);
  const steps = best && asksForSteps(question) ? stepsOf(question, best, whole) : undefined;
  if (best && steps) return extractAnswer(question, [{ ...best, passages: [steps] }, ...documents.slice(1)], undefined);
  if (places.length > 1) {
    const compared = comparedIn(places);
    return compared ? extractAnswer(question, compared, undefined) : compare(places.map(summaryOf));
  }
  if (isOfNumbersAlone) return compare(places.map(summaryOf));
  const isNew = best?.key !== before?.sources[0]?.id;
  return extractAnswer(
    question,
    documents,
    isNew ? whole?.find((passage) => passage.section === 'In short') : undefined,
  );
}

/** The steps of a document, where what answers best tells none. */
function stepsOf(question: string, document: FoundDocument, whole: readonly FittingPassage[] = []) {
  const lead = leadPassage(question, document);
  return lead && !hasList(lead.body) ? whole.find(({ headingPath }) => headingPath === 'What to do') : undefined;
}

/** The places, where the answer to a question about all of them stands on the page of one, with that answer first. */
function comparedIn(places: readonly FoundDocument[]): FoundDocument[] | undefined {
  for (const place of places) {
    const answer = place.passages.find(
      ({ section, headingPath }) => section === 'Answers' && places.every(({ key }) => headingPath.includes(key)),
    );
    if (answer) return [{ ...place, passages: [answer] }, ...places.filter((other) => other !== place)];
  }
  return undefined;
}

/** The passage that says in a few sentences what a document is about. */
function summaryOf({ passages: [best, ...others] }: FoundDocument): Passage {
  const summary = [best, ...others].find((passage) => passage?.section === 'In short') ?? best;
  if (!summary) throw new Error('A found document has no passage.');
  return summary;
}

/** Own words in place of the standard's. The wish for the text stays declined. */
function inOwnWords({ named, documents }: FoundAnswer): Answer {
  if (named.places.length === 0) return declined(NAME_A_PLACE);
  const places = documents.slice(0, Math.min(named.places.length, MAX_COMPARED));
  return { ...cited(compare(places.map(summaryOf)), IN_OUR_WORDS), declined: true };
}

async function askBack(db: Db, readings: readonly FoundDocument[], audience: Audience): Promise<Answer> {
  const summaries = await readSummaries(
    db,
    readings.map(({ key }) => key),
    audience,
  );
  const options = readings.map(({ key, title }, index) => {
    const summary = firstSentences(summaries.get(key)?.trim() ?? '', 1);
    return `- **${literally(title)}** (${key})${summary && `: ${summary}`} [${index + 1}]`;
  });
  const sources = readings.map(summaryOf);
  return {
    ...cited({ text: options.join('\n'), sources }, 'I am not sure what you mean. Is it one of these?'),
    clarify: true,
  };
}
