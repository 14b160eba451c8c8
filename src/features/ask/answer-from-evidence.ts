import { literally, plainText } from '../../chat/text.ts';
import type { Db } from '../../database/database.ts';
import { parseEvidenceKey } from '../../records/evidence/evidence.ts';
import type { Reading } from '../../records/evidence/read-evidence.ts';
import type { EvidencePassage } from '../../records/evidence/search-evidence.ts';
import { tokensOf } from '../../retrieval/terms.ts';
import type { Vectors } from '../../retrieval/vectors.ts';
import type { Answer } from './answer.ts';
import { cited } from './cited.ts';
import { declined } from './declined.ts';
import type { FoundAnswer } from './find.ts';
import { findEvidence, namesIn, type OwnEvidence } from './find-evidence.ts';
import { asksWhatHappened, isAboutOwnFacts } from './out-of-scope.ts';
import { asksOfOwnDocuments, asksOfSomeDocument } from './own-documents.ts';
import { citedAs, sayEvidence, staleness } from './say-evidence.ts';
import { isShort, pointsBack } from './standalone-question.ts';
import type { Exchange } from './thread.ts';
import type { Writer } from './writer.ts';

/** What the evidence has on a question, and how sure it is that just that is asked for. */
export interface EvidenceLead extends OwnEvidence {
  /** Only documents of the organisation can answer. */
  readonly isOwn: boolean;
  /** It asks what a document says, or names something that the guidance does not know. */
  readonly isNamed: boolean;
  /** It is about something that happened, of which the guidance may speak in general. */
  readonly isFact: boolean;
  /** One document is meant. */
  readonly isWithin: boolean;
}

/** The share of a question that has to stand in one sentence of evidence, where only that can answer, and elsewhere. */
const ENOUGH = 0.75;
const WITHIN_ENOUGH = 0.5;
const SURE = 0.9;

/** A question with fewer words that tell something is in many a file. */
const FEW_WORDS = 2;

/** Unless a question has many words, its subject has to stand in the title, with at least this share of it. */
const MANY_WORDS = 5;
const TITLED = 0.2;

/** Of the guidance's own questions nearly all have more of their words in one of its pages. */
const KNOWN = 0.6;

/** Goes on with what was spoken of. */
const GOES_ON = /^\W*(and|what about|how about|also)\b/i;

/** Asks for something that is past. */
const HAPPENED =
  /^\W*(when|where|who|what|which|how (many|much|often|long)|has|have|had|was|were|did)\b.*\b(was|were|did|has|had|been|have)\b/i;

/** Documents that a model may read for one answer. */
const MAX_READ = 6;

/** Looks for what the evidence has, also in the document that was spoken of before. */
export async function evidenceLead(
  {
    db,
    vectors,
    before,
  }: { readonly db: Db; readonly vectors: Vectors | undefined; readonly before: Exchange | undefined },
  question: string,
  reading: Reading,
): Promise<EvidenceLead> {
  const named = parseEvidenceKey(/\bEV-\d+\b/i.exec(question)?.[0] ?? '');
  const [topic] = before?.sources ?? [];
  const follows = isShort(question) && (pointsBack(question) || GOES_ON.test(question));
  const within = named ?? (follows && topic ? parseEvidenceKey(topic.id) : undefined);
  const [inside, isUnknown] = await Promise.all([
    within ? findEvidence(db, question, reading, vectors, within) : undefined,
    namesWhatIsUnknown(db, question),
  ]);
  const isWithin = inside !== undefined && (named !== undefined || shareOf(inside) >= WITHIN_ENOUGH);
  const found = isWithin ? inside : await findEvidence(db, question, reading, vectors);
  const isFact = asksWhatHappened(question) || (HAPPENED.test(question) && isUnknown);
  const isNamed = asksOfOwnDocuments(question) || ((isFact || asksOfSomeDocument(question)) && isUnknown);
  const isOwn = isNamed || isAboutOwnFacts(question);
  return { ...found, isOwn, isNamed, isFact, isWithin };
}

function shareOf({ testimonies: [best] }: OwnEvidence): number {
  return best?.share ?? 0;
}

/** Whether the evidence answers better than the guidance. */
export function isAnsweredByEvidence(
  { testimonies, words, isOwn, isNamed, isFact, isWithin }: EvidenceLead,
  found: FoundAnswer,
): boolean {
  const [best] = testimonies;
  if (!best || found.own.length > 0) return false;
  if (isWithin) return best.share >= WITHIN_ENOUGH;
  if (isNamed) return best.share >= ENOUGH;
  if (!isOwn && (found.named.places.length > 0 || found.readings)) return false;
  if (words < FEW_WORDS || best.share < SURE) return false;
  // What merely happens to have a few words beside each other is about something else, mostly.
  if (best.titleShare < TITLED && words < MANY_WORDS) return false;
  return isOwn || isFact || !found.isSupported || found.coverage < KNOWN;
}

/** Whether a question names something that no page of the guidance speaks of. */
async function namesWhatIsUnknown(db: Db, question: string): Promise<boolean> {
  const names = namesIn(question);
  if (names === '') return false;
  const [tokens = []] = await tokensOf(db, [names]);
  const terms = tokens.map(({ term }) => term);
  const known = await db
    .selectFrom('vocabulary')
    .select('term')
    .where('term', 'in', [...terms, ''])
    .execute();
  return known.length < new Set(terms).size;
}

/** @param because what kept a model from making the question into one for the search; see `Written` */
export async function answerFromEvidence(
  {
    db,
    writer,
    because,
  }: { readonly db: Db; readonly writer: Writer | undefined; readonly because: string | undefined },
  question: string,
  { testimonies }: EvidenceLead,
  reading: Reading,
): Promise<Answer | undefined> {
  const read = testimonies.slice(0, MAX_READ).map(({ passage }) => passage);
  const plain = read.map((passage) => ({ ...passage, body: plainText(passage.body) }));
  const written = because === undefined ? await writer?.write(question, plain) : undefined;
  if (written?.kind === 'not-found') return undefined;
  if (written?.kind === 'written') {
    const sources = written.sources.flatMap(({ chunkId }) => read.find((passage) => passage.chunkId === chunkId) ?? []);
    const text = [written.text, staleness(sources)].filter(Boolean).join('\n\n');
    return {
      ...cited({ text, sources: sources.map(withPlace) }),
      model: written.model,
      promptVersion: written.promptVersion,
    };
  }
  const why = because ?? written?.because;
  const { text, sources } = await sayEvidence(db, reading, testimonies);
  return cited(
    { text, sources: sources.map(withPlace) },
    why && `${why}, so this is taken straight from the document.`,
  );
}

function withPlace(passage: EvidencePassage): EvidencePassage {
  return { ...passage, title: citedAs(passage) };
}

/** Only the organisation's documents could answer, and none that everybody here may see does. */
export function nothingInEvidence({ testimonies }: EvidenceLead, { documents }: FoundAnswer): Answer {
  const [near] = testimonies;
  const [page] = documents;
  const closest =
    near && near.share >= ENOUGH / 2
      ? ` Closest: ${literally(citedAs(near.passage))} (${near.passage.documentKey}).`
      : '';
  return {
    ...declined(
      `I have nothing on that in the evidence that may be shown here.${closest} I can say what ISO/IEC 42001 expects on the subject.`,
    ),
    nearest: page && { id: page.key, title: page.title },
    worthPassingOn: true,
  };
}
