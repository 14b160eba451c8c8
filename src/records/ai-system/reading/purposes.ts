import type { Facts } from '../facts.ts';
import { NEAR, NEAR_PEOPLE, practicesIn, usesIn } from './listed-purposes.ts';
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
      profiling: 'yes',
      ...(uses.length > 0 ? { listedUse: uses } : {}),
      ...(practices.length > 0 ? { bannedPractice: practices } : {}),
    };
  }
  const { purpose, people, result, other } = said;
  if (has([purpose, people, result, other].join('\n'), NEAR)) return facts;
  const isPlain = isTalk || (isKnown && !has(`${purpose}\n${result}`, NEAR_PEOPLE));
  return isPlain || isAboutThings(said) ? { ...facts, listedUse: ['none'], bannedPractice: ['none'] } : facts;
}

/**
 * All but one of the listed purposes judge people, and that one keeps infrastructure safe. Where neither occurs, in what it does, in
 * what comes out, in the data and in whom it touches, none is meant.
 */
function isAboutThings({ purpose, people, result, other }: Said): boolean {
  return (
    purpose.trim().split(/\s+/).length >= 6 &&
    !has(purpose, PEOPLE) &&
    !has(purpose, INFRASTRUCTURE) &&
    !has(`${purpose}\n${result}`, NEAR_PEOPLE) &&
    !has(`${result}\n${other}`, JUDGED) &&
    !has(people, TOUCHED)
  );
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
