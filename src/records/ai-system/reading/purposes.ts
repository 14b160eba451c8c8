import { isDeepStrictEqual } from 'node:util';
import type { Facts, OptionOf } from '../facts.ts';
import { has, mentions, words } from './mentions.ts';

type Use = Exclude<OptionOf<'listedUse'>, 'none'>;

/** To judge somebody or something. */
const JUDGE = words(
  'rank*, sort, sorts, sorting, filter*, screen, screens, screening, scor*, match*, select*, shortlist*',
  'short list*, reject*, evaluat*, assess*, rate, rates, rating*, grade, grades, grading, preselect*',
  'pre select*, triag*, prioriti*, predict*, classif*, choos*, pick*, decid*, decision*, approv*, eligib*',
  'suitab*, top, best, limit*, likelihood, probabilit*, how likely, check*, recommend*, risk, profil*',
  'analys*, analyz*, flag*, pass*, knock out*, fail*, polite no, invit*, says no, sends a no',
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
      'cv, cvs, résumé*, resume, resumes, applicant*, job applica*, candidate, candidates, recruit*, hiring',
      'new hire*, job ad targeting, job interview*, video interview*, talent*',
    ),
    does: JUDGE,
    unless: words('loan*, credit, mortgage*, tenant*, visa*, asylum, scholarship*'),
  },
  workforce: {
    about: words(
      '(monitor*|track*|watch*|rate*|rank*|scor*|evaluat*|assess*|judg*|compar*) _ (employees|staff|workers|agents|drivers|couriers|pickers|packers|riders|cleaners|team members|colleagues|cashiers|sales reps|teachers|technicians)',
      '(employee*|staff|worker*|driver*|agent*|courier*|workforce|picker*|rider*) (performance|monitoring|scor*|rating*|ranking*|productivity|evaluation*)',
      'attrition, performance review*, performance appraisal*, performance scor*, performance rating*, flight risk',
      'productivity (of|scor*|tracking), who to (fire|promote|dismiss), dismissal*, promotion decision*, gets promoted',
      'likely to quit, will quit, leave the company, picks per hour, idle time, call quality scor*, (employees|staff) _ (quit|leave|resign)',
      '(assign*|allocat*|distribut*) (tasks|shifts|rides|jobs|orders), assign* _ (couriers|drivers|riders), who gets _ (bonus|shift*|ride*|job|promotion)',
      'how (fast|slow|productive|busy|long) they, low performer*, top performer*, slowest, (measur*|count*|time*) _ (pickers|workers|employees|staff|drivers|agents)',
    ),
    unless: words('holiday planner, machine performance'),
  },
  education_access: {
    about: words(
      'admission*, enrol*, school place*, study place*, university applica*, student applica*, scholarship*',
    ),
    does: JUDGE,
  },
  grading: {
    about: words(
      '(grad*|mark*|scor*|correct*|assess*|evaluat*) _ (essays|exams|homework|tests|assignments|students|pupils|papers|theses)',
      '(exam|essay|homework|test) (grad*|scor*|marking|correct*), auto grad*, drop out*, dropout*, at risk students',
      'adaptive learning, learning path*',
    ),
  },
  exam_watching: {
    about: words('proctor*, cheat*, exam supervision, exam monitoring, online exam*'),
    unless: words('plagiaris*'),
  },
  credit: {
    about: words(
      'credit scor*, creditworth*, credit worth*, credit risk, credit decision*, credit limit*, loan*',
      'mortgage*, overdraft*, instalment*, installment*, buy now pay later, pay later, credit check*',
      'credit applica*, consumer credit, who gets credit, gets a credit, pay by invoice, default risk',
    ),
    does: JUDGE,
    unless: words('fraud*, business loan*, company loan*, corporate'),
  },
  insurance: {
    about: words('life insur*, health insur*, life and health, health cover*, life cover*, life polic*, health polic*'),
    does: words('pric*, premium*, risk*, tariff*, underwrit*, scor*, rat*, accept*, assess*, decid*'),
  },
  benefits: {
    about: words(
      'social benefit*, welfare, unemployment, housing benefit*, housing allowance*, child benefit*',
      'social assistance, social security, social service*, public benefit*, benefit claim*, benefits claim*',
      'benefit applica*, benefits applica*, disability pension*, disability benefit*, subsid*, social housing',
      'allowance*, eligib*',
    ),
    does: JUDGE,
    unless: words('employee benefit*, staff benefit*'),
  },
  emergency: {
    about: words(
      'emergency (call*|room*|department*|patient*), ambulance*, 112, 911, 999, (er|a&e|hospital|medical|emergency|patient) triag*',
      'triag* _ (patient*|symptom*|nurse*), (symptom*|nurse*|patient*) _ (triag*|urgen*), urgency of _ patient*, triage aid',
      'which patient*, patient* _ first, how urgent _ patient*, dispatch* _ ambulance*, sick people _ urgen*',
    ),
  },
  infrastructure: {
    about: words(
      'power grid, electricity grid, the grid, voltage, feeder*, grid operator*, (gas|water|electricity|heating) (grid|network|plant), grid control, water supply, water network, drinking water',
      'water treatment, gas network, gas supply, gas grid, district heating, heating network, substation*',
      'traffic light*, traffic control, traffic signal*, road traffic, power plant*, power line*',
    ),
    does: words('control*, switch*, steer*, regulat*, safety, shut*, valve*, protect*, balanc*, open*, set, sets'),
  },
  identification: {
    about: words(
      '(face|facial) (recognition|matching), (recogni*|know*|match*|identif*) _ (face|faces|people|persons|visitors|shoplifters)',
      'watch list*, watchlist*, biometric identif*, gait, faces against, banned (visitors|customers|people)',
    ),
    unless: words('unlock*, log in, login, one to one, 1 1, blur*, own phone'),
  },
  biometric_sorting: {
    about: words(
      '(age|gender|sex|ethnicity) (estimation|detection|recognition|check), (guess*|estimat*|detect*|recogni*) _ (age|gender|sex|ethnicity)',
      'age and (gender|sex), gender and age',
    ),
    does: words('camera*, face*, photo*, picture*, video*, voice*, selfie*, image*'),
  },
  emotions: {
    about: words(
      'emotion*, mood, moods, feelings, anger, angry, frustrat*, stress, stressed, attention level*, attentive*, smil*',
      'facial expression*, tone of voice, voice tone, how _ (agent|agents|employee*|caller*|customer*|student*|pupil*|driver*) (feel*|is feeling)',
    ),
    does: words(
      'voice*, face, faces, facial, camera*, video*, webcam*, call, calls, call centre*, call center*, caller*, audio, tone*, speech, headset*, listens',
    ),
    unless: words('drows*, microsleep'),
  },
  policing: {
    about: words('police, policing, law enforcement, suspect*, crime, crimes, criminal*, offender*, recidivism'),
  },
  borders: {
    about: words('asylum, visa applica*, border control, border guard*, migration, migrant*, refugee*, immigration'),
  },
  justice: {
    about: words('court ruling*, for judges, judge drafts, sentencing, arbitration, court decision*, judicial'),
  },
  elections: {
    about: words('election*, voter*, political campaign*, how people vote, referendum*, ballot*'),
  },
};

