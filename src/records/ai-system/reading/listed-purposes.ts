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

/** Subjects of the list: who speaks of them, on whatever topic, has not said enough to be called harmless. */
export const NEAR = words(
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
export const NEAR_PEOPLE = words(
  'patient*, diagnos*, pupil*, student*, tenant*, citizen*, driver, drivers, courier*, shift*, roster*',
  'face, faces, credit, ward, wards, monitors staff, monitors employees, watches, who works, employees who',
);

/** The uses of Annex III that are clearly told of. */
export function usesIn({ purpose, people, result }: Said): Use[] {
  return (Object.keys(USES) as Use[]).filter((use) => {
    const { about, does, unless } = USES[use];
    if (!mentions(purpose, about) || (unless && has(purpose, unless))) return false;
    return does === undefined || has(purpose, does) || has(result, does) || has(people, does);
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
