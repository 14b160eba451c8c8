import { z } from 'zod';
import type { TopicId } from './topics.ts';

/** The answer "I don't know". It is kept, because somebody can then be asked; rules treat it like an answer not yet given. */
export const UNKNOWN = 'unknown';

/** Beside other options it contradicts them: whoever chooses it chooses nothing else. */
export const NONE = 'none';

interface FactKind {
  readonly topic: TopicId;
  /** Asked of a person, in plain words. */
  readonly question: string;
}

/** By what is kept: what is shown. */
export type Options = Readonly<Record<string, string>>;

/** What a person can choose or say beside the free text of a topic. "I don't know" can always be chosen. */
export type FactDefinition =
  | (FactKind & { readonly kind: 'choice' | 'choices'; readonly options: Options })
  | (FactKind & { readonly kind: 'text' | 'date' | 'person' });

function choice<const O extends Options>(topic: TopicId, question: string, options: O) {
  return { kind: 'choice', topic, question, options } as const;
}

function choices<const O extends Options>(topic: TopicId, question: string, options: O) {
  return { kind: 'choices', topic, question, options } as const;
}

function text(topic: TopicId, question: string) {
  return { kind: 'text', topic, question } as const;
}

/** What the rules need to know about an AI system, by topic of the intake. The order is that of the form. */
export const FACTS = {
  listedUse: choices('I1', 'Is it used for one of these? (the list of the EU AI Act)', {
    hiring: 'Finding, sorting or judging applicants, or aiming job adverts',
    workforce: 'Deciding on pay, promotion, dismissal or tasks of staff, or watching their performance',
    education_access: 'Admitting pupils or students, or placing them in a school or course',
    grading: 'Marking exams or steering how somebody learns',
    exam_watching: 'Watching for cheating in exams',
    credit: 'Judging whether a private person gets credit',
    insurance: 'Judging risk or price of life or health insurance for a person',
    benefits: 'Deciding on public benefits or services',
    emergency: 'Handling emergency calls, or deciding which patient comes first',
    infrastructure: 'Keeping road traffic, water, gas, heat, electricity or critical digital networks safe',
    identification: 'Recognising who somebody is from face, voice or gait, other than to unlock or log in',
    biometric_sorting: 'Sorting people by traits read from their body, such as age, sex or origin',
    emotions: 'Reading moods or emotions from face, voice or body',
    policing: 'Police work: suspects, victims, evidence, risk of crime',
    borders: 'Asylum, visas, migration or border control',
    justice: 'Helping a court or arbitrator find or apply the law',
    elections: 'Influencing how people vote',
    none: 'None of these',
  }),
  bannedPractice: choices('I1', 'Does it do one of these?', {
    manipulation: 'Push people into harmful decisions by deception, or by means that they do not notice',
    exploiting: 'Use the weakness of children, of disabled people or of people in need against them',
    social_scoring: 'Rate people by behaviour or character, so that they are treated worse elsewhere',
    crime_prediction: 'Foretell who will commit a crime from personality or profile alone',
    face_scraping: 'Collect faces from the web or from cameras for a recognition database',
    emotions_work_school: 'Read emotions at work or in education, other than for medical or safety reasons',
    sensitive_sorting: 'Infer race, politics, union, religion or sexuality from body or face',
    live_identification: 'Recognise people live in public places for the police',
    intimate_images: 'Make sexual images of real people without their consent, or of children',
    none: 'None of these',
  }),
  narrowTask: choice('I1', 'How large is its part in the decision?', {
    narrow: 'A narrow clerical step, such as sorting files by format',
    improves: 'It only improves work that a person has finished',
    patterns: 'It shows where decisions depart from earlier ones, and replaces nobody',
    prepares: 'It only prepares what a person then judges in full',
    none: 'More than that: its result is used in the decision',
  }),
  product: choice('I1', 'Is it a product, or part of one, that must pass a safety approval?', {
    none: 'No',
    medical: 'Medical device or diagnostic product',
    machinery: 'Machine or plant',
    vehicle: 'Vehicle, aircraft, ship or train',
    other: 'Another one: toy, lift, radio equipment, pressure equipment, protective equipment and so on',
  }),
  productPart: choice('I1', 'What is it in that product?', {
    safety: 'The product itself, or a part whose failure endangers people or property',
    none: 'A part without bearing on safety',
  }),
  thirdPartyCheck: choice('I1', 'Must an outside body check that product before it is sold?', { yes: 'Yes', no: 'No' }),

  origin: choices('I2', 'Where does it come from?', {
    built: 'We built or trained it, or a part of it',
    commissioned: 'A firm built it for us',
    bought: 'Bought, licensed or subscribed as it is',
    vendor_model: "We built it on a vendor's model",
    fine_tuned: 'We trained a ready model further',
    open_model: 'We run an open model or open-source software',
    changed: 'We changed or extended what we bought',
    others_system: "It is somebody else's system; we only supply data, parts, tests or advice",
  }),
  vendor: text('I2', 'Who is the vendor or maker?'),
  model: text('I2', 'Which model, and which version?'),
  unapproved: choice('I2', 'Do people also use tools for this that nobody approved?', { yes: 'Yes', no: 'No' }),
  providesModel: choice('I2', 'Do we give others a general-purpose model, such as a language model, of our own?', {
    yes: 'Yes',
    no: 'No',
  }),

  stage: choice('I3', 'Where is it in its life?', {
    inception: 'Idea or plan',
    design_development: 'Being designed or built',
    verification_validation: 'Being tested',
    deployment: 'Being introduced: pilot or roll-out',
    operation_monitoring: 'In use',
    continuous_validation: 'In use, and it goes on learning from what it sees',
    re_evaluation: 'Under review, paused or to be changed',
    retirement: 'Being switched off, or off',
  }),
  inUseSince: { kind: 'date', topic: 'I3', question: 'Since when is it in use, or on the market?' } as const,
  lastChange: choice('I3', 'Was it changed in an important way lately?', {
    none: 'No',
    checked: 'Yes, and tested and approved before',
    unchecked: 'Yes, without a recorded test or approval',
  }),

  users: choices('I4', 'Who uses it?', {
    staff: 'Our own people',
    businesses: 'Business customers',
    consumers: 'Private customers',
    public: 'Anybody, for example on a website',
  }),
  offered: choice('I4', 'Do others get it, or a service that contains it, from us?', {
    no: 'No, only we use it',
    own_name: 'Yes, under our name or as part of what we offer',
    other_name: "Yes, under somebody else's name",
  }),

  affected: choices('I5', 'Whose lives does it touch, also without their knowing?', {
    staff: 'Our own people',
    applicants: 'Applicants for a job',
    customers: 'Private customers',
    children: 'Children or young people',
    vulnerable: 'Patients, old, disabled or poor people, or others who depend on us',
    students: 'Pupils or students',
    businesses: 'Other firms',
    public: 'Other people: neighbours, passers-by, citizens',
    none: 'Nobody outside of those who work with it',
  }),
  severity: choice('I5', 'What is the worst that a wrong result can do to one of them?', {
    none: 'Nothing that a person would notice',
    nuisance: 'Annoyance or lost time',
    money: 'Money, a missed offer or their good name',
    livelihood: 'A job, a home, credit, schooling, benefits or freedom',
    health: 'Injury, illness or death',
  }),

  personalData: choices('I6', 'Which data about people go in?', {
    contact: 'Names, contact or customer data',
    behaviour: 'Behaviour: purchases, clicks, use, location, work',
    financial: 'Income, debts or payments',
    sensitive: 'Health, belief, politics, union, sex life or origin',
    biometric: 'Face, voice, fingerprint or other traits of the body',
    criminal: 'Offences or suspicions',
    children: 'Data of children',
    free_text: 'Free text in which people may write anything',
    none: 'None',
  }),
  anonymised: choice('I6', 'Are the data about people made anonymous?', {
    no: 'No',
    claimed: 'Somebody says so; nobody has checked',
    checked: 'Yes, and checked',
  }),
  namesKept: choice('I6', 'Do names, numbers or badges of people remain in the data?', {
    needed: 'Yes, they are needed',
    unneeded: 'Yes, though they are not needed',
    no: 'No',
  }),
  trainingData: choices('I6', 'What was it trained on?', {
    own: 'Our own records',
    personal: 'Records about people',
    bought: 'Data bought or received from others',
    web: 'Data from the web',
    vendor: "The vendor's data",
    none: 'Nothing: it follows rules that people wrote',
  }),
  vendorTraining: choice('I6', 'May the vendor train on our data?', {
    excluded: 'No, the contract says so and we have it',
    said: 'No, the vendor says; we have not seen it in writing',
    allowed: 'Yes',
    none: 'Nothing of ours goes to a vendor',
  }),

  output: choices('I7', 'What comes out?', {
    text: 'Text, summaries or translations',
    images: 'Images, audio or video',
    code: 'Program code',
    forecast: 'A forecast or measurement of things',
    score: 'A score, rank or group for a person',
    recommendation: 'A recommendation',
    sorting: 'Sorting, search results or data read from documents',
    warning: 'A warning or alarm',
    decision: 'A decision or action that takes effect',
    control: 'Control of a machine or plant',
  }),
  decides: choice('I7', 'Who decides in the end? Where parts differ: in the part that goes furthest by itself', {
    informs: 'It only informs; nothing follows from it directly',
    person: 'A person decides each time',
    override: 'Its result stands unless a person changes it',
    automatic: 'It acts by itself',
  }),
  profiling: choice('I7', 'Does it judge or predict something about a person from data about that person?', {
    yes: 'Yes',
    no: 'No',
  }),
  talks: choice('I7', 'Do people talk or write with it directly?', {
    outside: 'Yes, people outside our organisation too',
    staff: 'Yes, only our own people',
    no: 'No',
  }),
  synthetic: choices('I7', 'Does it make content that others get to see?', {
    media: 'Images, audio or video',
    deepfake: 'Images, audio or video that look or sound like real people, places or events',
    public_text: 'Text that informs the public',
    other_text: 'Other text',
    none: 'No',
  }),

  euReach: choice('I8', 'What has it to do with the European Union?', {
    in_eu: 'It is used or offered there',
    output_only: 'Only its results are used there',
    none: 'Nothing',
  }),
  countries: text('I8', 'Which countries?'),

  incident: choice('I9', 'Has anything gone wrong already?', {
    none: 'No',
    recorded: 'Yes, and it is recorded as an incident',
    unrecorded: 'Yes, and it is not recorded',
    unsure: 'Yes, and I do not know whether it is recorded',
  }),
  ignored: choice('I9', 'Do people ignore its warnings or accept its results unread?', { yes: 'Yes', no: 'No' }),

  tested: choice('I10', 'Who tested it before use?', {
    recorded: 'We did, and the results are on record',
    unrecorded: 'We did, without a record, or only a little',
    vendor_report: 'Only the vendor or maker, and we have the report',
    vendor_only: 'Only the vendor or maker, and we have no report',
    none: 'Nobody',
  }),
  fairness: choice('I10', 'Were results compared between groups of people?', {
    good: 'Yes, without notable differences',
    differences: 'Yes, with differences',
    none: 'No',
    not_needed: 'It has nothing to do with people',
  }),

  logs: choice('I11', 'What does it record while in use?', {
    known: 'What it does, for a time that we know',
    unclear: 'Something, but we do not know what or for how long',
    none: 'Nothing',
  }),
  watched: choice('I11', 'Who keeps an eye on it?', {
    regular: 'Somebody, by plan',
    complaints: 'Somebody, when there is a complaint or fault',
    nobody: 'Nobody',
  }),

  usersTold: choice('I12', 'What do its users get?', {
    trained: 'Instructions or training with its limits',
    informal: 'A hint or a page, no more',
    nothing: 'Nothing',
  }),
  peopleTold: choice('I12', 'Do the people whom it touches know that it is AI?', {
    yes: 'Yes, they are told',
    obvious: 'It is thought to be obvious',
    no: 'No',
    not_needed: 'It touches nobody outside',
  }),

  vendorContract: choice('I13', 'What is agreed with the vendor or maker about it?', {
    duties: 'A contract that says who does what for the AI',
    silent: 'A contract that is silent on the AI, or on our change to it',
    standard: "The vendor's standard terms",
    nothing: 'Nothing',
    none: 'There is no vendor',
  }),
  customerContract: choice('I13', 'What is agreed with those who get it from us?', {
    duties: 'A contract or terms that say what it does and who answers for what',
    silent: 'Terms that are silent on the AI',
    nothing: 'Nothing',
    none: 'Nobody gets it from us',
  }),

  ownership: choice('I14', 'Who answers for it?', {
    person: 'One person',
    team: 'A team, without a name',
    shared: 'Several, or somebody for the time being',
    nobody: 'Nobody yet',
  }),
  owner: { kind: 'person', topic: 'I14', question: 'Which person?' } as const,
} satisfies Record<string, FactDefinition>;

