import type { Facts, OptionOf } from '../facts.ts';
import { says } from '../facts.ts';
import { TOPIC_IDS, type TopicId } from '../topics.ts';
import { has, mentions, words } from './mentions.ts';
import { readPurpose } from './purposes.ts';
import { readStatements } from './statements.ts';

type Texts = Readonly<Partial<Record<TopicId, string>>>;

/**
 * What people's own words on the fourteen topics clearly say, as facts. It is read without a model, by what they say of their
 * system and not by how often a word occurs; a person sees it as a proposal beside the choices. What is not clearly said stays
 * unknown.
 *
 * @param name of the system; often it says the most about its purpose
 */
export function readAnswers(name: string, texts: Texts): Facts {
  const said: Facts = Object.assign({}, ...TOPIC_IDS.map((topic) => readStatements(topic, texts[topic] ?? '')));
  const of = (...topics: TopicId[]) => topics.map((topic) => texts[topic] ?? '').join('\n');
  const purpose = `${name}\n${of('I1')}`;
  const read = readPurpose({
    purpose,
    people: of('I4', 'I5'),
    touched: of('I5'),
    result: of('I7'),
    other: of('I2', 'I6'),
  });
  const facts: Facts = { ...said, ...read, ...harm(of('I5', 'I9')), ...outputs(said, read) };
  return {
    ...facts,
    ...speech(facts, purpose, texts),
    ...offer(facts, of('I4'), of('I4', 'I7', 'I13')),
    ...product(facts, purpose, texts),
  };
}

/** The first that fits. */
const HARMS: readonly (readonly [OptionOf<'severity'>, RegExp])[] = [
  [
    'health',
    words(
      'injur*, die, dies, death, deaths, hurt, wrong dose, wrong diagnos*, misdiagnos*, accident*',
      'stand next to, crush*, overdose*, missed tumo?r*, heart attack, stroke, life threatening, suicid*',
      'too late, collision*',
    ),
  ],
  [
    'livelihood',
    words(
      'lose _ job, lost _ job, loses _ job, no job, rejected, not invited, not hired, no loan, no credit',
      'fail the exam, failed, fired, evict*, benefits stopped, no benefits, arrest*, deport*, homeless',
      'expelled, wrongly accused, their career, no place',
    ),
  ],
  [
    'money',
    words(
      'money, refund*, pay, paid, price, prices, lose money, overcharg*, fine, fined, discriminat*, reputation',
      'insult*, defam*, privacy, leak*, disadvantag*, unfair*, wrong invoice*',
    ),
  ],
];

function harm(text: string): Facts {
  const severity = HARMS.find(([, pattern]) => mentions(text, pattern))?.[0];
  return severity ? { severity } : {};
}

const SPEAKS = words(
  'chatbot*, chat, chats, bot, bots, voicebot*, avatar, talks, talk, hotline, (phone|virtual|voice|digital) assistant, conversation*',
  '(write|writes|text|texts|type|types|speak|speaks|call|calls) (to|with) (it|the app|the bot|the assistant|the system|the computer|the machine)',
  '(customers|guests|visitors|people|users|members|callers|patients|clients|tenants|citizens) (ask|write to|type to) (it|a computer|a machine)',
  '(talk|talks|speak|speaks|chat|chats) (to|with) (a|the|our|an) (computer|machine|copy|character|avatar|bot|voice|screen|ai), talks back, chats',
  '(computer|robot|artificial|automatic|ai|synthetic) voice, on whatsapp, via whatsapp, (picks up|takes|answers) (the phone|calls), replies to (guests|visitors|callers|tenants|members|customers)',
  'asks questions, answers _ (questions|customers|calls), interviews, ask* (it|the app|the assistant), faq, faqs, helpdesk, help desk',
);
const OUTSIDE: readonly OptionOf<'users'>[] = ['businesses', 'consumers', 'public'];

const OUTSIDERS = words(
  'customer*, client*, consumer*, visitor*, guest*, patient*, citizen*, tenant*, applicant*, candidate*, student*, pupil*, passenger*',
  'people, public, callers, website, web site, shop, users, kids, children, members, parents, readers, tourists',
);

/** Who talks with it, where it talks at all. */
function speech(facts: Facts, purpose: string, texts: Texts): Facts {
  if (!mentions(purpose, SPEAKS)) return {};
  const users = texts.I4 ?? '';
  const isForOthers =
    says(facts, 'users', ...OUTSIDE) || (!says(facts, 'users', 'staff') && has(`${purpose}\n${users}`, OUTSIDERS));
  if (isForOthers) return { talks: 'outside', synthetic: facts.synthetic ?? ['none'] };
  const isInternal =
    says(facts, 'users', 'staff') && !has(`${purpose}\n${users}`, words('customer*, website, web site, shop, public'));
  return isInternal ? { talks: 'staff', synthetic: facts.synthetic ?? ['other_text'], offered: 'no' } : {};
}

