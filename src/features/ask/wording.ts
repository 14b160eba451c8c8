import type { Passage } from '../../retrieval/passage.ts';
import { actorsIn, withoutActors } from './actors.ts';

/** What a passage says, as far as a sentence in the same language can be held against it. */
export interface Wording {
  readonly clauses: readonly Clause[];
  readonly words: ReadonlySet<string>;
}

/** A part of a sentence that says one thing. */
interface Clause {
  readonly text: string;
  /** The words that tell something, as stems of a kind. */
  readonly words: ReadonlySet<string>;
  /** Those of them that stand beside a negation. */
  readonly negated: ReadonlySet<string>;
  /** Who is named, in its order; see `actorsIn`. */
  readonly actors: readonly number[];
  /** The telling words but for those who are named: what they do. */
  readonly deeds: ReadonlySet<string>;
}

/** The least share of a sentence's telling words that stands in what it cites. A paraphrase has words of its own. */
const SUPPORTED = 0.4;

/** A clause of a passage speaks of the same if it shares this share of a sentence's telling words. */
const SAME = 0.5;

const SENTENCES = /(?<=[.!?])["”')*]*\s+|\n+/;
const CLAUSES =
  /[;:()]\s*|,?\s+(?=(?:because|since|so that|whereas|although|unless|while)\b)|,\s+(?=(?:and |or )?(?:not|no(?! ?[.;])|nor|but|though|instead|rather|never|only|nobody)\b)/i;

/** Words that negate nothing although they look like it. */
const NO_NEGATION =
  /\b(?:not (?:only|just|merely|least)|no (?:later|matter|less|more) than|no matter|whether or not)\b/gi;

const NEGATION =
  /\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t|hardly|seldom|rarely|instead of|rather than|option(?:al|s)?|voluntary|exempt(?:ed|ion|ions)?|unnecessary|forbid(?:s|den)?|prohibit(?:s|ed|ion|ions)?|ban(?:s|ned)?|barred|excluded?|waived?|skip(?:s|ped)?|illegal|unlawful)\b/gi;
const DUTY =
  /\b(?:must|shall|required?|requires|requirement|mandatory|compulsory|obligatory|obliged?s?|obligation|ha(?:s|ve) to|needs? to|duty|duties)\b/i;
const WEAK =
  /\b(?:may|might|could|should|optional|voluntary|recommended|advisable|good practice|usually|often|sometimes|worth)\b/i;
const CHOICE = /\b(?:may|might|should|recommended|advisable)\b/i;
const ASKED = /\b(?:asks?|asked|wants?|expects?|expected|calls? for|demands?|is to|are to)\b/i;

