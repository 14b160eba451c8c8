/** What somebody in an interview means by a message that is no answer. */
export type Meaning = 'pause' | 'back' | 'skip' | 'why' | 'explain' | 'question' | 'answer';

const WORDS: readonly (readonly [Meaning, RegExp])[] = [
  ['pause', /^(please )?(pause|stop|later|not now|break|continue later|(let's |we )?(pause|stop) (here|for now|it))$/],
  ['back', /^(go )?back$|^previous( question)?$/],
  ['skip', /^(please )?skip( (it|this|that|for now|this (one|question)))*$|^next( question)?$|^pass$/],
  ['why', /^why( do you (ask|want to know)( that| this)?| is that important)?$/],
  [
    'explain',
    /^(help|what do you mean( by that)?|(i )?(do not|don't) (understand|get)( it| that| the question)?|an? example|for example|such as|like what|explain( it| that)?)$/,
  ],
];

/** How a question to Steward begins. */
const ASKS =
  /^(?:(?:hi|hey|hello|ok|and|so|but|well|steward|by the way)[\s,:]+)*(who|whom|whose|what|when|where|which|why|how|do|does|did|is|are|can|could|may|must|should|shall|has|have|will|would)(?:'s)?\b/i;

/** Questions that are no questions: "who knows?" is an answer, if a poor one. */
const RHETORICAL = /^(who knows|how (should|would|could) (i|we) know|what do i know|why (should|would) (i|we))/i;

/**
 * Tells an answer from a question to Steward, and from a wish. A question begins like one and ends in a question mark; an answer
 * may hold one, as in "the agency does that, I think?".
 */
export function meaningOf(text: string): Meaning {
  const plain = text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[\s.,;:!?…]+$/u, '')
    .trim();
  const wish = WORDS.find(([, pattern]) => plain.length < 40 && pattern.test(plain));
  if (wish) return wish[0];
  // Whoever answers with signs alone did not understand what is asked.
  if (!/[\p{L}\p{N}]/u.test(text)) return 'explain';
  const said = text.trim();
  const sentences = said.split(/(?<=[.!?])\s+/);
  const isQuestion = /\?["'”)]*$/.test(said) && sentences.length <= 2 && ASKS.test(sentences.at(-1) ?? '');
  return isQuestion && !RHETORICAL.test(said) ? 'question' : 'answer';
}

const WANTS =
  /^(?:(?:hi|hey|hello|please|ok|so)[\s,]+)*(?:(?:i|we)(?:'d| would)? (?:want|like|need|have|wish)(?: to)?|(?:can|could|may) (?:i|we|you)(?: please)?|let(?:'s| us| me)|how (?:do|can) (?:i|we)|help me(?: to)?|i am going to|i'm going to)?\s*(?:register|enter|record|add)\b(.*)$/is;

const SYSTEM = /\b(ai|system|tool|model|chat ?bot|bot|assistant|copilot|agent|recommender|app|software)\b/i;

/** Words after which it is another matter: the database of the EU, the register as such. */
const OTHER_MATTER = /\b(eu database|database|evidence|policy|risk|incident|account|role|have to|must|obliged)\b/i;

/**
 * Recognises that somebody wants to register an AI system.
 *
 * @returns the name that they gave it, if any; undefined where they want something else
 */
export function wishToRegister(text: string): { readonly name: string | undefined } | undefined {
  const said = text.replaceAll('’', "'").trim();
  const what = WANTS.exec(said)?.[1];
  if (what === undefined || said.length > 200 || !SYSTEM.test(what) || OTHER_MATTER.test(said)) return undefined;
  const named = /["“'«]([^"”'»]{1,80})["”'»]|\b(?:called|named)\s+(.{1,80}?)[.!?]*$/i.exec(what);
  const name = (named?.[1] ?? named?.[2])?.trim();
  return { name: name || undefined };
}
