/** A kind of question that Steward does not answer, and what it says instead. */
interface Kind {
  readonly name: string;
  readonly isMeant: (question: string) => boolean;
  /** Why not, and how to go on. */
  readonly reply: string;
}

/** What a question is that Steward declines whatever the guidance says about its words; undefined for all others. */
export type OutOfScope = Pick<Kind, 'name' | 'reply'>;

const matches = (...patterns: readonly RegExp[]) => {
  return (question: string) => patterns.some((pattern) => pattern.test(question));
};

/** The question is about what ought to be, which guidance can answer, and not about what was or is. */
const NORMATIVE =
  /\b(must|shall|should|need(s|ed)?|ha(ve|s|d) to|may|can|could|would|allow(ed)?|require[ds]?|suppose|supposed|ought|mandatory|oblig(ed|ation)|enough|count|if|standard|clause|annex|control|42001|iso)\b/i;

/** The organisation itself, its people and its things. */
const OWN = /\b(our|ours|we|us|my (team|department|boss|company|colleague)|here|at our place)\b/i;

/** Ways to begin a question about something that happened, or that only the organisation's own records can tell. */
const FACT = matches(
  /^(did|was|were|has|have|had)\b/i,
  /^who('s| is| are) our\b/i,
  /^who(?:'s| is) the (owner|lead|sponsor|manager) of the\b/i,
  /^who (signed|approved|wrote|decided|complained|reported|filed|raised|handed in|owns|sits|sat)\b/i,
  /^when('s| is| are| was| did) (our|we|the (next|last))\b/i,
  /^where (did|do) we (save|store|keep|put|file)\b/i,
  /^which (of our|\w+ did we)\b/i,
  /^(are|is) (any|all|some|one) of our\b/i,
  /^(is|are) (our|the) .*\b(already|yet|renewed|signed|done|finished|approved|insured|certified|trained|tested|registered|audited)\b/i,
  /^how (much|many)\b.*\b(did|do|have|spent|work)\b/i,
  /^(what('s| is| was| did)|name of)\b.*\b(that (the )?\w+ (set|chose|picked|decided)|we (set|picked|chose|decided|agreed)|did (we|the \w+ (auditor|board|bank))|gave us|on our|of our next)\b/i,
  /^what did\b/i,
);

const isAboutOwnFacts = (question: string) => {
  const text = question.replace(/^(hey|hi|hello|so|and|ok|please|pls)[\s,]+/i, '');
  return FACT(text) && (OWN.test(text) || NAMED_THING.test(text)) && !NORMATIVE.test(text) && text.length < 160;
};

/** A certain thing of last week, or one that has a name of its own. */
const NAMED_THING =
  /\b(yesterday|today|tomorrow|last (week|month|year|time|monday|tuesday|wednesday|thursday|friday|test)|this (week|month|year)|legal approve|the \w+ (model|bot|chatbot|tool|branch|office))\b/i;

/** Standards and frameworks that the guidance covers, or sets beside ISO/IEC 42001. */
const KNOWN_STANDARDS = new Set(
  '42001 22989 23894 42005 42006 27001 27002 27701 9001 9000 17021 19011 38507 5338 31000 5259 25059 23053 24027 24028 24368'.split(
    ' ',
  ),
);

const OTHER_FRAMEWORKS =
  /\b(soc ?2|pci(?:[ -]dss)?|hipaa|hitrust|fedramp|cmmc|cobit|itil|nis ?2|dora|csrd|esrs|mdr|ivdr|ifrs|us[ -]gaap|basel|solvency|sox|tisax|iec 6\d{4}|gxp)\b/i;

function isAboutAnotherStandard(question: string): boolean {
  if (/\b42001\b|\baims\b|\bai act\b/i.test(question)) return false;
  const numbers = [...question.matchAll(/\b(?:iso|iec|en|norm)(?:\/iec)?[ -]?(\d{4,5})\b/gi)].map(
    ([, number]) => number,
  );
  const unknown = numbers.some((number) => number !== undefined && !KNOWN_STANDARDS.has(number));
  return unknown || OTHER_FRAMEWORKS.test(question);
}

/** The kind that the organisation's own documents may answer all the same. */
export const OWN_FACTS = 'own-facts';

const KINDS: readonly Kind[] = [
  {
    name: 'secrets',
    isMeant: matches(
      /\b(api|access|secret|signing)[ -]?keys?\b.*\b(you|your|yours)\b|\byour (api|access|secret|signing)[ -]?(key|token)/i,
      /\byour (\w+ )?(system prompt|prompt|instructions|rules|password|token)\b/i,
      /\b(system|hidden|initial) (prompt|instructions)\b|\b(admin|root|database) password\b/i,
      /\b(ignore|forget|disregard) (all |any )?(of )?(the |your |previous |prior |earlier )+(\w+ )?(instructions|rules|prompt)/i,
      /\btext above\b|\bevery (tool|function) you\b|\bdeveloper mode\b|\b(pretend|imagine) (that )?you( are|'re)\b/i,
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
      /\bas if (it|they|we|he|she) (had|were|was)\b|\bmust look real\b|\bnobody did\b/i,
      /\bcreate\b.*\b(log )?entries for\b|\bsign\b.*\b(in|with) (the )?\w+('s)? name\b/i,
    ),
    reply:
      'I do not help to make up, backdate or hide records. An honest gap with a date, a reason and a plan stands up in an audit; a made-up record ends trust. Ask me how to treat the gap as a nonconformity (10.2).',
  },
  {
    name: 'personal-matters',
    isMeant: matches(
      /\b(home|private) (address|number|phone|mail|messages?)\b|\bphone number of\b|\bprivate messages\b/i,
      /\b(salary|sick leave|performance (warning|review) of|scored (lowest|highest)|pregnan|fired)\b/i,
      /\b(which|what) colleague\b.*\bname\b|\bname of the (person|colleague) who (complained|reported)\b/i,
    ),
    reply: 'I tell nothing about single people beyond the roles they hold. `/aims roles` shows those.',
  },
  {
    name: 'health',
    isMeant: matches(
      /\b(chest pain|my (risk of|symptoms|pain|doctor)|dose of|paracetamol|ibuprofen|what should i take|i feel (sick|ill)|suicid)/i,
    ),
    reply: 'I cannot help with health. Please ask a doctor, and in an emergency call the emergency number at once.',
  },
  {
    name: 'legal-advice',
    isMeant: matches(
      /\b(sue|sues|sued|suing|lawsuit|in court|the court|go to jail|prison|prosecut)\b/i,
      /\bhow (big|high) (a|is the) (fine|penalty)\b.*\b(we|i)\b|\bwill we (win|lose|be fined)\b/i,
      /\b(is it|are we|would it be) (legal|illegal|liable)\b(?!.*\b42001\b)|\bour patent\b/i,
    ),
    reply:
      'I give no legal advice on a case. Ask your lawyers. I can say which records usually help them: impact assessments (A.5.3), logs (A.6.2.8) and incident records (A.8.4).',
  },
  {
    name: 'other-standard',
    isMeant: isAboutAnotherStandard,
    reply:
      'I know ISO/IEC 42001 and what lies beside it: ISO/IEC 27001, ISO 9001, the NIST AI RMF, the GDPR and the EU AI Act, each as far as they touch it. On other standards and frameworks I have nothing.',
  },
  {
    name: 'errands',
    isMeant: matches(
      /\b(write|compose|tell|make|draw|design|generate|suggest|create)\b (me |us )?(a |an |some |the )?(short |funny |new )?(poem|joke|song|story|logo|image|picture|mascot|name for|function|script|macro|cover letter)/i,
      /\b(python|javascript|java|sql|regex|regular expression|excel formula|bash|powershell|kubernetes|prometheus alerts?)\b/i,
      /\b(translate|rewrite|proof-?read|summari[sz]e) (this|the following|my|all of|')/i,
      /\b(book|order|reserve) (a|an|the|me|my|us|\d+)\b|\b(restaurant|weather|recipe|train to|flight|share price|stock (price|should)|in the news|capital of|boiling point|vote for)\b/i,
      /\b(price|cost|charge|fee)s?\b.*\bper (million|token|seat|(audit )?day|hour|month|user)\b|\bday rate\b|\bprice of the\b/i,
      /\b(as of today|this morning|right now|at the moment|today's)\b.*\?|\bis the \w+ api down\b/i,
      /\bhow (do|can|to|should) (i |we |you )?(fine-?tune|train|install|debug|deploy|quanti[sz]e) (a |an |the )?(llama|mistral|bert|gpt|resnet|xgboost|yolo|whisper)/i,
      /\b(which|what) learning rate\b|\bexit code\b|\bstack ?trace\b|\bbuild fails\b/i,
      /\b(who|which|what) is the best\b.*\b(consultant|vendor|tool|course|certification body|firm)\b|\bmakes? fewer mistakes\b/i,
      /\b(build|make|create|do) (a|an) deepfake|\bprank\b|\bjailbreak (a|the|our)\b/i,
    ),
    reply: 'That is not my work. I answer questions about ISO/IEC 42001 and about managing AI responsibly.',
  },
  {
    name: OWN_FACTS,
    isMeant: isAboutOwnFacts,
    reply:
      'I have nothing on that: it is a fact of your organisation, and what everybody here may see does not tell it. I can say what ISO/IEC 42001 expects on the subject.',
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
export const asksForTheText: (question: string) => boolean = matches(
  /\bword[- ](for|by)[- ]word\b|\bverbatim\b|\bliterally\b.*\b(quote|clause|control|\d)|\bquote\b.*\b(literally|clause|control|exactly|[A-D]\.\d)/i,
  /\b(exact|official|original|full|complete|precise) (text|wording|words|sentences?|phrasing)\b/i,
  /\b(paste|copy|type out|reproduce|print)\b.*\b(clause|control|annex|standard|iso|norm|[A-D]\.\d|\d\.\d)/i,
  /\b(pdf|torrent|copy|download|free version|scan) (of|for) (the )?(iso|standard|norm|42001|annex)|\bdownload the (norm|standard)/i,
);
