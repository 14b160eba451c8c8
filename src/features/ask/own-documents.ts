/** What an organisation calls its documents. */
const DOCUMENT =
  '(polic(y|ies)|procedure|plan|contract|agreement|report|minutes|record|log|guideline|handbook|manual|assessment|statement|schedule|checklist|review|audit|tests?|training|register|card|documentation|document|evidence|rules?)s?';

/** Asks what a document of the organisation says, and not what it ought to say. */
const PATTERNS = [
  new RegExp(
    `\\bour (own )?([\\w-]+ ){0,4}${DOCUMENT}\\b.*\\b(says?|said|states?|tells?|mentions?|contains?|covers?|promises?|lays? down|sets? out)\\b`,
    'i',
  ),
  new RegExp(
    `\\b(does|do|did) our (own )?([\\w-]+ ){0,4}${DOCUMENT}\\b.*\\b(say|state|tell|ask|require|allow|forbid|mention|contain|cover|promise|set|define|find|show)\\b`,
    'i',
  ),
  new RegExp(`\\b(according to|as (stated|written|set) in|based on) our (own )?([\\w-]+ ){0,4}${DOCUMENT}\\b`, 'i'),
  new RegExp(
    `\\b(stands?|written|says?|said|found|stated|mentioned|covered)\\b.{0,30}\\bin our (own )?([\\w-]+ ){0,4}${DOCUMENT}\\b`,
    'i',
  ),
  /\bEV-\d+\b/i,
];

/** Whether a question asks what a document of the organisation says. */
export function asksOfOwnDocuments(question: string): boolean {
  return PATTERNS.some((pattern) => pattern.test(question));
}

/** Asks what a certain document says, which may be the organisation's. */
const THE_DOCUMENT = new RegExp(
  `\\b(does|do|did) the ([\\w-]+ ){1,4}${DOCUMENT}\\b.*\\b(say|state|tell|mention|contain|cover|promise)\\b`,
  'i',
);

/** Whether a question asks what a document says that need not be the organisation's: what it names tells. */
export function asksOfSomeDocument(question: string): boolean {
  return THE_DOCUMENT.test(question);
}
