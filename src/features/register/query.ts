import { STAGE_NAMES, type Stage, SYSTEM_STATE_NAMES, type SystemState } from '../../records/ai-system/ai-system.ts';
import { FACTS } from '../../records/ai-system/facts.ts';
import type { SystemFilter } from '../../records/ai-system/read-systems.ts';
import { ROLES, TIERS } from '../../records/ai-system/triage/proposal.ts';
import { ROLE_WORDS, TIER_NAMES } from '../proposal-words.ts';

/** What somebody wants to see of the register, from their own words. */
export interface SystemQuery {
  readonly filter: SystemFilter;
  /** The filter in words, to be shown with the list: `in use`, `high risk`. Empty where it filters nothing. */
  readonly words: readonly string[];
}

interface Part {
  readonly filter: SystemFilter;
  readonly words: string;
}

const STAGE_WORDS: readonly (readonly [Stage, RegExp])[] = [
  ['deployment', /\b(pilot\w*|roll(ed|ing)?[- ]?out|being introduced|introduction)\b/i],
  ['continuous_validation', /\bstill learning\b/i],
  ['operation_monitoring', /\b(in use|live|in production|productive|in operation|operational|used at the moment)\b/i],
  ['verification_validation', /\b(in test\w*|being tested|under test)\b/i],
  ['design_development', /\b(in development|being (built|developed|made)|under development)\b/i],
  ['inception', /\b(ideas?|planned|being planned|in planning)\b/i],
  ['re_evaluation', /\b(paused|under re-?evaluation)\b/i],
];

const STATE_WORDS: readonly (readonly [SystemState, RegExp])[] = [
  ['submitted', /\b(submitted|wait(s|ing)? for (a |the )?(review|approval|decision)|to (be )?(review|approve)d?)\b/i],
  ['draft', /\b(drafts?|not submitted)\b/i],
  ['sent_back', /\bsent back\b/i],
  ['approved', /\bapproved\b/i],
  ['retired', /\b(retired|switched off|no longer (in use|used))\b/i],
];

