import { namesItsSubject } from './readings.ts';

/** A kind of question that Steward does not answer, and what it says instead. */
interface Kind {
  readonly name: string;
  readonly isMeant: Test;
  /** Why not, and how to go on. */
  readonly reply: string;
  /** Somebody in the organisation may answer it all the same. */
  readonly isForLead?: boolean;
}

/** What a question is that Steward declines whatever the guidance says about its words; undefined for all others. */
export type OutOfScope = Pick<Kind, 'name' | 'reply' | 'isForLead'>;

type Test = (question: string) => boolean;

const matches = (...patterns: readonly (RegExp | Test)[]): Test => {
  return (question) =>
    patterns.some((pattern) => (typeof pattern === 'function' ? pattern(question) : pattern.test(question)));
};

/** The question is about what ought to be, which guidance can answer, and not about what was or is. */
const NORMATIVE =
  /\b(must|shall|should|need(s|ed)?|ha(ve|s|d) to|may|can|could|would|allow(ed)?|require[ds]?|suppose|supposed|ought|mandatory|oblig(ed|ation)|enough|count|if|standard|clause|annex|control|42001|iso)\b/i;

/** The organisation itself, its people and its things. */
const OWN = /\b(our|ours|we|us|my (team|department|boss|company|colleague)|here|at our place)\b/i;

/** When something happened that is over. */
const PAST_TIME = String.raw`(last (\w+ )?(week|month|year|time|spring|summer|autumn|winter|quarter)|yesterday|(days?|weeks?|months?|years?) ago|in (20\d\d|(january|february|march|april|june|july|august|september|october|november|december|(the )?(first|second|third|fourth) quarter|q[1-4])\b)|on (mon|tues|wednes|thurs|fri)day)`;

