import type { Facts, OptionOf } from '../facts.ts';
import { has, mentions, words } from './mentions.ts';

type Use = Exclude<OptionOf<'listedUse'>, 'none'>;

/** To judge somebody or something. */
const JUDGE = words(
  ...['rank*', 'sort', 'sorts', 'sorting', 'filter*', 'screen', 'screens', 'screening', 'scor*', 'match*', 'select*'],
  ...['shortlist*', 'short list*', 'reject*', 'evaluat*', 'assess*', 'rate', 'rates', 'rating*', 'grade', 'grades'],
  ...['grading', 'preselect*', 'pre select*', 'triag*', 'prioriti*', 'predict*', 'classif*', 'choos*', 'pick*'],
  ...['decid*', 'decision*', 'approv*', 'eligib*', 'suitab*', 'top', 'best', 'limit*', 'likelihood', 'probabilit*'],
  ...['how likely', 'check*', 'recommend*', 'risk', 'profil*', 'analys*', 'analyz*', 'flag*', 'pass*'],
);

interface UseWords {
  /** What it is about. */
  readonly about: RegExp;
  /** What it does with that; without one the subject alone is enough. */
  readonly does?: RegExp;
  /** Where one of these is said as well, the words prove nothing. */
  readonly unless?: RegExp;
}