/** What claims so much that its source has to say it, or something like it: anywhere, or where it speaks of the same. */
const STRONG: readonly { readonly claim: RegExp; readonly support: RegExp; readonly isNear: boolean }[] = [
  {
    claim: /\b(?:only|solely|exclusively)\b/i,
    support: /\b(?:only|alone|solely|exclusively|nothing but|not|no|nobody|cannot)\b/i,
    isNear: true,
  },
  {
    claim: /\b(?:always|never|in any case|without exception|every(?:body|one)?)\b/i,
    support: /\b(?:always|every\w*|each|any\w*|all|whenever|never|not|no|none|nobody)\b/i,
    isNear: true,
  },
  {
    claim: /\bapprov\w*/i,
    support: /\bapprov\w*|\b(?:signs?|signature|releases?d?|decid\w*|accept\w*)\b/i,
    isNear: false,
  },
  { claim: /\bcertif\w*/i, support: /\bcertif\w*/i, isNear: false },
  {
    claim: /\b(?:compl(?:y|ies|iant|iance)|conform\w*)\b/i,
    support: /\b(?:compl(?:y|ies|iant|iance)|conform\w*|meets?)\b/i,
    isNear: false,
  },
  { claim: /\bguarante\w*/i, support: /\b(?:guarante\w*|ensures?|proves?)\b/i, isNear: false },
  {
    claim: /\b(?:forbid\w*|prohibit\w*|banned|barred|not allowed|not permitted|may not|must not|illegal|unlawful)\b/i,
    support:
      /\b(?:forbid\w*|prohibit\w*|bans?|banned|barred|cannot|can't|(?:may|must) not|never|nobody|no|none|not (?!required|mandatory|necessary|asked|prescribed|have to|need)|illegal|unlawful)\b/i,
    isNear: true,
  },
  {
    claim:
      /\b(?:optional|voluntary|exempt\w*|unnecessary|need not|not (?:mandatory|required|necessary|obliged)|no (?:need|duty|obligation))\b/i,
    support:
      /\b(?:option\w*|voluntary|exempt\w*|unnecessary|need not|(?:not|nor) (?:\w+ )?(?:mandatory|required?|necessary|asks?|prescribed?|need|want|obliged|duty)|no\b|none|nobody|nothing|informative|without|waive\w*)/i,
    isNear: true,
  },
];

/** Where one stands in a sentence, its source must not say the other one in its place. */
const OPPOSITES: readonly (readonly [RegExp, RegExp])[] = [
  [/\bbefore\b/i, /\bafter\b/i],
  [/\bmajors?\b/i, /\bminors?\b/i],
  [/\binternal\b/i, /\bexternal\b/i],
  [/\binside\b/i, /\boutside\b/i],
  [/\binclud\w*/i, /\bexclud\w*/i],
  [/\bmore\b/i, /\bless\b/i],
  [/\bhigh(?:er)?\b/i, /\blow(?:er)?\b/i],
  [/\bincreas\w*/i, /\bdecreas\w*/i],
  [/\bsame\b/i, /\bdifferent\b/i],
  [/\bprovider\b/i, /\b(?:customer|user|deployer)\b/i],
];

/** Words that tell nothing of a subject, or whose sense is checked otherwise. */
const PLAIN = new Set(
  `a an the and or but so if then than that this these those it its they them their he she who whom whose which what when where why
  how is are was were be been being am do does did done has have had having can could may might must shall should will would need
  needs needed not no nor never none nobody nothing neither without cannot only also too very just still even more most less least
  much many some any all each every both either other another such same own as at by for from in into of off on onto out over to under
  up upon with within about after before again against because since whereas although unless between during through while until there
  here you your yours we our ours us i me my one ones get gets make makes made take takes keep keeps use uses used thing things way
  ways case cases standard iso iec asks ask asked wants want good practice yourself yourselves themselves itself somebody someone
  anybody anyone everybody everyone always required require requires mandatory optional`.split(/\s+/),
);

/** Headings lend words, but are no statements: most are questions, which the first sentence answers. */
export function wordingOf({ title, headingPath, body }: Pick<Passage, 'title' | 'headingPath' | 'body'>): Wording {
  const clauses = body.split(SENTENCES).flatMap(clausesOf);
  const [first] = clauses;
  const answer = first && { ...first, words: tellingWords(`${headingPath} ${first.text}`) };
  return {
    clauses: answer ? [answer, ...clauses] : clauses,
    words: tellingWords(`${title} ${headingPath} ${body}`),
  };
}

/**
 * Whether what a sentence says can be what the passages say that it cites: enough of its words stand there, and where it negates,
 * obliges, forbids, approves or says "only" or "always", a passage does so where it speaks of the same. It does not understand;
 * it stops a sentence that turns its source round.
 */
export function bearsOut(sentence: string, sources: readonly Wording[]): boolean {
  const words = [...tellingWords(sentence)];
  const isThere = (word: string) => sources.some((source) => source.words.has(word));
  if (words.filter(isThere).length < words.length * SUPPORTED) return false;
  const clauses = sources.flatMap((source) => source.clauses);
  return sentence
    .split(SENTENCES)
    .flatMap(clausesOf)
    .every((claim) => agrees(claim, clauses));
}

function agrees(claim: Clause, clauses: readonly Clause[]): boolean {
  const shared = clauses.map((clause) => [...claim.words].filter((word) => clause.words.has(word)).length);
  const most = Math.max(0, ...shared);
  const near = clauses.filter((_clause, index) => most === 0 || (shared[index] ?? 0) >= Math.max(1, most * SAME));
  const isNegative = negations(claim.text) > 0;
  if (isNegative && !near.some(({ text }) => negations(text) > 0)) return false;
  const isUnsupported = STRONG.some(
    ({ claim: claims, support, isNear }) =>
      claims.test(claim.text) && !(isNear ? near : clauses).some(({ text }) => support.test(text)),
  );
  if (isUnsupported || isSaidOfOthers(claim, clauses)) return false;
  if (most === 0 || most < claim.words.size * SAME) return true;
  const best = clauses.filter((_clause, index) => shared[index] === most);
  return !(
    best.every((clause) => isTurnedRound(claim, clause)) ||
    OPPOSITES.some(([one, other]) => isOpposite(claim, best, one, other) || isOpposite(claim, best, other, one))
  );
}

const BY = /\b(?:by|from)\b/i;

/** What the claim says of somebody, its sources say of others only: "the auditor decides" where the body does. */
function isSaidOfOthers({ text, actors, deeds }: Clause, clauses: readonly Clause[]): boolean {
  const [subject, object] = actors;
  if (subject === undefined || deeds.size === 0) return false;
  const shared = clauses.map((clause) => [...deeds].filter((word) => clause.deeds.has(word)).length);
  const most = Math.max(0, ...shared);
  if (most < Math.max(1, deeds.size * SAME)) return false;
  const same = clauses.filter((_clause, index) => shared[index] === most);
  if (same.every((clause) => clause.actors.length > 0 && !clause.actors.includes(subject))) return true;
  // What is done by somebody names them last.
  const isSwapped = (other: Clause) =>
    other.actors[0] === object && other.actors[1] === subject && !BY.test(text) && !BY.test(other.text);
  return object !== undefined && same.every(isSwapped);
}

/** The clause says the opposite of the claim, or says it more strongly, or less. */
function isTurnedRound(claim: Clause, clause: Clause): boolean {
  const ours = negations(claim.text);
  const theirs = negations(clause.text);
  if (ours === 0 && theirs > 0 && [...claim.words].some((word) => clause.negated.has(word))) return true;
  const isIncluded = [...claim.words].every((word) => clause.words.has(word));
  if (isIncluded && ours > 0 && theirs === 0) return true;
  if (isIncluded && clause.words.size <= claim.words.size + 1 && ours !== theirs) return true;
  if (ours > 0 || theirs > 0) return false;
  const isDuty = DUTY.test(claim.text);
  if (isDuty && WEAK.test(clause.text) && !DUTY.test(clause.text) && !ASKED.test(clause.text)) return true;
  return !isDuty && CHOICE.test(claim.text) && DUTY.test(clause.text) && !WEAK.test(clause.text);
}

function isOpposite(claim: Clause, best: readonly Clause[], one: RegExp, other: RegExp): boolean {
  if (!one.test(claim.text) || other.test(claim.text)) return false;
  return best.every(({ text }) => other.test(text) && !one.test(text));
}

function negations(text: string): number {
  return text.replace(NO_NEGATION, ' ').match(NEGATION)?.length ?? 0;
}

function clausesOf(sentence: string): Clause[] {
  return sentence
    .split(CLAUSES)
    .filter((text) => /\p{L}/u.test(text))
    .map((text) => ({
      text,
      words: tellingWords(text),
      negated: tellingWords(besideNegations(text)),
      actors: actorsIn(text),
      deeds: tellingWords(withoutActors(text)),
    }));
}

/** Two words before each negation, and four behind it. */
function besideNegations(text: string): string {
  const words = text.replace(NO_NEGATION, ' ').split(/\s+/);
  return words.flatMap((word, at) => (negations(word) > 0 ? words.slice(Math.max(0, at - 2), at + 5) : [])).join(' ');
}

/** Letters by which words of one family are told to be the same: "approve", "approval". */
const STEM = 5;

function tellingWords(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/\p{L}+(?:['’]\p{L}+)?/gu) ?? [];
  return new Set(
    words.filter((word) => word.length > 2 && !PLAIN.has(word)).map((word) => word.replace(/s$/, '').slice(0, STEM)),
  );
}
