import type { Facts } from '../records/ai-system/facts.ts';

/** An AI system of the example organisation, a maker of outdoor clothing with a shop on the web. All of it is invented. */
export interface ExampleSystem {
  readonly name: string;
  /** What it does, as its owner would say it. */
  readonly does: string;
  /** What differs from an ordinary tool that was bought for our own people. */
  readonly facts: Facts;
}

const OUTSIDE: Facts = {
  users: ['consumers'],
  offered: 'own_name',
  affected: ['customers'],
  severity: 'money',
  talks: 'outside',
  personalData: ['contact', 'behaviour'],
  fairness: 'good',
};

const THINGS: Facts = {
  origin: ['built'],
  output: ['forecast'],
  affected: ['none'],
  severity: 'none',
  personalData: ['none'],
  trainingData: ['own'],
  talks: 'no',
};

const ON_PEOPLE: Facts = {
  output: ['score'],
  profiling: 'yes',
  talks: 'no',
  personalData: ['contact', 'behaviour', 'financial'],
  severity: 'livelihood',
  trainingData: ['own', 'personal'],
  fairness: 'good',
};

/** In the order in which they were registered. */
export const EXAMPLE_SYSTEMS: readonly ExampleSystem[] = [
  {
    name: 'Mia, the shop chatbot',
    does: 'It answers questions of shop customers about orders and returns, in the chat on our website.',
    facts: { ...OUTSIDE, vendor: 'Bright Agency', incident: 'recorded', customerContract: 'duties' },
  },
  {
    name: 'Demand forecast',
    does: 'It foretells how many pieces of each article are sold in the next twelve weeks.',
    facts: THINGS,
  },
  {
    name: 'Applicant ranking',
    does: 'It ranks applicants by how well their CV fits, so that recruiters read the best first.',
    facts: { ...ON_PEOPLE, listedUse: ['hiring'], affected: ['applicants'], vendor: 'TalentSort' },
  },
  {
    name: 'Invoice reader',
    does: 'It reads amounts and account numbers from invoices of suppliers and fills in the booking form.',
    facts: { output: ['sorting'], affected: ['businesses'], talks: 'no', vendor: 'Papertrail' },
  },
  {
    name: 'Office copilot',
    does: 'It drafts mails, summaries and slides for everybody in the offices.',
    facts: { vendor: 'Northwind', personalData: ['contact', 'free_text'] },
  },
  {
    name: 'Return fraud score',
    does: 'It gives each return a score for how likely it is a fraud; service looks at high ones.',
    facts: { ...ON_PEOPLE, origin: ['built'], affected: ['customers'], severity: 'money' },
  },
  {
    name: 'Route planner of the warehouse',
    does: 'It plans in which order pickers walk to the shelves.',
    facts: { ...THINGS, output: ['recommendation'], affected: ['staff'], decides: 'override' },
  },
  {
    name: 'Product pictures',
    does: 'It puts pictures of our products before mountains and lakes for the shop.',
    facts: {
      output: ['images'],
      synthetic: ['media'],
      personalData: ['none'],
      affected: ['customers'],
      vendor: 'Lumen',
    },
  },
  {
    name: 'Translations',
    does: 'It translates product texts into nine languages; a colleague reads them before they go out.',
    facts: { personalData: ['none'], affected: ['customers'], synthetic: ['public_text'], vendor: 'Polyglot' },
  },
  {
    name: 'Code assistant',
    does: 'It proposes program code to our developers while they type.',
    facts: { output: ['code'], personalData: ['none'], vendor: 'Northwind' },
  },
  {
    name: 'Credit check for instalments',
    does: 'It judges whether a customer may pay in instalments.',
    facts: { ...ON_PEOPLE, listedUse: ['credit'], affected: ['customers'], decides: 'override', vendor: 'Solvia' },
  },
  {
    name: 'Call summaries',
    does: 'It writes a summary of each call for the agent who took it.',
    facts: { affected: ['customers'], personalData: ['contact', 'free_text'], vendor: 'Callwise' },
  },
  {
    name: 'Shift planner',
    does: 'It plans shifts in the warehouse from wishes, absences and expected parcels.',
    facts: { ...ON_PEOPLE, listedUse: ['workforce'], output: ['recommendation'], affected: ['staff'], vendor: 'Rota' },
  },
  {
    name: 'Recommender in the shop',
    does: 'It shows what others bought who looked at the same article.',
    facts: {
      ...OUTSIDE,
      origin: ['built'],
      output: ['recommendation'],
      talks: 'no',
      decides: 'automatic',
      severity: 'nuisance',
    },
  },
  {
    name: 'Size adviser',
    does: 'It asks customers three questions and says which size fits.',
    facts: { ...OUTSIDE, output: ['recommendation'], severity: 'nuisance', vendor: 'Fitwell' },
  },
  {
    name: 'Quality camera, line 2',
    does: 'It finds torn seams on the sewing line and marks the piece.',
    facts: { ...THINGS, output: ['warning'], decides: 'person' },
  },
  {
    name: 'Complaint sorter',
    does: 'It sorts mails of customers by topic and urgency.',
    facts: {
      output: ['sorting'],
      affected: ['customers'],
      personalData: ['contact', 'free_text'],
      talks: 'no',
      vendor: 'Callwise',
    },
  },
  {
    name: 'Newsletter writer',
    does: 'It drafts the weekly newsletter from new products; marketing decides what goes out.',
    facts: { synthetic: ['public_text'], personalData: ['none'], affected: ['customers'], vendor: 'Northwind' },
  },
  {
    name: 'Price monitor',
    does: 'It compares our prices with those of other shops and proposes changes.',
    facts: { ...THINGS, origin: ['bought'], output: ['recommendation'], affected: ['customers'], vendor: 'Pricewise' },
  },
  {
    name: 'Contract search',
    does: 'It finds clauses in our contracts for the legal team.',
    facts: { output: ['sorting'], affected: ['businesses'], vendor: 'Lexica' },
  },
  {
    name: 'Meeting transcripts',
    does: 'It writes down what is said in online meetings, where everybody agreed.',
    facts: { personalData: ['contact', 'free_text'], vendor: 'Northwind' },
  },
  {
    name: 'Phishing filter',
    does: 'It holds back mails that look like fraud.',
    facts: { output: ['sorting'], decides: 'automatic', talks: 'no', vendor: 'Mailguard' },
  },
  {
    name: 'Energy control of the plant',
    does: 'It switches heating and air in the plant by weather and shift plan.',
    facts: { ...THINGS, output: ['control'], decides: 'automatic', origin: ['commissioned'], vendor: 'Voltus' },
  },
  {
    name: 'Delivery time forecast',
    does: 'It tells customers on which day a parcel will come.',
    facts: { ...THINGS, affected: ['customers'], severity: 'nuisance', users: ['consumers'], offered: 'own_name' },
  },
  {
    name: 'Expense checker',
    does: 'It marks travel expenses that depart from our rules; accounting looks at them.',
    facts: { ...ON_PEOPLE, affected: ['staff'], severity: 'nuisance', output: ['warning'], vendor: 'Papertrail' },
  },
  {
    name: 'Training coach',
    does: 'It answers new colleagues on products and shop routines, from our handbook.',
    facts: { origin: ['vendor_model'], vendor: 'Northwind' },
  },
  {
    name: 'Supplier news watch',
    does: 'It reads the news for risks at our suppliers: strikes, floods, insolvency.',
    facts: {
      ...THINGS,
      origin: ['bought'],
      output: ['warning'],
      affected: ['businesses'],
      trainingData: ['vendor'],
      vendor: 'Signalis',
    },
  },
  {
    name: 'Mood reading in calls',
    does: 'It was to show team leads in which mood agents and callers are.',
    facts: {
      ...ON_PEOPLE,
      bannedPractice: ['emotions_work_school'],
      listedUse: ['emotions'],
      affected: ['staff', 'customers'],
      vendor: 'Callwise',
    },
  },
  {
    name: 'Stock photo search',
    does: 'It finds pictures in our archive by what is on them.',
    facts: { output: ['sorting'], personalData: ['none'], talks: 'no', vendor: 'Lumen' },
  },
  {
    name: 'Voice assistant for pickers',
    does: 'It takes spoken orders in the warehouse, so that hands stay free.',
    facts: { stage: 'design_development', personalData: ['biometric'], vendor: 'Rota' },
  },
];