/** The words by which people speak of the uses that Annex III lists. Both halves have to be said of the purpose. */
const USES: Readonly<Record<Use, UseWords>> = {
  hiring: {
    about: words(
      ...['cv', 'cvs', 'résumé*', 'resume', 'resumes', 'applicant*', 'job applica*', 'candidate', 'candidates'],
      ...['recruit*', 'hiring', 'new hire*', 'job ad targeting', 'job interview*', 'video interview*', 'talent*'],
    ),
    does: JUDGE,
    unless: words('loan*', 'credit', 'mortgage*', 'tenant*', 'visa*', 'asylum', 'scholarship*'),
  },
  workforce: {
    about: words(
      ...['monitor* _ employees', 'monitor* _ staff', 'monitor* _ workers', 'monitor* _ agents', 'monitor* _ drivers'],
      ...['track* _ employees', 'track* _ workers', 'track* _ staff', 'watch* _ employees', 'watch* _ workers'],
      ...['rate* _ employees', 'rate* _ workers', 'rank* _ employees', 'rank* _ staff', 'scor* _ employees'],
      ...['scor* _ agents', 'scor* _ staff', 'scor* _ drivers', 'evaluat* _ employees', 'evaluat* _ staff'],
      ...['rates drivers', 'scores drivers', 'scores agents', 'employee performance', 'staff performance'],
      ...[
        'employee monitoring',
        'staff monitoring',
        'worker monitoring',
        'driver scor*',
        'driver rating*',
        'attrition',
      ],
      ...['performance review*', 'performance appraisal*', 'performance scor*', 'performance rating*', 'flight risk'],
      ...['productivity scor*', 'productivity of', 'productivity tracking', 'promotion*', 'dismiss*', 'who to fire'],
      ...[
        'bonus*',
        'likely to quit',
        'will quit',
        'leave the company',
        'assign* tasks',
        'assign* shifts',
        'assign* rides',
      ],
      ...['allocat* tasks', 'allocat* shifts', 'distribut* shifts', 'assigns _ to couriers', 'assigns _ to drivers'],
      ...['picks per hour', 'idle time', 'call quality scor*', 'agent scor*', 'agent performance'],
    ),
    unless: words(
      'holiday planner',
      'machine performance',
      'sales promotion*',
      'product promotion*',
      'price promotion*',
    ),
  },
  education_access: {
    about: words(
      'admission*',
      'enrol*',
      'school place*',
      'study place*',
      'university applica*',
      'student applica*',
      'scholarship*',
    ),
    does: JUDGE,
  },
  grading: {
    about: words(
      ...['grad* _ essays', 'grad* _ exams', 'grad* _ homework', 'grad* _ tests', 'grad* _ students', 'grad* _ pupils'],
      ...[
        'grad* _ assignments',
        'mark* _ essays',
        'mark* _ exams',
        'mark* _ homework',
        'mark* _ tests',
        'marks papers',
      ],
      ...[
        'scor* _ essays',
        'scor* _ exams',
        'correct* _ exams',
        'correct* _ homework',
        'correct* _ essays',
        'exam grad*',
      ],
      ...['essay grad*', 'essay scor*', 'exam scor*', 'exam marking', 'exam correct*', 'homework grad*', 'auto grad*'],
      ...['assess* _ students', 'assess* _ pupils', 'evaluat* _ students', 'evaluat* _ pupils', 'drop out', 'dropout*'],
      ...['learning path*', 'adaptive learning', 'exercises for pupils', 'exercises for students'],
    ),
  },
  exam_watching: {
    about: words('proctor*', 'cheat*', 'exam supervision', 'exam monitoring', 'online exam*'),
    unless: words('plagiaris*'),
  },
  credit: {
    about: words(
      ...['credit scor*', 'creditworth*', 'credit worth*', 'credit risk', 'credit decision*', 'credit limit*', 'loan*'],
      ...['mortgage*', 'overdraft*', 'instalment*', 'installment*', 'buy now pay later', 'pay later', 'credit check*'],
      ...['credit applica*', 'consumer credit', 'who gets credit', 'gets a credit', 'pay by invoice', 'default risk'],
    ),
    does: JUDGE,
    unless: words('fraud*', 'business loan*', 'company loan*', 'corporate'),
  },
  insurance: {
    about: words(
      'life insur*',
      'health insur*',
      'life and health',
      'health cover*',
      'life cover*',
      'life polic*',
      'health polic*',
    ),
    does: words('pric*', 'premium*', 'risk*', 'tariff*', 'underwrit*', 'scor*', 'rat*', 'accept*', 'assess*', 'decid*'),
  },
  benefits: {
    about: words(
      ...['social benefit*', 'welfare', 'unemployment', 'housing benefit*', 'housing allowance*', 'child benefit*'],
      ...[
        'social assistance',
        'social security',
        'social service*',
        'public benefit*',
        'benefit claim*',
        'benefits claim*',
      ],
      ...[
        'benefit applica*',
        'benefits applica*',
        'disability pension*',
        'disability benefit*',
        'subsid*',
        'social housing',
      ],
      ...['allowance*', 'eligib*'],
    ),
    does: JUDGE,
    unless: words('employee benefit*', 'staff benefit*'),
  },
  emergency: {
    about: words(
      ...[
        'emergency call*',
        'emergency room*',
        'emergency department*',
        'emergency patient*',
        'ambulance*',
        '112',
        '911',
      ],
      ...[
        'patient triag*',
        'triag* _ patients',
        'triag* patients',
        'medical triag*',
        'symptom* _ urgen*',
        'urgency of patients',
      ],
      ...['nurse* _ triag*', 'triag* nurse*', 'hospital triag*', 'emergency triag*', 'triage aid', 'er triage', 'a&e'],
      ...['which patient*', 'patients _ first', 'how urgent _ patient*', 'dispatch* _ ambulance*'],
    ),
  },
  infrastructure: {
    about: words(
      ...[
        'power grid',
        'electricity grid',
        'the grid',
        'grid control',
        'water supply',
        'water network',
        'drinking water',
      ],
      ...[
        'water treatment',
        'gas network',
        'gas supply',
        'gas grid',
        'district heating',
        'heating network',
        'substation*',
      ],
      ...['traffic light*', 'traffic control', 'traffic signal*', 'road traffic', 'power plant*', 'power line*'],
    ),
    does: words(
      'control*',
      'switch*',
      'steer*',
      'regulat*',
      'safety',
      'shut*',
      'valve*',
      'protect*',
      'balanc*',
      'open*',
      'set',
      'sets',
    ),
  },
  identification: {
    about: words(
      ...['face recognition', 'facial recognition', 'recogni* faces', 'recogni* people', 'recogni* persons'],
      ...['recogni* _ shoplifters', 'face matching', 'watch list*', 'watchlist*', 'biometric identif*', 'gait'],
      ...[
        'identif* _ people',
        'identif* _ persons',
        'identif* _ faces',
        'identif* _ visitors',
        'match* faces',
        'faces against',
      ],
    ),
    unless: words('unlock*', 'log in', 'login', 'one to one', '1 1', 'blur*', 'own phone'),
  },
  biometric_sorting: {
    about: words(
      ...[
        'age estimation',
        'estimat* _ age',
        'gender detection',
        'gender recognition',
        'guess* _ age',
        'guess* _ gender',
      ],
      ...[
        'age and gender',
        'gender and age',
        'age and sex',
        'ethnicity detection',
        'detect* _ gender',
        'estimat* _ gender',
      ],
    ),
  },
  emotions: {
    about: words(
      ...[
        'emotion*',
        'mood',
        'moods',
        'feelings',
        'anger',
        'angry',
        'frustrat*',
        'stress',
        'stressed',
        'attention level*',
      ],
      ...['attentive*', 'happy or not', 'smil*', 'facial expression*', 'tone of voice', 'voice tone'],
    ),
    does: words(
      'voice*',
      'face',
      'faces',
      'facial',
      'camera*',
      'video*',
      'webcam*',
      'call',
      'calls',
      'caller*',
      'audio',
      'tone*',
      'speech',
      'headset*',
      'smil*',
    ),
    unless: words('drows*', 'microsleep'),
  },
  policing: {
    about: words(
      'police',
      'policing',
      'law enforcement',
      'suspect*',
      'crime',
      'crimes',
      'criminal*',
      'offender*',
      'recidivism',
    ),
  },
  borders: {
    about: words(
      'asylum',
      'visa applica*',
      'border control',
      'border guard*',
      'migration',
      'migrant*',
      'refugee*',
      'immigration',
    ),
  },
  justice: {
    about: words(
      'court ruling*',
      'for judges',
      'judge drafts',
      'sentencing',
      'arbitration',
      'court decision*',
      'judicial',
    ),
  },
  elections: {
    about: words('election*', 'voter*', 'political campaign*', 'how people vote', 'referendum*', 'ballot*'),
  },
};

