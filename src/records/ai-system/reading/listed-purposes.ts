import type { OptionOf } from '../facts.ts';
import { has, mentions, words } from './mentions.ts';
import type { Said } from './said.ts';

export type Use = Exclude<OptionOf<'listedUse'>, 'none'>;

/** To judge somebody or something. */
const JUDGE = words(
  'rank*, sort, sorts, sorting, filter*, screen, screens, screening, scor*, match*, select*, shortlist*',
  'short list*, reject*, evaluat*, assess*, rate, rates, rating*, grade, grades, grading, preselect*',
  'pre select*, triag*, prioriti*, predict*, classif*, choos*, pick*, decid*, decision*, approv*, eligib*',
  'suitab*, top, best, limit*, likelihood, probabilit*, how likely, check*, recommend*, risk, profil*',
  'analys*, analyz*, flag*, pass*, knock out*, fail*, polite no, invit*, says no, sends a no',
  'points, stars, percent*, traffic light*, (red|green) _ (red|green), ok or not, worth, how good, how well, fits, fit, suits',
  'block*, unpaid, whether, yes or no, who may, may have, allowed, piles, order of, in order, compar*, verif*, works out, sets the, priorit*, investigat*, watch list*, shows up, see, sees, target*, source, sources, sourcing',
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
      'new hire*, job ad targeting, job interview*, video interview*, talent*, job seeker*, jobseeker*, headhunt*, vacanc*',
      'open positions, job (ad|ads|advert*|posting*|match*|offers), cover letter*, application letter*, curricul*, apprenticeship*',
      'internship*, apply* (for a job|for jobs|to us|to work|here), (people|those) _ (look for work|looking for work|want a job)',
      'apprentice*, school leavers, who we should (train|take|employ|hire|interview), people who applied, people who apply, everybody who applies, (asks|interviews) people who (applied|apply)',
      '(want|wants|wish|wishes) to work (here|for us|with us), job letter*, personality test*, assessment cent*, temp workers, who we (hire|take on|invite)',
    ),
    does: JUDGE,
    unless: words(
      'loan*, credit, mortgage*, tenant*, visa*, asylum, scholarship*, flat, flats, apartment*, insurance, grant*, permit*',
    ),
  },
  workforce: {
    about: words(
      '(monitor*|track*|watch*|rate*|rank*|scor*|evaluat*|assess*|judg*|compar*) _ (employees|staff|workers|agents|drivers|couriers|pickers|packers|riders|cleaners|team members|colleagues|cashiers|sales reps|teachers|technicians)',
      '(employee*|staff|worker*|driver*|agent*|courier*|workforce|picker*|rider*) (performance|monitoring|scor*|rating*|ranking*|productivity|evaluation*)',
      'attrition, performance review*, performance appraisal*, performance scor*, performance rating*, flight risk',
      'productivity (of|scor*|tracking), who to (fire|promote|dismiss), dismissal*, promotion decision*, gets promoted',
      'likely to quit, will quit, leave the company, picks per hour, idle time, call quality scor*, (employees|staff) _ (quit|leave|resign)',
      '(assign*|allocat*|distribut*) (tasks|shifts|rides|jobs|orders), assign* _ (couriers|drivers|riders), who gets _ (bonus|shift*|ride*|job|promotion)',
      '(works out|calculat*|decid*|sets|set|determin*|proposes|suggest*) _ (bonus|bonuses|commission*|pay rise*|raises|salar*|pay of), merit increase*',
      '(gives|hands|shares|deals) out _ (shifts|tasks|rides|jobs|tours|orders), (shifts|tasks|rides) (to|for|among) (couriers|drivers|riders|staff|workers|employees)',
      'who works (when|nights|weekends|late|early|where|with), how (reliable|punctual|good|hard|much) _ (nurse*|worker*|employee*|driver*|colleague*|each of us|everybody) _ (was|is|works|worked|works)',
      '(how long|how many|time*) _ (each|every) (one|worker|employee|picker|driver|nurse|agent|person) (takes|needs|does|sells|makes|handles), (times|speed|output|errors) (per|of each) (person|worker|employee|picker)',
      'productivity (dashboard|tool|tracker|software|index), (mouse|app|apps|keyboard|computer) (usage|activity), focus time, active time, who is (active|idle|working)',
      '(ranks|compares|rates) (teams|persons|people), (rates|scores|marks|grades) _ (every|each|service|sales|support|agents|agent) (call|calls|chat|chats|conversation*), rank in (the|their) team, layoff*, redundanc*, who to let go, (employee*|staff|worker*) _ (risk|burnout|burn out|absen*|sick leave), underperform*, internal mobility',
      '(keystroke*|screenshots|screen time|activity) of (employees|staff|workers|agents|our people), driving style, driver behaviou?r',
      '(quality|performance) score per (agent|employee|driver|worker), (listens to|scores|rates) _ (calls|chats) of (agents|our agents|staff), 360 feedback',
      'how (fast|slow|productive|busy|long) they, low performer*, top performer*, slowest, (measur*|count*|time*) _ (pickers|workers|employees|staff|drivers|agents)',
    ),
    unless: words('holiday planner, machine performance'),
  },
  education_access: {
    about: words(
      'admission*, enrol*, school place*, study place*, university applica*, student applica*, scholarship*',
      '(placement|entry|entrance) test*, (puts|places|assigns|sorts) _ (pupils|students|children|learners|people) _ (course*|class|classes|group*|level*|track*|school*)',
      '(child|children|pupil*|student*|kids) _ (gets into|get into|admitted|accepted|programme|program|gifted), gets into _ (programme|program|school|class|course|university)',
      'who gets (a place|in), (school|college|university|kindergarten) places, which (school|course|class|track) _ (pupil|student|child|learner)',
    ),
    does: JUDGE,
  },
  grading: {
    about: words(
      '(grad*|mark*|scor*|correct*|assess*|evaluat*) _ (essays|exams|homework|tests|assignments|students|pupils|papers|theses)',
      '(gives|give|giving|proposes) _ (points|marks|grades) _ (essay*|exam*|homework|test*|pupil*|student*), (pupils|students) (points|marks|grades)',
      '(exam|essay|homework|test) (grad*|scor*|marking|correct*), auto grad*, drop out*, dropout*, at risk students',
      'adaptive (learning|test*|exercise*), learning path*, (essays|exams|homework|tests) _ (grad*|mark*|scor*|correct*)',
      'next (exercise|lesson|task for the pupil*), (learning|reading|skill|ability) level*, level (of|for) (each|every) (child|pupil|student|learner)',
      '(pupil*|student*|learner*|child|children) (is|are|falls|fall) behind, who is behind, (pupils|students|learners) _ (struggl*|weak|at risk|fail)',
    ),
    unless: words('employee*, staff training'),
  },
  exam_watching: {
    about: words(
      'proctor*, cheat*, exam supervision, exam monitoring, online exam*, invigilat*, (watch*|supervis*|monitor*|film*) _ exam*',
      'during (the|an|online) exam*, (webcam*|camera*) _ exam*',
    ),
    unless: words('plagiaris*'),
  },
  credit: {
    about: words(
      'credit (engine|model|tool|line|card|cards), schufa, (get|gets|got) (a|the|your) card, which limit, credit scor*, creditworth*, credit worth*, credit risk, credit decision*, credit limit*, loan*',
      'mortgage*, overdraft*, instalment*, installment*, buy now pay later, pay later, credit check*',
      'credit applica*, consumer credit, who gets credit, gets a credit, pay by invoice, default risk, solvency, affordab*',
      '(buy|buying|pay|paying) on (invoice|account), (private|retail) (buyer*|customer*) _ (unpaid|pay|owe), pay (it )?back, pays back, repay*, payment default*, financing for (private|consumers), card limit*',
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
      'allowance*, eligib*, (people|families|persons|those) on benefits, jobcentre, job centre, unemployed, care level*, social aid',
      'social work*, child welfare, food stamps, council (housing|flat*), rent support, (child|family) neglect, medicaid, benefit fraud',
    ),
    does: JUDGE,
    unless: words('employee benefit*, staff benefit*'),
  },
  emergency: {
    about: words(
      'emergency (call*|room*|department*|patient*), ambulance*, 112, 911, 999, (er|a&e|hospital|medical|emergency|patient) triag*',
      'triag* _ (patient*|symptom*|nurse*), (symptom*|nurse*|patient*) _ (triag*|urgen*), urgency of _ patient*, triage aid',
      'emergency, 112 calls, fire brigade, first responders, waiting room _ (first|urgen*|order), (patient*|people) _ (urgen*|seen first)',
      '(operation*|surger*|patient*|treatment*) _ (first|urgen*|waiting list), waiting list _ (urgen*|operation*|surger*)',
      'which patient*, patient* _ first, how urgent _ patient*, dispatch* _ ambulance*, sick people _ urgen*',
    ),
  },
  infrastructure: {
    about: words(
      'power grid, electricity grid, the grid, voltage, feeder*, grid operator*, (gas|water|electricity|heating) (grid|network|plant), grid control, water supply, water network, drinking water',
      'water treatment, gas network, gas supply, gas grid, district heating, heating network, substation*',
      'traffic light*, traffic control, traffic signal*, road traffic, power plant*, power line*, water (mains|works|pressure|pipes)',
      'waterworks, gas pressure, heat network, load shedding, blackout*, sluice*, dam, dams',
    ),
    does: words(
      'control*, switch*, steer*, regulat*, safety, shut*, valve*, protect*, balanc*, open*, set, sets, runs, pump*, by itself',
    ),
  },
  identification: {
    about: words(
      '(face|facial) (recognition|matching), (recogni*|know*|match*|identif*) _ (face|faces|people|persons|visitors|shoplifters)',
      'watch list*, watchlist*, biometric identif*, gait, faces against, banned (visitors|customers|people), (every|each) face',
      '(compares|compare|checks|check|searches) _ (face|faces), (face|faces) _ (pictures|photos|list|database|people who), (thieves|shoplifters|hooligans) _ (camera*|face*)',
      '(speaker|voice) (identification|recognition) of, who (is|comes) (in front|in), (recognises|recognizes|knows) (regulars|guests|vips|members)',
    ),
    unless: words('unlock*, log in, login, one to one, 1 1, blur*, own phone, badge, fits the, opens the door'),
  },
  biometric_sorting: {
    about: words(
      '(age|gender|sex|ethnicity) (estimation|detection|recognition|check|screen*), (guess*|estimat*|detect*|recogni*|tells|judg*) _ (age|gender|sex|ethnicity|skin colou?r)',
      'age and (gender|sex), gender and age, how old (somebody|someone|people|they|customers|a person|the person|a customer), (male|man) or (female|woman)',
      'looks (under|over|older|younger)',
    ),
    does: words('camera*, face*, photo*, picture*, video*, voice*, selfie*, image*'),
  },
  emotions: {
    about: words(
      'emotion*, mood, moods, feelings, anger, angry, frustrat*, stress, stressed, attention level*, attentive*, smil*',
      '(how|whether|if) _ (stressed|friendly|happy|angry|nervous|bored|motivated|engaged|annoyed|tired of), concentrat*, body language, lie detect*, nervous*',
      '(happy|sad|angry|stressed|bored|friendly) _ (face|faces|voice|sound*|look*), engagement of (pupils|students|staff|employees)',
      'facial expression*, tone of voice, voice tone, how _ (agent|agents|employee*|caller*|customer*|student*|pupil*|driver*) (feel*|is feeling)',
    ),
    does: words(
      'voice*, face, faces, facial, camera*, video*, webcam*, call, calls, call centre*, call center*, caller*, audio, tone*, speech, headset*, listens, sound, sounds, telephone, phone, look, looks, meeting*, headband*, brain*, eye, eyes, glasses',
    ),
    unless: words('drows*, microsleep'),
  },
  policing: {
    about: words(
      'police, policing, law enforcement, suspect*, crime, crimes, criminal*, offender*, recidivism, offends again, offend again, reoffend*, parole, probation, inmate*, prisoner*, prison',
    ),
    unless: words('judge*, court*, sentenc*'),
  },
  borders: {
    about: words('asylum, visa applica*, border control, border guard*, migration, migrant*, refugee*, immigration'),
  },
  justice: {
    about: words(
      'for judges, judges, judge, judge drafts, sentencing, sentences, arbitrat*, court decision*, judicial, verdict*, magistrate*',
    ),
    does: words(
      'propos*, suggest*, draft*, decid*, how long, rang*, recommend*, weigh*, help*, prepar*, summari*, find*',
    ),
  },
  elections: {
    about: words('election*, voter*, political campaign*, how people vote, referendum*, ballot*'),
  },
};