export type FactName = keyof typeof FACTS;

type ValueOf<D> = D extends { kind: 'choice'; options: infer O }
  ? keyof O
  : D extends { kind: 'choices'; options: infer O }
    ? readonly (keyof O)[]
    : string;

/**
 * What is known about an AI system. A fact is left out where nobody was asked, and `unknown` where somebody did not know. Several
 * choices are never an empty list. A person is kept by id, a date as YYYY-MM-DD.
 */
export type Facts = { readonly [Name in FactName]?: ValueOf<(typeof FACTS)[Name]> | typeof UNKNOWN };

export type FactValue = NonNullable<Facts[FactName]>;

export const FACT_NAMES = Object.keys(FACTS) as readonly FactName[];

export function factsOf(topic: TopicId): FactName[] {
  return FACT_NAMES.filter((name) => FACTS[name].topic === topic);
}

/** The longest text of a fact, in characters. */
export const MAX_FACT_LENGTH = 500;

function formatOf(definition: FactDefinition): z.ZodType {
  switch (definition.kind) {
    case 'choice':
      return z.enum([...Object.keys(definition.options), UNKNOWN]);
    case 'choices': {
      const several = z
        .array(z.enum(Object.keys(definition.options)))
        .min(1)
        .transform((chosen) => Object.keys(definition.options).filter((option) => chosen.includes(option)))
        .refine((chosen) => chosen.length === 1 || !chosen.includes(NONE), 'None of them and one of them.');
      return z.union([z.literal(UNKNOWN), several]);
    }
    case 'date':
      return z.union([z.literal(UNKNOWN), z.iso.date()]);
    case 'person':
      return z.union([z.literal(UNKNOWN), z.uuid()]);
    default:
      return z.string().trim().min(1).max(MAX_FACT_LENGTH);
  }
}