/** Subjects near the list: who speaks of them has not said enough to be called harmless. */
const NEAR = words(
  ...['applicant*', 'recruit*', 'hiring', 'candidate', 'candidates', 'cv', 'cvs', 'resume', 'resumes', 'job applica*'],
  ...['exam', 'exams', 'grading', 'admission*', 'enrol*', 'proctor*', 'credit', 'loan*', 'mortgage*', 'creditworth*'],
  ...[
    'life insur*',
    'health insur*',
    'welfare',
    'social benefit*',
    'unemployment',
    'asylum',
    'visa',
    'visas',
    'border*',
  ],
  ...[
    'police',
    'suspect*',
    'crime',
    'criminal*',
    'court',
    'courts',
    'election*',
    'voter*',
    'biometric*',
    'fingerprint*',
  ],
  ...[
    'face',
    'faces',
    'facial',
    'emotion*',
    'mood',
    'moods',
    'triage',
    'ambulance*',
    'emergency',
    'patient*',
    'diagnos*',
  ],
  ...['therap*', 'surgery', 'promotion of staff', 'dismiss*', 'performance of', 'performance review*', 'attrition'],
  ...[
    'monitors staff',
    'monitor employees',
    'watches',
    'surveillance',
    'social scor*',
    'tenant*',
    'power grid',
    'traffic light*',
  ],
  ...['water supply', 'pupil*', 'student*', 'employee performance', 'benefit claim*', 'eligib*', 'citizen*', 'prison*'],
  ...['shift*', 'roster*', 'driver', 'drivers', 'courier*', 'gig'],
);