/** Ways to begin a question about something that happened, or that only the organisation's own records can tell. */
const FACT = matches(
  /^(did|was|were|has|have|had)\b/i,
  /^who('s| is) our\b/i,
  /^who(?:'s| is) the (owner|lead|sponsor|manager) of the\b/i,
  /^who (signed|approved|wrote|decided|complained|reported|filed|raised|handed in|owns|sits|sat)\b/i,
  /^when(('s| is| was) (our|my|the (next|last))|('s| is| was| did) (we|our|my))\b/i,
  /^where did we (save|store|keep|put|file)\b/i,
  /^which (of our(?! (clauses|controls)\b)|\w+ did we)\b/i,
  /^(are|is) (any|all|some|one) of our\b/i,
  /^(is|are) (our|the) .*\b(already|yet|renewed|signed|done|finished|approved|insured|certified|trained|tested|registered|audited)\b/i,
  /^how (much|many)\b.*\b(did|have (we|our)|do we have|spent|work (here|in|for))\b/i,
  /^(what('s| is| was| did)|name of)\b.*\b(that (the )?\w+ (set|chose|picked|decided)|we (set|picked|chose|decided|agreed)|did (we|the \w+ (auditor|board|bank))|gave us|on our|of our next)\b/i,
  /^(what|which)( \w+)? did\b/i,
  new RegExp(
    String.raw`^(who|what|when|where|which|how (many|much|high))\b.*\b(did|was|were|has|had|\w+ed)\b.*\b${PAST_TIME}`,
    'i',
  ),
  /^when (exactly )?did (we|our|my)\b|^which of my (people|employees|colleagues|team)\b|^ha(s|ve) any(one|body)\b.*\b(yet|already)\b/i,
  /^(on |in |at )?(which|what) \w+( of \w+ \w+)? (is|are) (our|the)\b.*\b(running|stored|hosted|kept)\b|^where (is|are) (the|our) (folder|file|slides|presentation|recording)\b/i,
  /^when do(es)? our (contract|licen[cs]e|subscription|lease)\b|^which customers (use|have|bought)\b/i,
  /^(list|show|give|send)( me| us)?( all)? our\b/i,
  /^[Dd](o|oes|id) (we|our)\b.*\b\p{Lu}\p{Ll}+ or \p{Lu}\p{Ll}+\b/u,
);

/** Whether a question is about what happened, to whomever. */
export function asksWhatHappened(question: string): boolean {
  return FACT(question.replace(GREETING, '')) && !NORMATIVE.test(question);
}

const GREETING = /^(hey|hi|hello|so|and|ok|please|pls)[\s,]+/i;

/** Whether a question is about a fact of the organisation, which its own documents alone can tell. */
export function isAboutOwnFacts(question: string): boolean {
  const text = question.replace(GREETING, '');
  return (
    asksWhatHappened(text) && namesItsSubject(text) && (OWN.test(text) || NAMED_THING.test(text)) && text.length < 160
  );
}

/** A certain thing of last week, or one that has a name of its own. */
const NAMED_THING = new RegExp(
  String.raw`\b(${PAST_TIME}|today|tomorrow|last (monday|tuesday|wednesday|thursday|friday|test)|this (week|month|year)|legal approve|(yet|already)[\s?.]*$|the (folder|file|slides|presentation|recording)|the \w+ (model|bot|chatbot|tool|branch|office))`,
  'i',
);

/** Standards and frameworks that the guidance covers, or sets beside ISO/IEC 42001. */
const KNOWN_STANDARDS = new Set(
  '42001 22989 23894 42005 42006 27001 27002 27701 9001 9000 17021 19011 38507 5338 31000 5259 25059 23053 24027 24028 24368'.split(
    ' ',
  ),
);

const OTHER_FRAMEWORKS =
  /\b(soc ?2|pci(?:[ -]dss)?|hipaa|hitrust|fedramp|cmmc|cobit|itil|nis ?2|dora|csrd|esrs|mdr|ivdr|ifrs|us[ -]gaap|basel|solvency|sox|tisax|ferpa|ccpa|glba|iatf|haccp|osha|rohs|eidas|psd2|mifid|cyber resilience act|digital services act|iec 6\d{4}|gxp|ppap|transfer pricing|(machinery|working time|low voltage) directive|adequacy decision)\b/i;

function isAboutAnotherStandard(question: string): boolean {
  // What a supplier shows is a question of A.10.3, whatever it is called.
  if (/\b42001\b|\baims\b|\bai\b|\b(supplier|vendor)s?\b/i.test(question)) return false;
  const numbers = [...question.matchAll(/\b(?:iso|iec|en|norm)(?:\/iec)?[ -]?(\d{4,5})\b/gi)].map(
    ([, number]) => number,
  );
  const unknown = numbers.some((number) => number !== undefined && !KNOWN_STANDARDS.has(number));
  return unknown || OTHER_FRAMEWORKS.test(question);
}

/** Whether something is lawful is asked of the organisation itself, and not what the law is about. */
const ASKS_WHETHER_LAWFUL = matches(
  /^(?!if\b).*\b(is|are|am|was|were|would|will|might|could)\b[^.?!]*\b(our|my|we|i|this|that|it)\b[^.?!]*\b((il)?legal(?=[\s?.!]*$| (to|for|in|under|with|here|or)\b)(?! (or the|in the))|(un)?lawful|against the law)\b/i,
  /\b(are|am|were) (we|i) (\w+ )?(breaking|violating|breaching|infringing)\b/i,
  /\b(do|does|did|have|has) (we|i|our (\w+ )?\w+|this|that|it) (break|broke|broken|violate|violated|breach|breached|infringe|infringed)\b.*\b(law|gdpr|act|copyright|regulation|privacy)\b/i,
);

/** A circumstance is named, or what ought to be: guidance can say something on that. */
const NAMES_A_CIRCUMSTANCE =
  /\b(if|when|without|because|once|although|since|after|before|through|by|automatically|have to|need|must|should|despite|and (still|yet))\b/i;

const READY_OR_COMPLIANT = String.raw`((really|fully|already|now|currently|actually|iso|42001|in) )*(compliant|compliance|comply|conform|conforming|conformant|conformity|audit-?ready|certifiable|ready)\b`;
const THE_AUDIT = String.raw`(( for| with| in| at| to)? (the |our |this |that |next |an? )*(\w+ )?(audit|certification|certificate|certified|stage|visit|assessment|review|iso|42001|standard|norm|aims|act|gdpr|clause|control|[A-D]?\.?\d|everything|all)\b[\w ./-]*)?`;

/** A verdict on the organisation is asked for, and nothing is said by which guidance could answer. */
function asksForVerdict(question: string): boolean {
  const text = question.replace(
    /^(hey|hi|hello|so|and|ok|okay|please|pls|just tell me|tell me|honestly|be honest)[\s,:]+/gi,
    '',
  );
  return ASKS_FOR_VERDICT(text) && !NAMES_A_CIRCUMSTANCE.test(text);
}

const ASKS_FOR_VERDICT = matches(
  new RegExp(
    String.raw`^(if |whether )?(are|is|do|does|did) (we|our [\w ]+?) ${READY_OR_COMPLIANT}${THE_AUDIT}[\s?.!]*$`,
    'i',
  ),
  new RegExp(
    String.raw`^(will|would|do) (we|i|our (\w+ )?\w+) (\w+ )?(pass|fail|survive|make it|get|be)\b${THE_AUDIT}( (on|next|this) \w+)?[\s?.!]*$`,
    'i',
  ),
  /^how (compliant|conformant|ready|mature) (are|is) (we|our)\b/i,
  /\b(chances?|odds|probability|likelihood)\b.*\b(we|us|our|of)\b.*\b(pass|fail|get|certif)/i,
  /^(can you |could you |please )*(rate|score|grade|judge|certify) (us\b|our (\w+ )?(compliance|conformity|readiness|aims|management system|maturity))\b/i,
);

/** The kind that the organisation's own documents may answer all the same. */
export const OWN_FACTS = 'own-facts';

const NOT_OUR_WORK = 'That is not my work. I answer questions about ISO/IEC 42001 and about managing AI responsibly.';

const KINDS: readonly Kind[] = [
  {
    name: 'secrets',
    isMeant: matches(
      /\b(api|access|secret|signing)[ -]?keys?\b.*\b(you|your|yours)\b|\byour (api|access|secret|signing)[ -]?(key|token)/i,
      /\byour (\w+ )?(system prompt|prompt|instructions|rules|password|token)\b/i,
      /\b(print|show|reveal|repeat|tell|give|what)\b.*\b(system|hidden|initial) (prompt|instructions)\b/i,
      /\b(admin|administrator|root|database|server)('s)? (password|login|credentials)\b|\blogin (of|for|to) the (admin|database|server)/i,
      /\b(ignore|forget|disregard) (all |any |of |the )*(your |previous |prior |earlier |all )+(\w+ )?(instructions|rules|prompt)/i,
      /\b(ignore|forget) (everything|all|what) (you|that you) (learned|were told|know)\b/i,
      /\b(you are|act as|become) (now )?(dan\b|.*\b(without|no) (any )?(rules|limits|restrictions))|\b(have|with) no (rules|limits|restrictions)\b|\badmin mode\b/i,
      /\bpasswords?\b.*\b(of|for) (the |our )?(auditor|admin|ceo|boss|colleague|account|server|database|guest)/i,
      /\b(text|everything|words|lines?) above\b|\b(were|was) (told|given to you) before (this|our)\b|\bevery (tool|function) you\b|\bdeveloper mode\b|\b(pretend|imagine) (that )?you( are|'re)\b/i,
      /\b(print|show|dump) (me )?your (config|settings|environment|source)/i,
    ),
    reply:
      'I give away no keys, settings or instructions of mine, and instructions in a question change nothing. An administrator can say how I am set up.',
  },
  {
    name: 'forged-records',
    isMeant: matches(
      /\bback-?dat(e|ed|ing)\b|\bante-?date/i,
      /\b(fake|forge|fabricate|falsify|invent|make up|fudge)\b.*\b(record|minute|log|result|signature|certificate|evidence|report|approval|test results?|entr|date)/i,
      /\b(change|edit|alter|delete|rewrite|tidy)\b.*\b(log|record|minutes|entry|report)s?\b.*\b(so that|to) (it )?looks?\b/i,
      /\bhow (do|can|could|to) .*\bhide\b|\bhide (the|a|our) (open )?(major|minor|finding|incident|nonconformit)/i,
      /\b(as if|as though) (it|they|we|he|she) (had|were|was|came)\b|\bmust look real\b|\b(that|which) looks? (a|one|two|\d+) (day|week|month|year)s? old\b/i,
      /\b(believable|plausible|realistic|invented|made-up) (entries|records|results|minutes|signatures|dates|figures)\b/i,
      /\bmake\b.*\b(disappear|vanish|go away) before\b|\bso that (the )?(auditor|inspector|certifier|regulator|he|she|they) (do(es)?(n't| not)|won't|will not|never) (find out|notice)/i,
      /\b(write|make|create|produce|generate|fill|sign|draft|prepare)\b.*\b(never (took place|happened|existed)|did not (take place|happen)|(older|earlier|wrong|old) date|(doesn'?t|does not|won'?t) (notice|see)|retroactively)\b/i,
      /\bcreate\b.*\b(log )?entries for\b|\bsign\b.*\b(in|with) (the )?\w+('s)? name\b/i,
    ),
    reply:
      'I do not help to make up, backdate or hide records. An honest gap with a date, a reason and a plan stands up in an audit; a made-up record ends trust. Ask me how to treat the gap as a nonconformity (10.2).',
  },
  {
    name: 'personal-matters',
    isMeant: matches(
      /\b(home|private|mobile) (address|number|phone|mail|messages?|chats?)\b|\bphone number of\b|\bpersonal file of\b/i,
      /\b(salary|sick leave|performance (warning|review) of|scored (lowest|highest)|pregnan)\b|\b(who|why) (was|were|got)\b.*\bfired\b/i,
      /\b(everything|all|what)( that)? my (boss|colleagues?|manager|team) (typed|wrote|asked|said)\b|\bwhat (sort|kind) of (person|man|woman) is\b/i,
      /^is (it true that )?(?!Annex|Clause|Control|Article|Microsoft|Copilot|Claude|Gemini|Google|Steward)\p{Lu}\p{Ll}+ (still|really|was|is|got)\b/u,
      /\bwho (complained|reported|raised|handed in|filed|sent)\b.*\b(anonymous|concern|complaint|about|against|us)\b/i,
      /^(has|did|is|was) (?!Annex|Clause|Control|Article|Microsoft|Copilot|Claude|Gemini|Google|Steward)\p{Lu}\p{Ll}+( \p{Lu}\p{Ll}+)? (had|get|got|from|on|in|ill|sick|sign|been|fail)/u,
      /\b(which|what) colleague\b.*\bname\b|\bname of the (person|colleague) who (complained|reported)\b/i,
    ),
    reply: 'I tell nothing about single people beyond the roles they hold. `/aims roles` shows those.',
  },
  {
    name: 'health',
    isMeant: matches(
      /\b(chest pain|my (risk of|symptoms|pain|doctor)|dose of|paracetamol|ibuprofen|what should i take|i feel (sick|ill)(?! about)|suicidal thoughts)/i,
    ),
    reply: 'I cannot help with health. Please ask a doctor, and in an emergency call the emergency number at once.',
  },
  {
    name: 'legal-advice',
    isMeant: matches(
      /\b(sue|sues|sued|suing|lawsuit|in court|the court|go to jail|prison|prosecut)\b/i,
      /\bhow (big|high|much) (a|is the) (fine|penalty|compensation)\b.*\b(we|i)\b|\b(will|would) (we|i) (win|lose|be (fined|liable|prosecuted)|have to pay (a fine|damages|compensation))\b/i,
      /\bwas (that|this|it) (lawful|legal|illegal)\b|\bis (our|this|the|my) (contract|clause|dismissal|firing|patent|claim)\b.*\b(valid|enforceable|lawful|legal|void)\b/i,
      /\b(draft|write|prepare)\b.*\b(court|judge|lawsuit|claim of)\b/i,
      /\b(is it|are we|would it be) (legal|illegal|liable)\b(?!.*\b42001\b)/i,
      ASKS_WHETHER_LAWFUL,
      /\b(would|will) (a|the) judge\b|\bwhat are our (chances|odds)\b|\b(chances|odds) in court\b|\bdo i have a claim (if|against)\b|\bget my money back\b|\bthe settlement\b|\b(they|he|she|you) fine (us|me)\b/i,
      /\b(apply for|file|register) (a|our|the) (patent|trade ?mark)|\bour patent\b|\bpunish(ed|ment) (for|is there)\b/i,
    ),
    reply:
      'I give no legal advice: whether something is lawful is for your lawyers or your data protection officer. I can say which records usually help them: purpose and use (A.9.4), impact assessments (A.5.3), logs (A.6.2.8) and incident records (A.8.4).',
    isForLead: true,
  },
  {
    name: 'verdict',
    isMeant: asksForVerdict,
    reply:
      'I give no verdict on conformity, and nobody can promise the result of an audit: your internal audit (9.2.1) is the honest test, and the certification body decides. Name a clause or control, and I say what an auditor asks there and what serves as evidence.',
    isForLead: true,
  },
  {
    name: 'other-standard',
    isMeant: isAboutAnotherStandard,
    reply:
      'I know ISO/IEC 42001 and what lies beside it: ISO/IEC 27001, ISO 9001, the NIST AI RMF, the GDPR and the EU AI Act, each as far as they touch it. On other standards and frameworks I have nothing.',
  },
  {
    name: 'harm',
    isMeant: matches(
      /\b(nudes?|porn\w*|make a bomb)\b|\b(write|make|build|create|code)\b.*\b(ransomware|malware|virus)\b/i,
      /^(hey |please )?(how (do|can|to|could|should)|help|show|teach|tell)\b.*\b(get around|bypass|circumvent|trick|fool|evade|cheat|dodge)\b.*\b(filter|guard ?rails?|safety|auditor|regulator|inspector|authority|law)\b/i,
    ),
    reply:
      'I do not help with that. If something stands in the way of your work, I can say what ISO/IEC 42001 expects, and how to ask for an exception openly.',
  },
  {
    name: 'errands',
    isMeant: matches(
      /\b(wi-?fi|wlan|vpn|guest network)\b.*\b(password|code)\b|\b(password|code) (for|of) (the )?(guest )?(wi-?fi|wlan|vpn|network)\b/i,
      /\b(write|compose|tell|make|draw|design|generate|suggest|create)\b (me |us )?(a |an |some |the )?(short |funny |new )?(poem|joke|song|story|logo|image|picture|mascot|name for|function|script|macro|cover letter)/i,
      /^(please |can you |could you |now )?(write|code|program|build|implement|debug|fix|give|show|need|make)\b.*\b(python|javascript|java|sql|regex|regular expression|excel formula|bash|powershell|kubernetes|pytorch|tensorflow|neural net(work)?|prometheus alerts?)\b/i,
      /^(please |can you |could you |help me to )*(i need|write|make|create|design|draft|draw|compose|generate)( me| us)? (a|an|some|the|my) ([\w-]+ ){0,2}(card|post|tweet|speech|toast|essay|blog|slogan|video|website|game|homework|press statement|job advert|slide deck|diagram|photo)\b/i,
      /^(please |can you |could you )?(write|compose) (me )?a (reply|letter|mail|message)\b|\bdo my homework\b|\bmy script (stops|crashes|fails|does)\b/i,
      /^(how (do|can|should|to)|why (do|does|is|did)|write|fix|explain|set up|help|can you|please|our|my|is it better)\b.*\b(kubernetes|docker|gitlab|jenkins|terraform|nginx|react|vue|typescript|pandas|numpy|vlookup|localhost|css|html|embeddings)\b(?!.*\b(audit|control|evidence|iso|record|risk)s?\b)/i,
      /\b(regex|excel formula|python (code|script|function)|sql|(kubernetes|helm|docker) (yaml|file|chart)|prometheus alerts?)\b.*\b(for|that|to|which)\b/i,
      /\b(translate|rewrite|proof-?read|summari[sz]e) (this|the following|my|all of|')/i,
      /^(please |can you |could you )?(book|order|reserve) (a|an|the|me|my|us|\d+)\b/i,
      /\b(price|cost|charge|fee)s?\b.*\bper (million|token|seat|(audit )?day|hour|month|user)\b|\bday rate\b|\bprice of the\b/i,
      /\b(cost|price|charge|how much)\b.*\b(licen[cs]e|subscription|premium plan|penetration test)s?\b|\b(licen[cs]e|subscription|premium plan)s? costs?\b|\bget (me|us) a quote\b/i,
      /\b(better|best|cheapest|cheaper|recommend|rank)\b.*\b(law firm|lawyer|insurance|bank|laptop|phone|brand|cloud provider|consultanc)|\b(platform|law firm|lawyer|insurance company|laptop|phone|brand)s?\b.*\b(is|are|would you) (the )?(better|best|cheapest|cheaper|recommend)\b/i,
      /^(what|which|how (much|many)|who|is|are|did|has)\b(?!.*\b(must|need|have to|force|appl(y|ies))\b).*\b(as of today|this morning|right now|at the moment|today's|worldwide)\b|\bin the news\b|\bstock should\b|\bmarket share\b|\bis the \w+ api down\b/i,
      /\b(cost|price|charge|pay)s?\b.*\bfor \d+ (users|seats|people|licen[cs]es)\b|\b(vanta|drata|onetrust)\b.*\b(cost|price|plan)s?\b/i,
      /\b(course|training|exam|seminar)s?\b.*\bin \p{Lu}\p{Ll}+ in (january|february|march|april|may|june|july|august|september|october|november|december)\b/iu,
      /\bwho (invented|discovered|coined|founded)\b|\btake over the world\b|\bsingularity\b|\b(become|becoming|is) conscious\b/i,
      /\bdifference between (a |an )?(cpu|gpu|tpu|ram|ssd)s? and\b/i,
      /\bhow many (companies|organi[sz]ations|firms) (worldwide|in the world|in (europe|germany|the us)|hold|have|are)\b/i,
      /\bhow (do|can|to|should) (i |we |you )?(fine-?tune|train|install|debug|deploy|quanti[sz]e) (a |an |the )?(llama|mistral|bert|gpt|resnet|xgboost|yolo|whisper)/i,
      /\b(which|what) learning rate\b|\bexit code\b|\bstack ?trace\b|\bbuild fails\b/i,
      /\b(who|which|what) is the best\b.*\b(consultant|vendor|tool|course|certification body|firm)\b|\bmakes? fewer mistakes\b/i,
      /\b(build|make|create|do) (a|an) deepfake|\bprank\b|\bjailbreak (a|the|our)\b/i,
    ),
    reply: NOT_OUR_WORK,
  },
  {
    name: OWN_FACTS,
    isMeant: isAboutOwnFacts,
    reply:
      'I have nothing on that: it is a fact of your organisation, and nothing that may be shown here tells it. I can say what ISO/IEC 42001 expects on the subject.',
    isForLead: true,
  },
];

/**
 * Recognises what Steward declines: the first kind that is meant, the gravest first. Requests for the standard's own text are
 * another matter: they are answered in our own words.
 */
export function outOfScope(question: string): OutOfScope | undefined {
  const text = question.normalize('NFKC').replaceAll('’', "'").trim();
  return KINDS.find(({ isMeant }) => isMeant(text));
}

/** Whether somebody wants the standard's own text. */
export const asksForTheText: Test = matches(
  /\bword[- ](for|by)[- ]word\b|\bverbatim\b|\bliterally\b.*\b(quote|clause|control|\d)|\bquote\b.*\b(literally|clause|control|exactly|[A-D]\.\d)/i,
  /\b(exact|official|original|full|complete|precise|whole|entire) (text|wording|words|sentences?|phrasing)\b|\bexactly as (it is )?(printed|published|written)\b/i,
  /(^|[.:;,!?] |\b(please|pls|you|just|me) )(paste|copy|type out|reproduce|print|recite|transcribe)\b.*\b(clause|control|annex|standard|iso|norm|requirement|paragraph|[A-D]\.\d|\d\.\d)/i,
  /(?<!\bin the )\b(text|wording|words) (of|from) (the )?(iso|iec|standard|norm|clause|control|annex|section|requirement|([A-D]\.)?\d)/i,
  /\b(say|says|read|reads|state|states) (exactly|literally)\b|^(please |can you |could you )*read (me|us|out)\b/i,
  /\b(pdf|torrent|copy|download|free version|scan) (of|for) (the )?(iso|standard|norm|42001|annex)|\bdownload the (norm|standard)/i,
);
