import type { Facts } from '../facts.ts';
import { NEAR, NEAR_PEOPLE, practicesIn, type Use, usesIn } from './listed-purposes.ts';
import { has, words } from './mentions.ts';
import { ordinaryKind } from './ordinary-kinds.ts';
import type { Said } from './said.ts';

/**
 * What follows for the law from how people describe the purpose. Only what they clearly say: a listed use, or an ordinary kind of
 * system without a word that points elsewhere. Everything between stays unknown.
 */
export function readPurpose(said: Said): Facts {
  const practices = practicesIn(said);
  const uses = usesIn(said);
  const { isKnown, isTalk, facts } = ordinaryKind(said);
  if (uses.length > 0 || practices.length > 0) {
    return {
      ...facts,
      ...farFromBans(said, uses),
      profiling: 'yes',
      ...(uses.length > 0 ? { listedUse: uses } : {}),
      ...(practices.length > 0 ? { bannedPractice: practices } : {}),
    };
  }
  const { purpose, people, result, other } = said;
  if (has([purpose, people, result, other].join('\n'), NEAR)) return facts;
  const none: Facts = { listedUse: ['none'], bannedPractice: ['none'] };
  if (isTalk || (isKnown && !has(`${purpose}\n${result}`, NEAR_PEOPLE))) return { ...facts, ...none };
  if (!isAboutThings(said)) return facts;
  const all = `${purpose}\n${result}`;
  const isSilent: Facts = has(all, MAY_TALK) ? {} : { talks: 'no' };
  const makesNothing: Facts = has(all, MAY_MAKE_CONTENT) ? {} : { synthetic: ['none'] };
  return { ...isSilent, ...makesNothing, ...facts, ...none };
}

const MAY_TALK = words('chat*, bot, bots, talk*, voice*, speak*, ask*, answer*, assistant*');
/** What others may take for a person's work. */
const MAY_MAKE_CONTENT = words(
  'text, texts, write*, draft*, image*, picture*, video*, article*, audio, post*, music, voice*, film*, design*, answer*, chat*',
);

/**
 * Three uses lie next to a ban. Sorting people by age or sex is none; nor is reading the moods of others than those who work or learn
 * there, nor police work that foretells nothing.
 */
function farFromBans({ purpose, people, result }: Said, uses: readonly Use[]): Facts {
  const all = [purpose, people, result].join('\n');
  const isFar = uses.every(
    (use) =>
      (use !== 'policing' || !has(all, FORETELLS)) &&
      (use !== 'biometric_sorting' || (has(all, AGE_OR_SEX) && !has(all, SENSITIVE))),
  );
  const isNext =
    uses.includes('biometric_sorting') ||
    uses.includes('policing') ||
    (uses.includes('emotions') && !has(all, WORKS_OR_LEARNS));
  return isFar && isNext ? { bannedPractice: ['none'] } : {};
}

const FORETELLS = words(
  'predict*, foretell*, forecast*, likely, likelihood, probab*, risk, risks, will, again, profil*, hot spots, hotspots',
);
const AGE_OR_SEX = words('age, ages, old, older, younger, gender, sex, male, female, men, women');
const SENSITIVE = words(
  'race, racial, ethnic*, religio*, political*, union, sexual*, origin, skin colou?r, nationality',
);
const WORKS_OR_LEARNS = words(
  'agent*, employee*, staff, worker*, pupil*, student*, driver*, colleague*, applicant*, candidate*, trainee*, team, crew, cashier*, nurse*, operators',
);

/**
 * All but one of the listed purposes judge people, and that one keeps infrastructure safe. Where neither occurs, in what it does, in
 * what comes out, in the data and in whom it touches, none is meant.
 */
function isAboutThings({ purpose, people, touched, result, other }: Said): boolean {
  return (
    purpose.trim().split(/\s+/).length >= 6 &&
    !has(purpose, VAGUE) &&
    !has(purpose, PEOPLE) &&
    !has(purpose, INFRASTRUCTURE) &&
    !has(`${purpose}\n${result}`, NEAR_PEOPLE) &&
    !has(`${result}\n${other}`, JUDGED) &&
    !has(people, TOUCHED) &&
    (TOUCHES_NOBODY.test(touched) || !has(touched, PEOPLE))
  );
}

const PEOPLE = words(
  'people, person, persons, customer*, employee*, staff, patient*, student*, applicant*, user, users, team, teams, hr, human*',
  'tenant*, citizen*, visitor*, driver*, worker*, child, children, kids, name, names, pupil*, guest*, nurse*, doctor*, us, somebody',
  'passenger*, member*, who, whom, whose, he, she, colleague*, face*, voice*, account*, caller*, client*, someone',
  'man, woman, men, women, everyone, everybody, anyone, debtor*, famil*, subscriber*, agent*, crew*, carer*, teacher*, case, cases',
  'personnel, workforce, buyer*, fan, fans, holder*, traveller*, courier*, cashier*, ill, poor, injured, visitors, guests, parents, player*, household*, claim*, file, files, application*, request*, profile*, insured, policyholder*',
);
/** Who speaks so has not said what it does. */
const VAGUE = words(
  'something, things, stuff, various, all kinds, all sorts, some ai, with ai, helps us, supports us, our data, add on, etc',
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
const TOUCHED = words('worker*, employee*, staff, driver*, patient*, student*, pupil*, applicant*, job, jobs');
/** Said of whom it touches, before anything else. */
const TOUCHES_NOBODY = /^\W*(nobody|no one|no people|no persons?|none|nothing)\b/iu;