/** Subjects of the list: who speaks of them, on whatever topic, has not said enough to be called harmless. */
const NEAR = words(
  'applicant*, recruit*, hiring, candidate, candidates, cv, cvs, resume, resumes, job applica*, exam, exams, grading, admission*',
  'enrol*, proctor*, credit scor*, credit limit*, loan*, mortgage*, creditworth*, life insur*, health insur*, welfare',
  'social benefit*, housing benefit*, unemployment, asylum, visa, visas, border*, police, suspect*, crime, criminal*, court, courts',
  'election*, voter*, biometric*, fingerprint*, facial, emotion*, mood, moods, triage, ambulance*, emergency, therap*, surgery',
  'dismiss*, performance of, performance review*, employee performance, attrition, surveillance, social scor*, power grid',
  'traffic light*, water supply, benefit claim*, eligib*, prison*, tax authority, tutor*, next exercise, learning level*, lesson*',
  'talent*, vacanc*, open position*, job ad*, personnel file*, promotion of, homework, treatment*, medication*, drug, drugs, dose, doses',
  'tax, taxes, subsid*, allowance*, pension*, grid, voltage, feeder*, substation*, waterworks, drinking water, gas network, control room',
  'their age, age and, age group*, gender, ethnic*, race, religio*, sexual*, disabled, disabilit*, asylum*, refugee*, parole, custody',
);