const AT_WORK_OR_SCHOOL = words(
  'employee*, staff, worker*, agents, agent, our people, team members, colleague*, call centre agents',
  'student*, pupil*, trainee*, crew, cashier*, call center agents, operators, applicants, candidates',
);

export type Practice = Exclude<OptionOf<'bannedPractice'>, 'none'>;

const PRACTICES: readonly { readonly practice: Practice; readonly says: RegExp }[] = [
  {
    practice: 'face_scraping',
    says: words(
      'scrap* _ faces, scrap* _ photos of people, scrap* _ profile pictures, faces from the web',
      'faces from social media, photos from social media',
    ),
  },
  {
    practice: 'social_scoring',
    says: words(
      'social scor*, citizen scor*, scor* _ citizens, trust (score*|points), (points|scores|ratings) _ (residents|citizens|inhabitants) _ behaviou?r',
      '(residents|citizens|inhabitants) (get|receive|collect|lose) points, (residents|citizens|inhabitants) (points|scores) for',
    ),
  },
  {
    practice: 'crime_prediction',
    says: words('predict* _ commit a crime, predict* _ reoffend, predict* _ offenders, who will commit, will steal'),
  },
  {
    practice: 'manipulation',
    says: words('subliminal*, without them noticing, without people noticing, manipulat* people'),
  },
  {
    practice: 'sensitive_sorting',
    says: words(
      '(guess*|infer*|predict*|recogni*|tell*) _ (religion|sexual orientation|political views|race|ethnicity) from _ (face|faces|photo*|voice|gait)',
    ),
  },
  { practice: 'intimate_images', says: words('nudif*, undress*, nude (pictures|images|photos), fake nudes') },
];

