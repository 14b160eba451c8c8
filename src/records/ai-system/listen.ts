import { type Facts, hasSome, says } from './facts.ts';
import type { TopicId } from './topics.ts';

/** Whether an answer is good enough to go on, or has to be asked again in other words. */
export type Heard = 'fine' | Doubt;

export interface Doubt {
  readonly kind: DoubtKind;
  /** What was noticed, to continue "because": "the answer passes the question on". */
  readonly because: string;
  /** The question in other words. */
  readonly askAgain: string;
}

/**
 * `empty`: nothing said; `unknown`: said not to know; `passed_on`: said that others do or know it; `unsure`: said with a hedge where
 * it has to be known; `contradictory`: taken back in the same breath; `denied`: a bare "nobody" or "no personal data", which are
 * seldom so; `lacking`: says plainly that what is asked for does not exist, or leaves out its heart.
 */
export type DoubtKind = 'empty' | 'unknown' | 'passed_on' | 'unsure' | 'contradictory' | 'denied' | 'lacking';

const BECAUSE: Readonly<Record<DoubtKind, string>> = {
  empty: 'nothing was said',
  unknown: 'somebody else may know it',
  passed_on: 'the answer passes the question on, and we have to be able to show it ourselves',
  unsure: 'the answer is not sure',
  contradictory: 'the answer says one thing and then another',
  denied: 'that is seldom so, and an auditor asks twice',
  lacking: 'the heart of the question is still open',
};

/** Each topic once more, narrower: what would settle it. */
const AGAIN: Readonly<Record<TopicId, string>> = {
  I1: 'In one sentence: who uses it, on what or whom, and for which decision or task?',
  I2: 'What exactly is in use, by name and version: product, vendor, model? And does anybody use other tools for the same?',
  I3: 'Since when is it used for real work, by how many people, and what was changed last?',
  I4: 'Which groups of people work with it or see its results?',
  I5: 'Think of the worst result: who feels it first? Whom does it rate, watch, serve or stand beside?',
  I6: 'Which fields go in? Does any of them say something about a person, also by a number, a badge or free text?',
  I7: 'When its result is wrong, who notices before it takes effect? How often does somebody decide otherwise?',
  I8: 'Which countries, by name, for the users and for the people whom it touches?',
  I9: 'When did it last give a wrong result? What was done, and where is that written down?',
  I10: 'Which test results could we show ourselves: what was tried, how often was it right, and for which groups of people?',
  I11: 'Which records are kept, for how long, and who looks at them how often?',
  I12: 'What exactly do people read or hear about it, and where?',
  I13: 'Which duties for errors, changes and data are in writing, and in which document?',
  I14: 'Which one person may stop it, and answers for it from now on?',
};

/**
 * Listens to what somebody said on a topic, for what people do who do not know or would rather not say. It goes by how they say it,
 * not by what the system is.
 *
 * @param facts what is known so far, of this topic and of others
 */
export function listen(topic: TopicId, text: string, facts: Facts): Heard {
  const kind = doubt(topic, text.replaceAll('’', "'").trim(), facts);
  return kind ? { kind, because: BECAUSE[kind], askAgain: AGAIN[topic] } : 'fine';
}

function doubt(topic: TopicId, text: string, facts: Facts): DoubtKind | undefined {
  if (isEmpty(text)) return 'empty';
  if (UNKNOWING.test(topic === 'I1' ? text.replace(/\bask\b/gi, '') : text)) return 'unknown';
  if (isContradictory(topic, text)) return 'contradictory';
  if (OWN_ACCOUNT.has(topic) && PASSED_ON.test(text)) return 'passed_on';
  if (FIRM.has(topic) && HEDGED.test(text)) return 'unsure';
  if (isBareDenial(topic, text)) return 'denied';
  return LACKING[topic]?.(text, facts) ? 'lacking' : undefined;
}

function isEmpty(text: string): boolean {
  return (
    !/[\p{L}\p{N}]/u.test(text) ||
    /^\W*(n\/?a|tbd|todo|test|blah|later|skip|pass|see above|same|whatever|nvm|ok|yes|yep)\W*$/i.test(text)
  );
}