/** Our own people alone use it, and nothing says that others get it. */
function offer(facts: Facts, users: string, text: string): Facts {
  if (facts.offered !== undefined) return {};
  if (
    has(
      text,
      words(
        'sell, sold, our product, white label, resell*, under our name, our brand, clients log in',
        'part of our product, part of our service',
      ),
    )
  ) {
    return { offered: 'own_name' };
  }
  const isInternal =
    !says(facts, 'users', ...OUTSIDE) &&
    (says(facts, 'users', 'staff') || (users.trim() !== '' && !has(users, OUTSIDERS)));
  return isInternal ? { offered: 'no' } : {};
}

const MEDICAL = words(
  'mole, moles, melanoma*, skin, see a doctor, symptom*, blood, ecg, heart rate, diagnos*, radiolog*, x ray*, ct scan*, mri, tumo?r*, cancer, insulin*, medical device*, mdr, therapy',
  'sepsis, icu, intensive care, vitals, vital signs, lab values, kidney*, seizure*, glucose, lung*, lesion*, surgery, pacemaker*, dosage, ecg, pathology, ultrasound, wound*, patient*, clinical',
);
const MACHINE = words(
  'press, presses, robot arm, robots, crane*, forklift*, conveyor*, plc, saw, cobot*, lathe*, excavator*',
  'machine, machines, turbine*',
);
const VEHICLE = words(
  'car, cars, truck*, lorry, lorries, train, trains, tram*, aircraft, drone*, ship, ships, vehicle*, brak*',
  'autopilot, steering',
);
const OTHER = words(
  'toy, toys, lift, lifts, elevator*, pressure vessel*, boiler*, protective equipment, cable car*',
  'radio equipment',
);
const MOVES = words(
  'stops, stop, steers, steer, brakes, brake, shuts, shut, switches, controls, opens, closes, doses, safety',
  'drives, drive, autonomous*, self driving, moves, lands',
);
const CHECKED = words(
  'notified body, ce mark*, class iia, class iib, class iii, third party assessment, tüv',
  'certified medical device',
);

/**
 * Software that informs a diagnosis or a therapy is of class IIa at least (Regulation (EU) 2017/745, Annex VIII, rule 11), so that a
 * notified body checks it.
 */
const DIAGNOSES = words(
  'diagnos*, melanoma*, moles, mole, tumo?r*, cancer, x ray*, mri, ct scan*, ct scans, mammogra*, ecg, sepsis, stroke, dosage, insulin',
  'lesion*, pathology, ultrasound, retina*, fracture*, seizure*, radiolog*, lung*, kidney*, blood sugar, therapy, heart rhythm, arrhythmia*',
);
const FINDS = words(
  'marks, finds, find, detect*, shows, show, warn*, alarm*, alert*, predict*, scor*, percent*, probab*, likelihood, says, says whether, classif*, measur*, propos*, suggest*, recommend*, findings, result*, boxes, prioriti*, flags, assess*',
);

/** Whether it is, or is near, a product with a safety approval of its own. */
function product(facts: Facts, purpose: string, texts: Texts): Facts {
  const result = texts.I7 ?? '';
  const everything = TOPIC_IDS.map((topic) => texts[topic] ?? '').join('\n');
  if (mentions(everything, CHECKED) && mentions(everything, MEDICAL)) {
    return { product: 'medical', productPart: 'safety', thirdPartyCheck: 'yes' };
  }
  const check: Facts = mentions(everything, CHECKED) ? { thirdPartyCheck: 'yes' } : {};
  if (mentions(purpose, DIAGNOSES) && has(`${purpose}\n${result}`, FINDS)) {
    return { product: 'medical', productPart: 'safety', thirdPartyCheck: 'yes' };
  }
  if (mentions(purpose, MEDICAL)) return { product: 'medical', productPart: 'safety', ...check };
  const moves = has(`${purpose}\n${result}`, MOVES);
  const kinds = [
    ['machinery', MACHINE],
    ['vehicle', VEHICLE],
    ['other', OTHER],
  ] as const;
  const kind = kinds.find(([, pattern]) => mentions(purpose, pattern))?.[0];
  if (kind && moves) return { product: kind, productPart: 'safety', ...check };
  // Words on medicine or machines elsewhere may mean anything, but for what only writes.
  const onlyWrites = says(facts, 'listedUse', 'none') && says(facts, 'output', 'code', 'text', 'images') && !moves;
  const isNear =
    has(`${texts.I2 ?? ''}\n${texts.I5 ?? ''}`, MEDICAL) || (kind !== undefined && !says(facts, 'listedUse', 'none'));
  if (isNear && !onlyWrites) return {};
  return facts.listedUse ? { product: 'none' } : {};
}

function outputs(...read: readonly Facts[]): Facts {
  const all = read.flatMap(({ output }) => (Array.isArray(output) ? (output as OptionOf<'output'>[]) : []));
  return all.length > 0 ? { output: [...new Set(all)] } : {};
}