const FORMATS = Object.fromEntries(FACT_NAMES.map((name) => [name, formatOf(FACTS[name]).optional()]));

/** Facts from a form, a model, a file or the database. Options come in the order of their definition, whatever the order chosen. */
export const FactsFormat = z.strictObject(FORMATS) as unknown as z.ZodType<Facts>;

/** @throws ZodError for a fact that there is not, or a value that it cannot have */
export function parseFacts(json: unknown): Facts {
  return FactsFormat.parse(json);
}

/** A value in plain words: "Bought, licensed or subscribed as it is". Text is as it was typed, and a person an id. */
export function sayFact(name: FactName, value: FactValue): string {
  if (value === UNKNOWN) return 'not known';
  const definition: FactDefinition = FACTS[name];
  if (!('options' in definition)) return String(value);
  const chosen = typeof value === 'string' ? [value] : value;
  return chosen.map((option) => definition.options[option] ?? option).join('; ');
}

/** Whether it is known that the fact says one of these. */
export function says<Name extends FactName>(facts: Facts, name: Name, ...options: OptionOf<Name>[]): boolean {
  const value = facts[name] as string | readonly string[] | undefined;
  if (value === undefined || value === UNKNOWN) return false;
  const chosen = typeof value === 'string' ? [value] : value;
  return options.some((option) => chosen.includes(option));
}