/** Kinds of data about people, as options of the fact that keeps them. */
const DATA_WORDS: readonly (readonly [keyof typeof FACTS.personalData.options, RegExp])[] = [
  [
    'contact',
    /\b(customer('?s)?|client|user|staff|employee)s?'? (e-?mails?|data|names?|address\w*|details)\b|\bcontact data\b|\be-?mails?\b|\bphone numbers?\b/i,
  ],
  ['behaviour', /\b(purchases?|clicks?|locations?|behaviou?r|usage data|browsing)\b/i],
  ['financial', /\b(salar\w+|incomes?|payments?|financial data|bank data|debts?)\b/i],
  ['sensitive', /\b(health|medical|patient|religio\w+|ethnic\w*|political|sensitive|special categor\w+)\b/i],
  ['biometric', /\b(faces?|voices?|fingerprints?|biometric\w*)\b/i],
  ['criminal', /\b(criminal|offences?)\b/i],
  ['children', /\b(children|minors|kids|pupils)('s)? ?(data)?\b/i],
  ['free_text', /\b(free text|chat texts?|prompts)\b/i],
];

const ANY_DATA = /\b(personal data|data about people|people's data)\b/i;
const DUE = /\b(due for (a )?review|reviews? (is |are )?(due|overdue|late)|review due|overdue)\b/i;
const ASSESSMENT = /\bimpact assessments? (is |are )?(due|missing|open|to be done)\b|\bassessment due\b/i;
const OWNERLESS = /\b(no|without (an? |any )?)\s*(named )?owners?\b|\bunowned\b|\bownerless\b/i;
const MINE = /\b(my|mine|i own|are owned by me|i am responsible for)\b/i;

/**
 * Reads what somebody wants to see.
 *
 * @param asker the id of the person who asks, whose systems are "mine"
 * @param owners people who own a system
 * @param today YYYY-MM-DD
 */
export function readQuery(text: string, { asker, owners, today }: QueryContext): SystemQuery {
  const parts = [
    ...STAGE_WORDS.flatMap(([stage, pattern]) =>
      pattern.test(text) ? [{ filter: { stage }, words: STAGE_NAMES[stage].toLowerCase() }] : [],
    ).slice(0, 1),
    ...stateIn(text),
    ...tierIn(text),
    ...roleIn(text),
    ...dataIn(text),
    ...(DUE.test(text) ? [{ filter: { reviewDueOn: today }, words: 'review due' }] : []),
    ...(ASSESSMENT.test(text) ? [{ filter: { assessmentDue: true }, words: 'impact assessment due' }] : []),
    ...ownerIn(text, asker, owners),
  ];
  return {
    filter: Object.assign({}, ...parts.map(({ filter }) => filter)) as SystemFilter,
    words: parts.map(({ words }) => words),
  };
}

export interface QueryContext {
  readonly asker: string;
  readonly owners: readonly { readonly id: string; readonly name: string }[];
  readonly today: string;
}

function stateIn(text: string): Part[] {
  const states = STATE_WORDS.filter(([, pattern]) => pattern.test(text)).map(([state]) => state);
  if (states.length === 0) return [];
  return [{ filter: { states }, words: states.map((state) => SYSTEM_STATE_NAMES[state].toLowerCase()).join(' or ') }];
}

function tierIn(text: string): Part[] {
  const tier = TIERS.find((one) => new RegExp(`\\b${one}(?:[- ]?risk)?\\b`, 'i').test(text));
  // "High" and "limited" alone are words of all sorts.
  const isCertain =
    tier &&
    (tier === 'prohibited' ||
      tier === 'undetermined' ||
      new RegExp(`\\b${tier}[- ]?(risk|tier)|\\b(risk|tier):? ?${tier}`, 'i').test(text));
  return isCertain ? [{ filter: { tier }, words: TIER_NAMES[tier] }] : [];
}

function roleIn(text: string): Part[] {
  const role = ROLES.find((one) =>
    new RegExp(`\\b(we are|as|are we|role:?|we act as) (an? |the )?(ai )?${one}s?\\b`, 'i').test(text),
  );
  return role ? [{ filter: { role }, words: `we are ${ROLE_WORDS[role]}` }] : [];
}

function dataIn(text: string): Part[] {
  const kinds = DATA_WORDS.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind);
  const { options } = FACTS.personalData;
  if (kinds.length > 0) {
    return [{ filter: { personalData: kinds }, words: kinds.map((kind) => options[kind].toLowerCase()).join(' or ') }];
  }
  const all = Object.keys(options).filter((kind) => kind !== 'none');
  return ANY_DATA.test(text) ? [{ filter: { personalData: all }, words: 'data about people' }] : [];
}

function ownerIn(text: string, asker: string, owners: QueryContext['owners']): Part[] {
  if (OWNERLESS.test(text)) return [{ filter: { owner: null }, words: 'without an owner' }];
  if (MINE.test(text)) return [{ filter: { owner: asker }, words: 'yours' }];
  const said = text.toLowerCase();
  const firstNames = [...said.matchAll(/\b(?:owner:?|owned by|of|does) (\p{L}{3,})/gu)].map(([, name]) => name);
  const owner = owners.find(({ name }) => {
    const whole = name.toLowerCase();
    return said.includes(whole) || firstNames.includes(whole.split(' ')[0] ?? '');
  });
  return owner ? [{ filter: { owner: owner.id }, words: `of ${owner.name}` }] : [];
}

const ABOUT_SYSTEMS =
  /^(?:(?:hi|hey|hello|please|and|so|ok)[\s,]+)*(which|what|how many|list|show(?: me)?|give me|are there|do we have|who)\b.*\b(systems?|tools?|chat ?bots?|models?|registered|register)\b/i;

const WHAT_IS =
  /^(?:and |so )?(?:what|which)(?:'s| is| are| of ours (?:is|are)|s)? (?:currently |now |all |still )*(in|under|being|waiting|due|retired|live|planned|approved|submitted|sent)\b/i;

const OURS = /\b(our|ours|we|us|register|registered|here|my|mine)\b/i;

/** Questions about what ought to be are answered from guidance. */
const NORMATIVE =
  /\b(must|shall|should|ought|have to|has to|need(s|ed)? to|need an?|required?|mandatory|obliged|standard|clause|annex|42001|iso|article|art\.|mean(s|t)?|definition|count as|considered|under the (eu )?ai act)\b/i;

/** Whether a message may ask for a list of systems, by its first words alone. */
export function mayAskForSystems(text: string): boolean {
  return text.length <= 200 && !NORMATIVE.test(text) && (ABOUT_SYSTEMS.test(text) || WHAT_IS.test(text));
}

/** Whether a message asks for a list of what is in the register. */
export function asksForSystems(text: string, { filter, words }: SystemQuery): boolean {
  if (!mayAskForSystems(text)) return false;
  const isQuestion = ABOUT_SYSTEMS.test(text) || (WHAT_IS.test(text) && words.length > 0);
  if (!isQuestion) return false;
  // "Which systems are high-risk?" asks what the law says, "which of our systems" what the register does.
  const isOfLaw = words.length === 0 || (words.length === 1 && filter.tier !== undefined);
  return OURS.test(text) || !isOfLaw;
}

/** What somebody wants to know of one system. */
export type Intent = 'owner' | 'may-use' | 'missing' | 'data' | 'about';

const INTENTS: readonly (readonly [Intent, RegExp])[] = [
  [
    'owner',
    /\bwho(?:'s| is| are)?\b.*\b(runs?|owns?|responsible|in charge|looks? after|answers? for|owner|manages?|contact)\b|^whose\b/i,
  ],
  [
    'may-use',
    /^(?:so |and )?(may|can|could|am i allowed|are we allowed|is it (ok|okay|allowed|fine|all right)|do i get to)\b.*\b(use|put|enter|paste|feed|upload|share|send|give)\b/i,
  ],
  ['missing', /\b(missing|incomplete|lacking|still (needed|open)|left open|open points?|not complete)\b/i],
  ['data', /\b(what|which) data\b|\bdata (does|do)\b/i],
  [
    'about',
    /^(is|was|has)\b.*\b(approved|registered|reviewed|retired|live|in use|risk|submitted)\b|\b(status|state|stage|risk tier|tier|review date) of\b|^(tell me about|show( me)?|what (do we know|is known) about|what's|what is|when (is|was)|which tier|where is)\b/i,
  ],
];

/** Other things that have owners and gaps. */
const OTHER_THINGS =
  /\b(policy|policies|statement of applicability|soa|audit|clause|control|committee|risk register|objective)\b/i;

/** What a message wants to know of one system, if it names one; undefined where it asks something else. */
export function intentOf(text: string): Intent | undefined {
  if (text.length > 300 || OTHER_THINGS.test(text)) return undefined;
  return INTENTS.find(([, pattern]) => pattern.test(text.trim()))?.[0];
}