/** What a system of a known kind is like, where people describe it as such and say nothing that points elsewhere. */
interface Kind {
  readonly says: RegExp;
  readonly facts: Facts;
}

const NO_SPEECH: Facts = { talks: 'no', synthetic: ['none'] };

/** Ordinary purposes, far from the lists of the EU AI Act. The first that fits holds; talking to people goes before all. */
const KINDS: readonly Kind[] = [
  {
    says: words(
      ...[
        'chatbot*',
        'chat bot*',
        'chat bubble',
        'chat window',
        'chat assistant',
        'voicebot*',
        'voice bot*',
        'phone bot*',
      ],
      ...[
        'virtual assistant',
        'virtual agent',
        'live chat',
        'conversational',
        'chat on our',
        'chat on the',
        'talks to customers',
      ],
      ...['answers customers', 'answers customer questions', 'answers questions from customers', 'bot', 'hotline'],
      ...['answers the phone', 'phone assistant', 'avatar'],
    ),
    facts: { output: ['text'] },
  },
  {
    says: words(
      ...[
        'image generat*',
        'picture generat*',
        'generat* _ images',
        'generat* _ pictures',
        'makes images',
        'makes pictures',
      ],
      ...[
        'create* _ images',
        'create* _ pictures',
        'product photos',
        'product images',
        'video generat*',
        'generat* _ videos',
      ],
      ...[
        'voice over*',
        'voiceover*',
        'synthetic voice*',
        'text to speech',
        'midjourney',
        'dall e',
        'stable diffusion',
      ],
      ...[
        'ad visuals',
        'visuals',
        'illustrations',
        'artwork',
        'music generat*',
        'generat* _ music',
        'image ai',
        'ai images',
      ],
      ...['generat* _ photos', 'fake models', 'models wearing', 'virtual models'],
    ),
    facts: { output: ['images'], synthetic: ['media'], talks: 'no' },
  },
  {
    says: words(
      ...[
        'code assistant',
        'coding assistant',
        'copilot _ ide',
        'complet* code',
        'writes code',
        'code complet*',
        'code review*',
      ],
      ...[
        'coding copilot',
        'in the ide',
        'writes unit tests',
        'programming assistant',
        'code generat*',
        'generat* code',
      ],
    ),
    facts: { output: ['code'], synthetic: ['none'], talks: 'staff', profiling: 'no' },
  },
  {
    says: words(
      ...[
        'forecast* _ demand',
        'demand forecast*',
        'sales forecast*',
        'forecast*',
        'how many _ needs',
        'how much _ to order',
      ],
      ...[
        'stock planning',
        'inventory',
        'replenish*',
        'order quantit*',
        'delivery time*',
        'arrival time*',
        'eta',
        'energy consumption',
      ],
      ...['energy price*', 'harvest', 'crop yield*', 'weather', 'load forecast*', 'cash flow', 'occupancy'],
    ),
    facts: { output: ['forecast'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      ...[
        'predictive maintenance',
        'bearing*',
        'vibration*',
        'machine failure*',
        'sensor data',
        'breakdown*',
        'wear of',
        'anomal*',
      ],
    ),
    facts: { output: ['warning'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      ...[
        'defect*',
        'scratches',
        'quality inspection',
        'visual inspection',
        'quality control',
        'inspects parts',
        'surface inspection',
      ],
      ...['sorts fruit', 'sorting waste', 'waste sorting', 'counts parts', 'counts pallets', 'weeds'],
    ),
    facts: { output: ['sorting'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      ...[
        'recommend* products',
        'product recommendation*',
        'recommend* films',
        'recommend* movies',
        'recommend* articles',
      ],
      ...[
        'recommends stuff',
        'suggests products',
        'you may also like',
        'playlist*',
        'upsell*',
        'cross sell*',
        'next best offer',
      ],
      ...[
        'churn',
        'lead scor*',
        'customer segment*',
        'newsletter segment*',
        'personali?ed offers',
        'personalised offers',
      ],
      ...['dynamic pricing', 'price optimi*', 'sets prices', 'coupon*', 'customer lifetime'],
    ),
    facts: { output: ['recommendation'], profiling: 'yes', ...NO_SPEECH },
  },
  {
    says: words('spam', 'phishing', 'malware', 'intrusion detection', 'network anomal*', 'virus scan*'),
    facts: { output: ['sorting'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      ...[
        'invoice*',
        'ocr',
        'receipts',
        'reads documents',
        'extract* _ from documents',
        'document extraction',
        'scans delivery notes',
      ],
      ...[
        'data entry',
        'purchase orders',
        'bookkeeping',
        'account codes',
        'expense report*',
        'delivery notes',
        'paperwork',
      ],
    ),
    facts: { output: ['sorting'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      ...[
        'ticket routing',
        'routes tickets',
        'sorts tickets',
        'routes e mails',
        'routes emails',
        'sorts mail',
        'sorts emails',
      ],
      ...[
        'sorts incoming',
        'classif* tickets',
        'tagging',
        'tags tickets',
        'support tickets',
        'mail routing',
        'inbox',
        'mailbox',
      ],
      ...['duplicate detection', 'deduplicat*', 'product categor*'],
    ),
    facts: { output: ['sorting'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      ...[
        'translat*',
        'transcri*',
        'meeting notes',
        'meeting minutes',
        'minutes of meetings',
        'meeting summar*',
        'summari*',
      ],
      ...['subtitles', 'spell check*', 'spelling', 'grammar', 'proofread*', 'dictation', 'rewrites', 'polishes'],
    ),
    facts: { output: ['text'], synthetic: ['other_text'], talks: 'staff', profiling: 'no' },
  },
  {
    says: words(
      ...[
        'search in our',
        'search over our',
        'searches our',
        'internal search',
        'knowledge base',
        'enterprise search',
        'wiki search',
      ],
      ...[
        'finds documents',
        'find documents',
        'answers from our manuals',
        'internal assistant',
        'policy questions',
        'intranet',
      ],
      ...['search engine', 'search tool', 'document search', 'contract search', 'rag'],
    ),
    facts: { output: ['text', 'sorting'], synthetic: ['other_text'], talks: 'staff', profiling: 'no' },
  },
  {
    says: words(
      ...[
        'drafts e mails',
        'drafts emails',
        'draft* replies',
        'writes e mails',
        'writes emails',
        'product descriptions',
        'writes texts',
      ],
      ...[
        'marketing text*',
        'marketing copy',
        'ad copy',
        'newsletters',
        'slogans',
        'text assistant',
        'writing assistant',
        'writes drafts',
      ],
      ...[
        'chatgpt',
        'copilot',
        'office assistant',
        'drafts offers',
        'drafts quotes',
        'drafts letters',
        'social media post*',
        'blog post*',
      ],
      ...['writes copy', 'writes the texts', 'drafting'],
    ),
    facts: { output: ['text'], synthetic: ['other_text'], talks: 'staff', profiling: 'no' },
  },
  {
    says: words(
      ...[
        'route planning',
        'plans routes',
        'route optimi*',
        'tour planning',
        'warehouse slotting',
        'loading plan*',
        'packing',
      ],
      ...[
        'energy sav*',
        'heating of our building',
        'air conditioning',
        'irrigation',
        'production planning',
        'machine scheduling',
      ],
    ),
    facts: { output: ['recommendation'], profiling: 'no', ...NO_SPEECH },
  },
];

const NEWS = words(
  'news',
  'press release*',
  'articles for our readers',
  'public information',
  'newspaper*',
  'journalis*',
  'editorial*',
);
const REAL_LIKENESS = words(
  'deepfake*',
  'deep fake*',
  'voice clon*',
  'clon* _ voice',
  'lookalike*',
  'avatar of',
  'real people',
  'actor*',
  'celebrit*',
);
const AT_WORK_OR_SCHOOL = words(
  ...[
    'employee*',
    'staff',
    'worker*',
    'agents',
    'agent',
    'our people',
    'team members',
    'colleague*',
    'call centre agents',
  ],
  ...[
    'student*',
    'pupil*',
    'trainee*',
    'crew',
    'cashier*',
    'call center agents',
    'operators',
    'applicants',
    'candidates',
  ],
);
const PRACTICES: readonly { readonly practice: Exclude<OptionOf<'bannedPractice'>, 'none'>; readonly says: RegExp }[] =
  [
    {
      practice: 'face_scraping',
      says: words(
        'scrap* _ faces',
        'scrap* _ photos of people',
        'scrap* _ profile pictures',
        'faces from the web',
        'faces from social media',
        'photos from social media',
      ),
    },
    {
      practice: 'social_scoring',
      says: words('social scor*', 'citizen scor*', 'scor* _ citizens', 'trust score for citizens'),
    },
    {
      practice: 'crime_prediction',
      says: words(
        'predict* _ commit a crime',
        'predict* _ reoffend',
        'predict* _ offenders',
        'who will commit',
        'will steal',
      ),
    },
    {
      practice: 'manipulation',
      says: words('subliminal*', 'without them noticing', 'without people noticing', 'manipulat* people'),
    },
  ];

/**
 * What follows for the law from how people describe the purpose. Only what they clearly say: a listed use, or an ordinary kind of
 * system without a word that points elsewhere. Everything between stays unknown.
 *
 * @param purpose what it does, with its name
 * @param rest what was said on the other topics
 */
export function readPurpose(
  purpose: string,
  rest: { readonly people: string; readonly result: string; readonly other: string },
): Facts {
  const practices = practicesIn(purpose, rest);
  const uses = usesIn(purpose, rest);
  const kind = KINDS.find(({ says }) => mentions(purpose, says));
  const facts: Facts = { ...kind?.facts, ...contentOf(purpose, kind) };
  const everything = `${purpose}\n${rest.people}\n${rest.result}`;
  if (uses.length > 0 || practices.length > 0) {
    return {
      ...facts,
      profiling: 'yes',
      ...(uses.length > 0 ? { listedUse: uses } : {}),
      ...(practices.length > 0 ? { bannedPractice: practices } : {}),
    };
  }
  if (!kind || has(everything, NEAR)) return facts;
  return { ...facts, listedUse: ['none'], bannedPractice: ['none'] };
}

function usesIn(purpose: string, { people, result }: { readonly people: string; readonly result: string }): Use[] {
  return (Object.keys(USES) as Use[]).filter((use) => {
    const { about, does, unless } = USES[use];
    if (!mentions(purpose, about) || (unless && has(purpose, unless))) return false;
    return does === undefined || has(purpose, does) || has(result, does) || has(people, does);
  });
}

function practicesIn(
  purpose: string,
  rest: { readonly people: string; readonly result: string; readonly other: string },
): Exclude<OptionOf<'bannedPractice'>, 'none'>[] {
  const found = PRACTICES.filter(({ says }) => mentions(purpose, says) || mentions(rest.other, says)).map(
    ({ practice }) => practice,
  );
  const readsEmotions = usesIn(purpose, rest).includes('emotions');
  const isForbiddenPlace =
    has(purpose, AT_WORK_OR_SCHOOL) ||
    (has(rest.people, AT_WORK_OR_SCHOOL) && !has(purpose, words('customer*', 'caller*')));
  return readsEmotions && isForbiddenPlace ? [...found, 'emotions_work_school'] : found;
}

function contentOf(purpose: string, kind: Kind | undefined): Facts {
  if (mentions(purpose, REAL_LIKENESS) && kind?.facts.synthetic) return { synthetic: ['media', 'deepfake'] };
  const writes = kind?.facts.output?.includes('text') && kind.facts.synthetic;
  return writes && mentions(purpose, NEWS) ? { synthetic: ['public_text', 'other_text'] } : {};
}