/** Subjects of the list: who speaks of them, on whatever topic, has not said enough to be called harmless. */
export const NEAR = words(
  'applicant*, recruit*, hiring, candidate, candidates, cv, cvs, resume, resumes, job applica*, exam, exams, grading, admission*',
  'enrol*, proctor*, credit scor*, credit limit*, loan*, mortgage*, creditworth*, life insur*, health insur*, welfare',
  'social benefit*, housing benefit*, unemployment, asylum, visa, visas, border*, police, suspect*, crime, criminal*, judge, judges, court clerk*, tribunal*, prosecutor*, defendant*',
  'election*, voter*, biometric*, fingerprint*, facial, emotion*, mood, moods, (patient*|medical|symptom*|nurse) _ triage, ambulance*, emergency, therap*, surgery',
  'dismiss*, performance of, performance review*, employee performance, attrition, surveillance, social scor*, power grid',
  'traffic light*, water supply, benefit claim*, eligib*, prison*, tax authority, tutor*, next exercise, learning level*, lesson*',
  'talent*, vacanc*, open position*, job ad*, personnel file*, promotion of, homework, treatment*, medication*, drug, drugs, dosage*',
  'tax, taxes, subsid*, allowance*, pension*, grid, voltage, substation*, waterworks, drinking water, gas network, control room',
  'their age, age and, age group*, gender, ethnic*, race, religio*, sexual*, disabled, disabilit*, asylum*, refugee*, parole, custody',
);