/** Said not to know, or that somebody else has to be asked. */
const UNKNOWING =
  /\b(no (idea|clue)|(do|does|did|would)(n't| not)( really| even)? know|dunno|not sure|unsure|unclear|unknown|who knows|good question|beats me|hard to (say|tell)|can't (say|tell|remember)|cannot (say|tell)|couldn't (say|tell)|no one knows|nobody knows|never (heard|asked)|to be (defined|decided|clarified|confirmed)|tbd|above my pay|not my (job|department|area|business)|(you'd|you would|you'll|i'd|i would|i'll|we'd|we'll|would|should|need to|have to|must) (\w+ )?(have to |need to )?(ask|check|look)\b|ask (them|him|her|the|it|our|legal|someone|somebody|procurement|[A-Z]\w+))/i;

/** Topics of which we have to give an account ourselves, whoever did the work. */
const OWN_ACCOUNT: ReadonlySet<TopicId> = new Set(['I6', 'I9', 'I10', 'I11', 'I12', 'I13']);

/** Somebody else is the one who does, knows or promises it. */
const PASSED_ON =
  /\b(vendors?|supplier|agency|provider|manufacturer|builder|maker|contractor|consultants?|integrator|startup|company|microsoft|google|openai|amazon|it( department)?|legal|procurement|headquarters|hq|they|somebody else|someone else|the other team)( \w+)? (tests?|tested|does|do|did|has|have|handles?|knows?|says?|said|claims?|promised?|promises|takes? care|looks? after|monitors?|checks?|checked|guarantees?|told|assured?|covers?|keeps?|manages?|trained|certified|should|must)\b|\b(their (job|problem|thing|business|responsibility|side)|part of the (service|package)|up to (them|the))\b/i;

/** Topics in which a guess is no answer. Whom a system touches and what may go wrong can only be guessed at. */
const FIRM: ReadonlySet<TopicId> = new Set(['I2', 'I3', 'I6', 'I7', 'I8', 'I10', 'I11', 'I12', 'I13', 'I14']);

const HEDGED =
  /\b(i (think|believe|guess|suppose|assume|reckon|hope)|we (think|believe|guess|assume|hope)|probably|presumably|supposedly|allegedly|apparently|hopefully|maybe|perhaps|possibly|i'd say|more or less|sort of|kind of|as far as (i|we) know|afaik|somebody|someone|somewhere|something|somehow|some (kind|sort|newer|other|model|tool|vendor|company|person|guy)|one of (the|those) (big|large|new|many)?|whatever|or so|in theory|in principle|normally|usually fine|looks? (fine|ok|okay|good)|seems? (fine|ok|okay|to work)|for now|for the time being|so far so good|feels|should|hm+|er+m?|uh+)\b/i;

/** What denies, and what takes a denial or an assurance back. */
const ABSOLUTE =
  /\b(nobody|no one|none|nothing|never|not any|no (people|person|personal|names?|data|risk|one's|problem|problems|issues)|anonym\w*|pseudonym\w*|fully|completely|always|all of|everything|every|100 ?%|only|just|no\b)/i;
const TAKEN_BACK =
  /\b(except|apart from|besides|but|although|though|however|well|okay|ok|true|actually|unless|sometimes|mostly|in the end|on the other hand|or rather|admittedly|to be honest|also|only the|strictly speaking|usually|not needed|in practice)\b/i;

/** Topics in which people deny first and think then. */
const OFTEN_DENIED: ReadonlySet<TopicId> = new Set(['I4', 'I5', 'I6', 'I8', 'I9', 'I12']);

function isContradictory(topic: TopicId, text: string): boolean {
  if (
    /\b(we|they) (know|all know)[^.;]{0,20}(pretend|ignore|look away)|\b(not|isn't|aren't) (really )?needed|don't need/i.test(
      text,
    )
  )
    return true;
  if (topic === 'I7' && PERSON_DECIDES.test(text) && RUBBER_STAMP.test(text)) return true;
  if (!OFTEN_DENIED.has(topic)) return false;
  const denial = ABSOLUTE.exec(text);
  if (!denial) return false;
  const after = text.slice(denial.index + denial[0].length);
  return /^\W*(nobody|no one|none|nothing|never|no\b)/i.test(text) ||
    /anonym|pseudonym|^no|only|just|never/i.test(denial[0])
    ? TAKEN_BACK.test(after)
    : false;
}

/** A person has the last word by the rules, and does not use it. */
const PERSON_DECIDES =
  /\b(decides?|decision|approves?|confirms?|checks?|signs?|reviews?|can (change|override|overrule|edit|correct|adjust|move|reject)|corrects?|final say|last word|clicks?)\b/i;
const RUBBER_STAMP =
  /\b(mostly|usually|almost always|nearly always|normally|in practice|often|basically|99 ?%|9\d ?%|rarely|hardly|never|nobody|no time|too busy|just (click|accept|go|take|approv|sign)|rubber|doesn't|don't)/i;

/** "Nobody", "no personal data": true now and then, and said too easily. */
function isBareDenial(topic: TopicId, text: string): boolean {
  if (topic === 'I5') return /^\W*(nobody|no one|none|just us|only us|only ourselves|just ourselves)\b/i.test(text);
  if (topic === 'I9')
    return /^\W*(no|nope|nothing|none|never|all good|works( fine)?|nothing (so far|yet|really|happened|serious|much)|no (problems|issues|incidents))\W*$/i.test(
      text,
    );
  if (topic !== 'I6') return false;
  return (
    /\b(no (people|persons?|names|personal|customer data|private)|nothing (personal|about people|sensitive|secret)|not personal|anonym\w*|only anonym\w*)\b/i.test(
      text,
    ) && !/\b(checked|verified|audit\w*|reviewed|report|confirmed)\b/i.test(text)
  );
}

const NUMBER =
  /\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve|hundred|thousand|weekly|monthly|daily|quarterly)\b/i;

/** By topic: whether what is at its heart is missing. */
const LACKING: { readonly [Topic in TopicId]?: (text: string, facts: Facts) => boolean } = {
  I1: (text) => text.split(/\s+/).length < 4,
  I2: (text, facts) =>
    UNAPPROVED.test(text) ||
    UNDISCLOSED.test(text) ||
    CLAIMED.test(text) ||
    (speaksOfOthers(text, facts) && !namesSomething(text)),
  I3: (text) =>
    /\b(officially|on paper|still (a )?pilot|never (ended|stopped)|half|depends|permanent pilot|both)\b/i.test(text),
  I5: (text) =>
    /^\W*(everyone|everybody|anyone|people|users|all|whoever[^.;]*)\W*$/i.test(text) || BELITTLED.test(text),
  I6: (text) =>
    CLAIMED.test(text) ||
    AND_SO_ON.test(text) ||
    /^\W*(data|our data|everything|all( of it)?|lots|the usual)( stuff)?\W*$/i.test(text),
  I7: (text) => RUBBER_STAMPED.test(text),
  I9: (text) => NOT_DEALT_WITH.test(text) || (TELLS_OF_HARM.test(text) && !WRITTEN_DOWN.test(text)),
  I10: lacksTest,
  I11: (text) => NOT_WATCHED.test(text) || !(NUMBER.test(text) || WATCHED.test(text)),
  I12: (text) => NOT_TOLD.test(text) || !TOLD.test(text),
  I13: (text) =>
    !NO_CONTRACT_NEEDED.test(text) && (NOT_AGREED.test(text) || OLDER_THAN_IT.test(text) || !DUTIES.test(text)),
  I14: (text) => NOT_OWNED.test(text) || !ANSWERABLE.test(text) || TWO_DEPARTMENTS.test(text) || TWO_NAMES.test(text),
};

/** The maker keeps it to itself. */
const UNDISCLOSED =
  /\b(they|vendor|nobody|it) (don't|doesn't|do not|does not|won't|never|didn't) (tell|say|disclose|show|explain)\b|\b(black box|secret|not public|version (we|i) (don't|do not) know)\b/i;

/** Made small: "it's just planning". */
const BELITTLED =
  /\b(it'?s|that'?s|this is|they'?re) (just|only|all|fine|nothing|harmless)\b|\bthat's (it|all)\b|\bso (it'?s|that'?s) (fine|ok|okay)\b|\bnobody (is|gets|will be) (hurt|harmed|affected)\b|\bno (one|harm|impact|big deal|consequences?)\b|\bindirectly\b|\bat (most|worst)\b[^.;]*\b(silly|annoy\w*|minutes?|half an hour)\b/i;

const AND_SO_ON =
  /\b(and so on|etc|and stuff|stuff like|that sort of|things like that|the usual|all sorts|whatever they|and more|good question)\b/i;

/** Who decides takes what comes. */
const RUBBER_STAMPED =
  /\b(nobody (looks|reads|does|ever)|(we|they|people|everyone|everybody) (just |simply |always |mostly )?(take|takes|click|clicks|follow|follows) (it|the top|from the top|ok|yes|what)|never (overruled|changed|rejected)|no time to)\b/i;

const CLAIMED = /\b(vendor|they|provider|agency)\b[^.;]{0,25}\b(says?|said|claims?|promis\w+)\b|\bsaid to be\b/i;

/** Somebody had a disadvantage, or complained. */
const TELLS_OF_HARM =
  /\b(complain\w*|angry|sued|union|newspaper|press|thrown|rejected|refused|blocked|injured|hurt|clipped|wrong (person|people|customer|patient|address|amount|invoice)|only (men|women)|got no|had to|discriminat\w*|missed|misses|false alarms?|the usual)\b/i;
const WRITTEN_DOWN =
  /\b(record\w*|log|logged|logs?book|ticket\w*|incident\w*|inc-?\d+|filed|report\w*|noted|wrote (it|that|them)|written|list|register\w*|documented|minutes|root cause|corrected|informed|told the|fixed)\b/i;

const NOT_DEALT_WITH =
  /\b(ignor\w+|stopped (looking|reading|trusting)|got used to|happens (a lot|all the time|often)|(don't|not|never|nobody) (\w+ )?(report|record|write|wrote|recorded|reported|saw|noticed|told)\w*|no log|keep quiet|not a big deal|swept|forgot\w*|fixed (it )?quietly|don't know why|complaints)\b/i;

const WATCHED =
  /\b(dashboards?|alerts?|alarms?|monitor\w*|reviews?|checks?|looks? at|watch\w*|samples?|every|each|always|regularly|on call|audit\w*)\b/i;
const NOT_WATCHED =
  /^\W*(nothing|nobody|no one|none|no)\b|\b(no|not|nothing|nobody|no one|never)\b[^.;]{0,25}\b(log|record|stor|kept|keep|look|watch|check|monitor|read|alarm|alert|decided)|\b(when|if|only if)\b[^.;]{0,30}\b(complain|break|wrong|crash|fail|happen|ask)|\bwho (looks|checks|reads|knows|watches)\b/i;

const NOT_TOLD =
  /^\W*(nothing|not much|none|nope|nobody|little|no)( really| yet| decided| planned)?\W*$|\b(not told|nobody (is )?(told|tells|knows)|(don't|do not|didn't|never) (\w+ )?(know|tell|label|mark|mention|inform|say)|not (yet|decided)|planned|small print|fine print|buried|page \d+|nothing decided)\b/i;

/** What tells people what it is, what it does or what it cannot do. */
const TOLD =
  /\b(train\w*|instruct\w*|brief\w*|course|workshops?|webinar|manual|guides?|guidelines?|guidance|leaflets?|handbook|e-?learning|notice|banner|label\w*|disclaimer|disclos\w*|consent\w*|explain\w*|inform\w*|told|tells?|says? (it|that|i|hello|so)|saying|sign(ed|s)?( at| up)?|letters?|privacy (policy|notice)|announce\w*|watermark\w*|caption\w*|intro\w*|begins with|first (line|sentence|screen|message)|AI|bot|robot|automatic\w*|computer|wiki|page|icon|pop-?up|agree|posters?)\b/i;

const NOT_OWNED =
  /\b(nobody|no one|no owner|everyone|everybody|all of us|both|shared|between|jointly|together|left|vacant|interim|temporar\w*|unclear|officially|on paper|not (yet )?(decided|defined|named|assigned|me)|me, (for|until)|but|started it|used to|or (it|hr|marketing|sales|legal|finance))\b/i;
const TWO_DEPARTMENTS = /^\W*[\p{L}&]+( [\p{L}&]+)? and [\p{L}&]+( [\p{L}&]+)?\W*$/u;
const TWO_NAMES = /\b\p{Lu}\p{Ll}+ (and|or) \p{Lu}\p{Ll}+\b/u;

const UNAPPROVED =
  /\b(free (chatbots?|chatgpt|version)|private (accounts?|phones?)|shadow|pretend|unofficial\w*|own (chatgpt|accounts?)|secretly|nobody approved|without (asking|permission|approval)|some (folks|people|colleagues)( \w+)? (use|paste|try))\b/i;

/** Agreed before there was anything to agree on. */
const OLDER_THAN_IT =
  /\b((from|signed|made|agreed) before|before (the|this) (ai|model|feature|script|tool|module)|already in (the|our)|(in|from) (19|20)[01]\d|years? (ago|old)|signed long|long ago|old (one|contract|agreement)|general (contract|agreement)|part of the (phone|lease|rental|maintenance)|lease|rental)\b/i;

/** Somebody by name or office, or a team. */
const ANSWERABLE =
  /\b(i|me|my|myself|head|director|manager|lead|leader|chief|owner|officer|dean|deputy|president|founder|coordinator|principal|editor|C[A-Z]O|team|department|dept|unit|group|dr|prof|management|office|operations|marketing|finance)\b|(?<=[\s,(:])\p{Lu}\p{Ll}+|^\W*\p{Lu}\p{Ll}+( \p{Lu}\p{Ll}+|\W*$)/u;

/** What a contract says where it shares out duties. */
const DUTIES =
  /\b(responsib\w*|liab\w*|incidents?|must|have to|notif\w*|report\w*|inform\w*|changes?|errors?|support|sla|response times?|maintenance|audit\w*|warrant\w*|indemn\w*|duties|who does|raci|annex|exclud\w*)\b/i;
const NO_CONTRACT_NEEDED =
  /\b(no (vendor|supplier|external|contract needed)|internal|in[- ]?house|own development|we (built|made) it)\b/i;

const NOT_AGREED =
  /\b(nothing|no|not|none|never|doesn't|don't|isn't|without|nobody|handshake|verbal\w*|trust)\b[^.;]{0,40}\b(contract|ai|model|liab\w*|written|writing|signed|agreed|agreement|know|mention\w*|say|says|cover\w*|script|clear|defined|yet)\b|^\W*(no|none|nothing|nope|standard|the usual|normal)( contract| terms)?\W*$|\b(nothing|not a word|no word|silent) (on|about|regarding|for)\b|\b\w+ no\W*$|\b(not|nothing) in it\b|\b(standard (terms|contract|licen[cs]e)|click[- ]?through|click|terms (of service|of use|and conditions)|t&cs?|tos|eula|old contract|expired|draft|offer|purchase order|their terms|template)\b/i;

function speaksOfOthers(text: string, facts: Facts): boolean {
  return (
    says(facts, 'origin', 'bought', 'commissioned', 'vendor_model', 'changed') ||
    /\b(vendor|bought|licen[cs]e\w*|agency|supplier|startup|saas|subscription|api|model|machine builder|consultant\w*)\b/i.test(
      text,
    )
  );
}

/** A name other than at the beginning of a sentence, or with a digit as in GPT-4. */
function namesSomething(text: string): boolean {
  return /^\p{Lu}[\p{L}\p{N}]+(?=,|\.|$|\s(?:\d|Team|Enterprise|Pro))(?<!Vendor|Agency|Bought|Internal|Licence|License|Standard|Supplier|Subscription)|(?<![.!?:]\s)(?<=[\s,('"])\p{Lu}[\p{L}\p{N}]{2,}|\b\p{L}+-?\d[\p{N}.]*\b(?! ?(seats|users|people|weeks|months|years|licen|%))/u.test(
    text.replace(/\b(LLM|API|SaaS|AI|IDE|IT|HR|CEO|CRM|ERP|PDF|SAAS|ML|US|UK|EU|EUR|I)\b/g, ''),
  );
}

const NO_TEST =
  /\b(not|n't|never|no|nobody|without)\b[^.;]{0,20}\btest|\bnot (really|yet|at all|tested)|^\W*(no|nope|none|nothing|nobody|not)\b/i;
const THIN_TEST =
  /\b((i|we) (just |only |briefly )?(tested|looked|clicked)|tried|played|a few|a couple|on one|once|quick\w*|demo|gut feeling|by eye|sanity|spot checks?|works( fine)?|good feedback|nobody complained|white ?paper|bench ?marks? (of|by) the)\b/i;
const TESTED =
  /\b(report|documented|protocol|backtest\w*|test set|metrics?|validation|acceptance|benchmark\w*|regression|pilot study|mape|auc|f1|gini)\b/i;
const FAIRNESS =
  /\b(fair\w*|bias\w*|groups?|gender|women|men|girls|boys|age|origin|skin|language|discriminat\w*|minorit\w*|equal\w*)\b/i;
const NO_FAIRNESS =
  /\b(fair\w*|bias\w*|groups?|girls|women|men)\b[^.;]{0,30}\b(no|not|n't|never|nobody|what|hm+|hard)\b|\b(no|not|n't|never|nobody|what)\b[^.;]{0,40}\b(fair\w*|bias\w*|groups?)\b|\bfair(ness)?\s*\?|\bso (it|we|that)('s| is| are)? (fair|neutral|objective)/i;

function lacksTest(text: string, facts: Facts): boolean {
  if (NO_TEST.test(text) || THIN_TEST.test(text) || NO_FAIRNESS.test(text)) return true;
  const judgesPeople =
    says(facts, 'profiling', 'yes') ||
    hasSome(facts, 'listedUse') ||
    says(facts, 'affected', 'applicants', 'students', 'vulnerable', 'children');
  if (judgesPeople && !FAIRNESS.test(text)) return true;
  return !NUMBER.test(text) && !TESTED.test(text);
}