/** Whether somebody knew an answer. */
export function isKnown(facts: Facts, name: FactName): boolean {
  const value = facts[name];
  return value !== undefined && value !== UNKNOWN;
}

/** Whether something was chosen, and that was not "none". */
export function hasSome(facts: Facts, name: FactName): boolean {
  const value = facts[name];
  return value !== undefined && value !== UNKNOWN && value !== NONE && !(Array.isArray(value) && value.includes(NONE));
}

/**
 * What two readings of the same words say together. Where several options can hold, all that either found do; where one can, the
 * second reading has it, if it is sure.
 */
export function together(one: Facts, other: Facts): Facts {
  const facts: Record<string, unknown> = { ...one };
  for (const name of FACT_NAMES) {
    if (!isKnown(other, name)) continue;
    const [before, after] = [one[name], other[name]];
    facts[name] = Array.isArray(before) && Array.isArray(after) ? eitherOf(name, [...before, ...after]) : after;
  }
  return facts as Facts;
}

/** In the order of their definition; "none" only where nothing else was found. */
function eitherOf(name: FactName, options: readonly string[]): string[] {
  const definition: FactDefinition = FACTS[name];
  const all = 'options' in definition ? Object.keys(definition.options) : [];
  const found = all.filter((option) => options.includes(option));
  return found.length > 1 ? found.filter((option) => option !== NONE) : found;
}

/** What can be chosen for a fact. */
export type OptionOf<Name extends FactName> = (typeof FACTS)[Name] extends { options: infer O }
  ? keyof O & string
  : never;