/** People whom a listed purpose might judge. They can use or be touched by anything, but where it is about them it may be listed. */
export const NEAR_PEOPLE = words(
  'patient*, diagnos*, pupil*, student*, tenant*, citizen*, (per|each|every|which|of the) (driver|courier|rider), driving, couriers, shifts, roster*, rota',
  'face, faces, credit, ward, wards, monitors staff, monitors employees, watches, who works, employees who',
);

/** The uses of Annex III that are clearly told of. */
export function usesIn({ purpose, people, result, other }: Said): Use[] {
  return (Object.keys(USES) as Use[]).filter((use) => {
    const { about, does, unless } = USES[use];
    if (!mentions(purpose, about) || (unless && has(purpose, unless))) return false;
    return does === undefined || [purpose, result, people, other].some((text) => has(text, does));
  });
}

/** The practices of Article 5 that are clearly told of. */
export function practicesIn(said: Said): Practice[] {
  const { purpose, people, other } = said;
  const found = PRACTICES.filter(({ says }) => mentions(purpose, says) || mentions(other, says)).map(
    ({ practice }) => practice,
  );
  const readsEmotions = usesIn(said).includes('emotions');
  const isForbiddenPlace =
    has(purpose, AT_WORK_OR_SCHOOL) || (has(people, AT_WORK_OR_SCHOOL) && !has(purpose, words('customer*, caller*')));
  return readsEmotions && isForbiddenPlace ? [...found, 'emotions_work_school'] : found;
}