/** People whom a listed purpose might judge. They can use or be touched by anything, but where it is about them it may be listed. */
const NEAR_PEOPLE = words(
  'patient*, diagnos*, pupil*, student*, tenant*, citizen*, driver, drivers, courier*, shift*, roster*',
  'face, faces, credit, ward, wards, monitors staff, monitors employees, watches, who works, employees who',
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
      'chatbot*, chat bot*, chat (bubble|window|assistant|widget), voicebot*, voice bot*, phone bot*, virtual (assistant|agent)',
      'live chat, conversational, chat on (our|the), talks to _ (customers|people|visitors|guests), bot, hotline, avatar, talks back',
      'answers _ (customers|questions|calls|callers|phone), answer _ questions, ask* (it|the app|the assistant|the bot), talk to it',
      'phone assistant, digital assistant, voice assistant, replies to customers, faq, faqs, help desk, helpdesk, service desk, q&a',
    ),
    facts: { output: ['text'] },
  },
  {
    says: words(
      '(makes|make|creat*|generat*|design*) _ (images|pictures|photos|visuals|videos|illustrations|music|logos|artwork)',
      '(image|picture|video|music|photo) generat*, product (photos|images), voice over*, voiceover*, synthetic voice*, text to speech',
      'midjourney, dall e, stable diffusion, ad visuals, visuals, illustrations, artwork, image ai, ai images, virtual models',
      'models wearing, deepfake*, voice clon*, clon* _ voice, dubbing',
    ),
    facts: { output: ['images'], synthetic: ['media'], talks: 'no' },
  },
  {
    says: words(
      '(code|coding|programming) (assistant|copilot), copilot _ ide, (complet*|writes|generat*|reviews) code, code (complet*|review*|generat*)',
      'in the ide, writes unit tests, pull request*',
    ),
    facts: { output: ['code'], synthetic: ['none'], talks: 'staff', profiling: 'no' },
  },
  {
    says: words(
      'forecast*, predict* _ (demand|sales|prices|consumption|yield|weather|delays), how (many|much) _ (needs|need|to order|to bake|to buy|sell)',
      '(stock|inventory|replenish*) *, order quantit*, (delivery|arrival) time*, eta, energy (consumption|price*), harvest, crop yield*',
      'cash flow, occupancy, demand planning',
    ),
    facts: { output: ['forecast'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      'predictive maintenance, bearing*, vibration*, machine failure*, sensor data, breakdown*, wear of, anomal*, leak detection',
    ),
    facts: { output: ['warning'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      'defect*, scratches, (quality|visual|surface) (inspection|control), (inspects|checks) _ (parts|labels|welds|bottles|boards|surfaces)',
      'over the (belt|line), sort* _ (fruit|waste|parts|parcels|potatoes), counts _ (parts|pallets|visitors|cars), people counting',
      'queue length, parking spaces, fill level*, ripeness, corrosion, weeds, cracks',
    ),
    facts: { output: ['sorting'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      '(recommend*|suggest*) _ (products|films|movies|articles|recipes|songs|books|stuff|items), (product|film) recommendation*',
      'recommender, recommendation engine, you may also like, playlist*, upsell*, cross sell*, next best offer, personali?ed offers',
      'personali?es, churn, (customers|subscribers|members) _ (leave|cancel|buy), win back, lead scor*, customer segment*, target group*',
      'newsletter segment*, dynamic pricing, price optimi*, sets prices, coupon*, customer lifetime, search ranking',
    ),
    facts: { output: ['recommendation'], profiling: 'yes', ...NO_SPEECH },
  },
  {
    says: words(
      'suspicious _ (claims|payments|transactions|orders), (claims|card|payment|insurance) fraud, fraud detection, fraudulent, fraud',
    ),
    facts: { output: ['warning'], profiling: 'yes', ...NO_SPEECH },
  },
  {
    says: words('spam, phishing, malware, intrusion detection, network anomal*, virus scan*, server logs, log files'),
    facts: { output: ['sorting'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      'invoice*, ocr, receipts, (reads|extract*|scans) _ (documents|forms|invoices|delivery notes|orders|fields), document extraction',
      'data entry, purchase orders, bookkeeping, account codes, expense report*, delivery notes, paperwork, fills the fields',
    ),
    facts: { output: ['sorting'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      '(routes|sorts|classif*|tags|forwards|distributes|prioriti*) _ (tickets|e mails|emails|mails|mail|letters|requests), (ticket|mail) routing',
      'tagging, support tickets, inbox, mailbox, duplicate detection, deduplicat*, product categor*, customer (reviews|feedback)',
      'survey answers, (rates|scor*) suppliers, supplier risk, sentiment of reviews, press clippings, data quality, competitor prices',
    ),
    facts: { output: ['sorting'], profiling: 'no', ...NO_SPEECH },
  },
  {
    says: words(
      'translat*, transcri*, (writes|takes|makes) _ (minutes|notes), note taker, notetaker, meeting (notes|minutes|summar*), summari*',
      'subtitles, spell check*, spelling, grammar, proofread*, dictation, rewrites, polishes',
    ),
    facts: { output: ['text'], synthetic: ['other_text'], talks: 'staff', profiling: 'no' },
  },
  {
    says: words(
      '(search*|finds|find|shows) _ (documents|contracts|manuals|passages|wiki|by meaning|drawings|patents), (internal|enterprise|wiki|document|contract|patent) search',
      '(compares|reviews|checks) contracts, contract review, legal research, knowledge base, answers from our manuals, internal assistant',
      'policy questions, intranet, search engine, search tool, rag',
    ),
    facts: { output: ['text', 'sorting'], synthetic: ['other_text'], talks: 'staff', profiling: 'no' },
  },
  {
    says: words(
      '(writes|write|drafts|draft|generat*|formulat*) _ (e mails|emails|offers|quotes|texts|text|letters|replies|descriptions|reports|posts|articles|copy|newsletters|speeches|adverts|proposals|documents)',
      'marketing (text*|copy), ad copy, slogans, (text|writing|office) assistant, chatgpt, copilot, social media post*, blog post*, drafting',
    ),
    facts: { output: ['text'], synthetic: ['other_text'], talks: 'staff', profiling: 'no' },
  },
  {
    says: words(
      '(plans|optimi*) _ (routes|tours|loads|trucks|production), (route|tour|production) planning, route optimi*, warehouse slotting, loading plan*',
      'packing, energy sav*, heating of our building, air conditioning, irrigation, machine scheduling',
    ),
    facts: { output: ['recommendation'], profiling: 'no', ...NO_SPEECH },
  },
];

const NEWS = words(
  'news*, press release*, stock market reports, sports reports, articles for our readers, public information, newspaper*, journalis*, editorial*',
);
const REAL_LIKENESS = words(
  'deepfake*, deep fake*, voice clon*, clon* _ voice, lookalike*, avatar of, real people, actor*, celebrit*',
);
const AT_WORK_OR_SCHOOL = words(
  'employee*, staff, worker*, agents, agent, our people, team members, colleague*, call centre agents',
  'student*, pupil*, trainee*, crew, cashier*, call center agents, operators, applicants, candidates',
);
const PRACTICES: readonly { readonly practice: Exclude<OptionOf<'bannedPractice'>, 'none'>; readonly says: RegExp }[] =
  [
    {
      practice: 'face_scraping',
      says: words(
        'scrap* _ faces, scrap* _ photos of people, scrap* _ profile pictures, faces from the web',
        'faces from social media, photos from social media',
      ),
    },
    {
      practice: 'social_scoring',
      says: words('social scor*, citizen scor*, scor* _ citizens, trust score for citizens'),
    },
    {
      practice: 'crime_prediction',
      says: words('predict* _ commit a crime, predict* _ reoffend, predict* _ offenders, who will commit, will steal'),
    },
    {
      practice: 'manipulation',
      says: words('subliminal*, without them noticing, without people noticing, manipulat* people'),
    },
  ];

/** What was said on other topics: who uses it and whom it touches; what comes out; where it and its data come from. */
interface Rest {
  readonly people: string;
  readonly result: string;
  readonly other: string;
}

/**
 * What follows for the law from how people describe the purpose. Only what they clearly say: a listed use, or an ordinary kind of
 * system without a word that points elsewhere. Everything between stays unknown.
 *
 * @param purpose what it does, with its name
 */
export function readPurpose(purpose: string, rest: Rest): Facts {
  const practices = practicesIn(purpose, rest);
  const uses = usesIn(purpose, rest);
  const kinds = KINDS.filter(({ says }) => mentions(purpose, says));
  const isTalk = kinds[0] === KINDS[0] && kinds.length > 0;
  const facts = contentOf(purpose, rest.result, agreed(kinds));
  const everything = `${purpose}\n${rest.people}\n${rest.result}`;
  if (uses.length > 0 || practices.length > 0) {
    return {
      ...facts,
      profiling: 'yes',
      ...(uses.length > 0 ? { listedUse: uses } : {}),
      ...(practices.length > 0 ? { bannedPractice: practices } : {}),
    };
  }
  if (has(everything, NEAR) || has(rest.other, NEAR)) return facts;
  const isPlain = isTalk || (kinds.length > 0 && !has(`${purpose}\n${rest.result}`, NEAR_PEOPLE));
  return isPlain || isAboutThings(purpose, rest) ? { ...facts, listedUse: ['none'], bannedPractice: ['none'] } : facts;
}

/** What follows from all kinds that a purpose sounds like: of content the most that any makes; otherwise only what all agree on. */
function agreed(kinds: readonly Kind[]): Facts {
  const [first, ...others] = kinds.map(({ facts }) => facts);
  const same = Object.entries(first ?? {}).filter(([name, value]) =>
    others.every((other) => isDeepStrictEqual(other[name as keyof Facts], value)),
  );
  const all = <Name extends 'output' | 'synthetic'>(name: Name) =>
    [...new Set(kinds.flatMap(({ facts }) => [facts[name] ?? []].flat()))] as OptionOf<Name>[];
  const output = all('output');
  const made = all('synthetic').filter((content) => content !== 'none');
  return {
    ...Object.fromEntries(same),
    ...(output.length > 0 ? { output } : {}),
    ...(made.length > 0 ? { synthetic: made } : {}),
  };
}

const PEOPLE = words(
  'people, person, persons, customer*, employee*, staff, patient*, student*, applicant*, user, users, team, teams, hr, human*',
  'tenant*, citizen*, visitor*, driver*, worker*, child, children, kids, name, names, pupil*, guest*, nurse*, doctor*, us, somebody',
  'passenger*, member*, who, whom, whose, they, them, their, he, she, colleague*, face*, voice*, account*, caller*, client*, someone',
  'man, woman, men, women, everyone, everybody, anyone, debtor*, famil*, subscriber*, agent*, crew*, carer*, teacher*, case, cases',
  'personnel, workforce, player*, household*, claim*, file, files, application*, request*, profile*, insured, policyholder*',
);
const INFRASTRUCTURE = words(
  'grid, feeder*, substation*, voltage, electricity, power, gas, water, district heating, traffic, pipeline*, dam',
  'network operator, telecom*, internet exchange, data centre*, railway*, signal*, heating network',
);
/** What is done to people, and said of them. */
const JUDGED = words(
  'scor*, points, reject*, refus*, approv*, invit*, suspicious, risk*, rank*, grade*, eligib*, who, suspect*, blacklist*, them, he, she',
  'income, salar*, debts, nationality, health, medical, ethnic*, religio*, gender, age, performance, convict*, badge*, applicants',
);
const TOUCHED = words(
  'nurse*, worker*, employee*, staff, driver*, child*, kids, patient*, student*, pupil*, famil*, women, applicant*, job, jobs',
);

/**
 * All but one of the listed purposes judge people, and that one keeps infrastructure safe. Where neither occurs, in what it does, in
 * what comes out, in the data and in whom it touches, none is meant.
 */
function isAboutThings(purpose: string, { people, result, other }: Rest): boolean {
  return (
    purpose.trim().split(/\s+/).length >= 6 &&
    !has(purpose, PEOPLE) &&
    !has(purpose, INFRASTRUCTURE) &&
    !has(`${purpose}\n${result}`, NEAR_PEOPLE) &&
    !has(`${result}\n${other}`, JUDGED) &&
    !has(people, TOUCHED)
  );
}

function usesIn(purpose: string, { people, result }: { readonly people: string; readonly result: string }): Use[] {
  return (Object.keys(USES) as Use[]).filter((use) => {
    const { about, does, unless } = USES[use];
    if (!mentions(purpose, about) || (unless && has(purpose, unless))) return false;
    return does === undefined || has(purpose, does) || has(result, does) || has(people, does);
  });
}

function practicesIn(purpose: string, rest: Rest): Exclude<OptionOf<'bannedPractice'>, 'none'>[] {
  const found = PRACTICES.filter(({ says }) => mentions(purpose, says) || mentions(rest.other, says)).map(
    ({ practice }) => practice,
  );
  const readsEmotions = usesIn(purpose, rest).includes('emotions');
  const isForbiddenPlace =
    has(purpose, AT_WORK_OR_SCHOOL) ||
    (has(rest.people, AT_WORK_OR_SCHOOL) && !has(purpose, words('customer*, caller*')));
  return readsEmotions && isForbiddenPlace ? [...found, 'emotions_work_school'] : found;
}

/** Corrects what follows from the kind by what is said of the content that it makes. */
function contentOf(purpose: string, result: string, facts: Facts): Facts {
  const makes = Array.isArray(facts.synthetic) && !facts.synthetic.includes('none');
  if (mentions(purpose, REAL_LIKENESS) && makes) return { ...facts, synthetic: ['media', 'deepfake'] };
  if (mentions(purpose, NEWS) && makes) return { ...facts, synthetic: ['public_text', 'other_text'] };
  if (makes || !has(result, CONTENT)) return facts;
  const { synthetic: _, ...rest } = facts;
  return rest;
}

const CONTENT = words(
  'article*, image*, picture*, video*, audio, posts, letters, go online, goes online, publish*, post*',
);
