/** The fourteen topics of the intake, in their order. */
export const TOPIC_IDS = [
  'I1',
  'I2',
  'I3',
  'I4',
  'I5',
  'I6',
  'I7',
  'I8',
  'I9',
  'I10',
  'I11',
  'I12',
  'I13',
  'I14',
] as const;

export type TopicId = (typeof TOPIC_IDS)[number];

/** One topic of the intake, in the words in which it is asked. */
export interface IntakeTopic {
  /** Two or three words: Testing. */
  readonly title: string;
  /** Asked of a person. */
  readonly question: string;
  /** What is meant, in one or two sentences. */
  readonly explanation: string;
  /** A good answer, as somebody might say it. */
  readonly example: string;
  readonly why: string;
}

export const TOPICS: Readonly<Record<TopicId, IntakeTopic>> = {
  I1: {
    title: 'Purpose',
    question: 'What does the system do, and what is it for?',
    explanation:
      'One or two sentences: who does what with it, and to what end. Several purposes may be several systems.',
    example: 'It answers questions of shop customers about orders and returns, in the chat on our website.',
    why: 'Duties follow from the purpose, not from the technology.',
  },
  I2: {
    title: 'Origin',
    question: 'Who made it: built here, bought, or a mix? Which vendor, and which model?',
    explanation: 'Name the maker, the product, the model inside and its version, as far as you know them.',
    example: 'Bought from Acme as a service, on their model Acme-3; we wrote the prompts and connected our order data.',
    why: 'It decides which part is ours to answer for, and whom to ask for documents.',
  },
  I3: {
    title: 'Stage of life',
    question: 'Where is it in its life: idea, being built, being tested, in use, being switched off?',
    explanation: 'Say since when, and whether something important was changed lately.',
    example: 'In use since March; the ranking was replaced in June, tested and approved before.',
    why: 'What has to be done before use differs from what has to be done during use.',
  },
  I4: {
    title: 'Users',
    question: 'Who uses it?',
    explanation: 'Whoever works with it or talks to it, inside and outside, and whether others get it from us.',
    example: 'Our twelve service agents; customers see the answers only after an agent has read them.',
    why: 'Users need information and training, and whoever offers AI to others has more duties.',
  },
  I5: {
    title: 'People it touches',
    question: 'Whose lives does it touch, including people who never see it?',
    explanation:
      'Think of those whom it rates, watches or serves, of bystanders, of children and of people who depend on us.',
    example: 'Applicants: a wrong rank can cost somebody an interview. Some are under 18.',
    why: 'How deeply its impact has to be assessed depends on them.',
  },
  I6: {
    title: 'Data',
    question: 'Which data go in, and what was it trained on?',
    explanation: 'What it reads in use, what it learnt from, which of it is about people, and where it goes.',
    example: 'Order history and chat text, with names. Trained by the vendor; the contract rules out training on ours.',
    why: 'Bad or sensitive data are where most harm begins.',
  },
  I7: {
    title: 'Result and decision',
    question: 'What comes out, and who or what decides in the end?',
    explanation: 'Say what happens with the result when nobody steps in.',
    example: 'A ranked list. The recruiter reads every application and decides.',
    why: 'The less a person decides, the more has to be checked beforehand.',
  },
  I8: {
    title: 'Countries',
    question: 'In which countries are the users, and the people whom it touches?',
    explanation: 'Where people use it or feel its results; where the server stands does not matter here.',
    example: 'Users in Germany and Poland; customers in the whole EU and in Switzerland.',
    why: 'It decides which laws apply.',
  },
  I9: {
    title: 'What can go wrong',
    question: 'What can go wrong, and has anything gone wrong already?',
    explanation: 'Faults, near misses and complaints count, also small ones. Say whether they were recorded.',
    example: 'In May it quoted an old price to 40 customers; incident 2026-17, corrected the same day.',
    why: 'Known faults are the best guide to what has to be controlled.',
  },
  I10: {
    title: 'Testing',
    question: 'How was it tested, and did anyone check whether it treats groups of people differently?',
    explanation:
      'Who tested what, with which result, and where that is on record. A test of the vendor counts if we have seen it.',
    example: '200 test chats before go-live, 95 % right, for women and men alike; the report is in the wiki.',
    why: 'An auditor will want to see results from us, not a promise.',
  },
  I11: {
    title: 'Logs and monitoring',
    question: 'What is recorded while it runs, and who keeps an eye on it?',
    explanation: 'Which logs there are, for how long they are kept, and who looks at what, how often.',
    example: 'Prompts and answers are kept for 90 days; Ana reads 20 a week and reports the error rate.',
    why: 'Without a record nobody can find out what happened.',
  },
  I12: {
    title: 'What people are told',
    question: 'What are people told about it?',
    explanation: 'What users get to read or learn, and what the people whom it touches are told.',
    example: 'The chat begins with "I am a computer program". Agents had an hour of training on its limits.',
    why: 'People can only object to what they know of.',
  },
  I13: {
    title: 'Contracts and duties',
    question: 'Who is responsible for what: with the vendor, and with those who get it from us?',
    explanation: 'What the contracts say on errors, changes, data and incidents, and what they leave open.',
    example: 'The contract says that the vendor reports incidents in 24 hours and asks before it changes the model.',
    why: 'A duty that nobody has agreed to is a duty that nobody does.',
  },
  I14: {
    title: 'Owner',
    question: 'Who owns it with us?',
    explanation: 'One person who may decide on it and who is asked when something is the matter.',
    example: 'Ana Silva, head of customer service.',
    why: 'Somebody has to be able to switch it off.',
  },
};

/** The number of a topic, from 1: the 4 of "4 of 14". */
export function numberOf(topic: TopicId): number {
  return TOPIC_IDS.indexOf(topic) + 1;
}

export function isTopicId(text: string): text is TopicId {
  return (TOPIC_IDS as readonly string[]).includes(text);
}
