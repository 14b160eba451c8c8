import { actionId, numberIn } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { FormErrors, Input, Reply } from '../../chat/reply.ts';
import { cleanText, literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { userIdOf } from '../../people/user-id.ts';
import { type AiSystem, systemKey } from '../../records/ai-system/ai-system.ts';
import { isAsked } from '../../records/ai-system/asked.ts';
import { changeContent, impactAssessed, retire } from '../../records/ai-system/change-systems.ts';
import { FACTS, type FactName, type FactValue, factsOf } from '../../records/ai-system/facts.ts';
import { readSystem } from '../../records/ai-system/read-systems.ts';
import { significantChanges } from '../../records/ai-system/significant-change.ts';
import { isTopicId, numberOf, TOPIC_IDS, TOPICS, type TopicId } from '../../records/ai-system/topics.ts';
import { type ChangedFacts, checkFacts, factInput, factsFrom } from '../fact-form.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { reviewCard, reviewersOf } from '../review-card.ts';
import { tellConcerned } from './concerned.ts';
import { parseSeen, refused, showButton } from './refused.ts';
import type { RegisterParts } from './register.ts';
import { retired } from './review/announce.ts';
import { mayChange, mayRetire } from './rights.ts';

const MAX_TEXT = 3_000;
const MAX_NAME = 80;
const MAX_REASON = 1_000;

/** The name can be changed like a topic. */
const NAME = 'name';

const GONE = notice('That is not in the register. `/aims systems` lists what is.');

/** Chooses what is to be changed. */
export async function changeForm(parts: RegisterParts, id: string, asker: Asker): Promise<Outcome> {
  const found = await changeable(parts, numberIn(id), asker);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  return say({
    kind: 'form',
    form: {
      id: actionId('register', 'change', id),
      title: `Change ${systemKey(system.id)}`,
      intro: `**${literally(system.content.name)}**`,
      submitLabel: 'Next',
      opensForm: true,
      inputs: [
        {
          kind: 'select',
          name: 'topic',
          label: 'What do you want to change?',
          optional: false,
          options: [
            ...TOPIC_IDS.map((topic) => ({
              value: topic as string,
              label: `${numberOf(topic)}. ${TOPICS[topic].title}`,
            })),
            { value: NAME, label: 'Its name' },
          ],
        },
      ],
    },
  });
}

export function checkChangeForm({ topic = '' }: FormValues): FormErrors {
  return isTopicId(topic) || topic === NAME ? {} : { topic: 'Choose one.' };
}

async function changeable(
  { db }: RegisterParts,
  id: number,
  { person }: Asker,
): Promise<{ readonly system: AiSystem } | { readonly refusal: Reply }> {
  const system = await readSystem(db, id);
  if (!system) return { refusal: GONE };
  if (system.state !== 'approved' && system.state !== 'submitted') return { refusal: refused('wrong_state', id) };
  if (mayChange(person, system)) return { system };
  const owner = system.owner ? `its owner ${literally(system.owner.name)}` : 'whoever submitted it';
  return { refusal: notice(`${systemKey(id)} is changed by ${owner} or the compliance lead. Ask one of them.`) };
}

/** The field, with what it says now. */
export async function fieldForm(
  parts: RegisterParts,
  id: string,
  { topic = '' }: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const found = await changeable(parts, numberIn(id), asker);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  const inputs = isTopicId(topic) ? await topicInputs(parts, system, topic, asker) : nameInputs(system);
  const seen = `${system.id}.${system.version}.${topic}`;
  const names = isTopicId(topic) ? factsToChange(system, topic).join(',') : '';
  return say({
    kind: 'form',
    form: {
      id: actionId('register', 'field', `${seen}.${names}`),
      title: isTopicId(topic) ? TOPICS[topic].title : 'Name',
      intro:
        `**${systemKey(system.id)} ${literally(system.content.name)}** Purpose, data, model, people and automation matter most: an ` +
        'approved system is then reviewed anew, and its impact assessment is due.',
      submitLabel: 'Record',
      inputs: [
        ...inputs,
        { kind: 'text', name: 'reason', label: 'Reason', multiline: true, maxLength: MAX_REASON, optional: false },
      ],
    },
  });
}

function nameInputs({ content }: AiSystem): Input[] {
  return [
    {
      kind: 'text',
      name: NAME,
      label: 'Name',
      multiline: false,
      maxLength: MAX_NAME,
      optional: false,
      initial: content.name,
    },
  ];
}

function factsToChange({ content }: AiSystem, topic: TopicId): FactName[] {
  return factsOf(topic).filter((name) => content.facts[name] !== undefined || isAsked(content.facts, name));
}

async function topicInputs({ db }: RegisterParts, system: AiSystem, topic: TopicId, { sender }: Asker) {
  const { texts, facts } = system.content;
  const text = texts[topic];
  const inputs = factsToChange(system, topic).map(async (name) => {
    const value = facts[name] as FactValue | undefined;
    const isPerson = FACTS[name].kind === 'person' && typeof value === 'string';
    return factInput(name, isPerson ? await userIdOf(db, value, sender) : value);
  });
  return [
    {
      ...({ kind: 'text', name: 'text', label: TOPICS[topic].question, multiline: true } as const),
      ...{ maxLength: MAX_TEXT, optional: true, ...(text ? { initial: text } : {}) },
    },
    ...(await Promise.all(inputs)),
  ];
}

export function checkFieldForm(values: FormValues): FormErrors {
  const { text = '', name, reason = '' } = values;
  return {
    ...checkFacts(values),
    ...(text.length > MAX_TEXT ? { text: 'Shorten it to 3,000 characters.' } : {}),
    ...(name !== undefined && name.length > MAX_NAME ? { name: `Shorten it to ${MAX_NAME} characters.` } : {}),
    ...(cleanText(reason) === '' ? { reason: 'Say why.' } : {}),
    ...(reason.length > MAX_REASON ? { reason: 'Shorten it to 1,000 characters.' } : {}),
  };
}

export async function submitFieldForm(
  parts: RegisterParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const [id = '', version = '', topic = '', offered = ''] = argument.split('.');
  const seen = parseSeen(`${id}.${version}`);
  if (!seen) return say(GONE);
  const found = await changeable(parts, seen.id, asker);
  if ('refusal' in found) return say(found.refusal);
  const faults = Object.values(checkFieldForm(values));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const { system } = found;
  const { reason = '' } = values;
  const changed = isTopicId(topic)
    ? await topicChange(parts, topic, values, offered, asker)
    : { name: (values[NAME] ?? '').trim() || system.content.name };
  return async (change, tell) => {
    const done = await changeContent(change, seen, changed, reason);
    if (done !== 'done') return [refused(done, seen.id)];
    const now = await readSystem(change.db, seen.id);
    if (!now) return [GONE];
    const what = `**${systemKey(now.id)} ${literally(now.content.name)}**`;
    const field = isTopicId(topic) ? TOPICS[topic].title.toLowerCase() : NAME;
    const isReopened = system.state === 'approved' && now.state === 'submitted';
    const { people } = await reviewersOf(change.db, parts.clock, now, asker.person.isExample);
    const why = significantChanges(system.content.facts, now.content.facts)
      .map((name) => FACTS[name].question)
      .slice(0, 3);
    const follows = isReopened
      ? ` That is a significant change, so it is *waiting for ${people.map(({ name }) => literally(name)).join(' or ') || 'a review'}* again, and its impact assessment is due.`
      : '';
    const by = literally(asker.person.displayName);
    tellConcerned(tell, now, {
      what: 'changed',
      reply: notice(`${by} changed ${what} (${field}): ${literally(reason)}${follows}`, showButton(now.id)),
      except: asker.person.id,
      others: isReopened ? [] : people,
    });
    if (isReopened) {
      const reply = await reviewCard(change.db, now);
      for (const one of people) {
        tell({ key: `${systemKey(now.id)}:review:${now.version}:${one.id}`, person: one.id, reply });
      }
    }
    const because = isReopened && why.length > 0 ? `\n\nWhat changed: ${why.map(literally).join(' ')}` : '';
    return [notice(`Recorded: ${what}, ${field}.${follows}${because}`, showButton(now.id))];
  };
}

async function topicChange(
  { people }: RegisterParts,
  topic: TopicId,
  values: FormValues,
  offered: string,
  { sender }: Asker,
) {
  const names = offered.split(',').filter((name): name is FactName => Object.hasOwn(FACTS, name));
  const persons: Record<string, string> = {};
  for (const name of names) {
    const userId = values[name];
    if (FACTS[name].kind === 'person' && userId) persons[name] = (await people.identify({ ...sender, userId })).id;
  }
  const facts: ChangedFacts = factsFrom({ ...values, ...persons }, names);
  return { texts: { [topic]: values['text'] ?? '' }, facts };
}

/** Notes that the impact was assessed, and where that is on record. */
export async function assessedForm(parts: RegisterParts, id: string, asker: Asker): Promise<Outcome> {
  const found = await changeable(parts, numberIn(id), asker);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  return say({
    kind: 'form',
    form: {
      id: actionId('register', 'assessed', id),
      title: 'Impact assessed',
      intro: `**${systemKey(system.id)} ${literally(system.content.name)}** Its impact on people and society was assessed.`,
      submitLabel: 'Record',
      inputs: [
        {
          ...({
            kind: 'text',
            name: 'reason',
            label: 'By whom, when, and where is it on record?',
            multiline: true,
          } as const),
          ...{ maxLength: MAX_REASON, optional: false },
        },
      ],
    },
  });
}

export async function submitAssessedForm(
  parts: RegisterParts,
  id: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const fault = checkReasonForm(values)['reason'];
  if (fault) return say(notice(`${fault} Nothing was changed.`));
  const found = await changeable(parts, numberIn(id), asker);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  const { reason = '' } = values;
  return async (change, tell) => {
    if (!(await impactAssessed(change, system.id, reason))) return [refused('same', system.id)];
    const subject = systemKey(system.id);
    const what = `the impact of **${subject} ${literally(system.content.name)}** is assessed: ${literally(reason)}`;
    tellConcerned(tell, system, {
      what: `assessed:${change.at.toISOString()}`,
      reply: notice(`${literally(asker.person.displayName)} recorded that ${what}`, showButton(system.id)),
      except: asker.person.id,
    });
    return [notice(`Recorded: ${what}`, showButton(system.id))];
  };
}

export async function retireForm(parts: RegisterParts, argument: string, asker: Asker): Promise<Outcome> {
  const seen = parseSeen(argument);
  const system = seen && (await readSystem(parts.db, seen.id));
  if (!seen || !system) return say(GONE);
  const refusal = whyNotRetire(system, asker);
  if (refusal) return say(refusal);
  if (system.version !== seen.version) return say(refused('changed_meanwhile', system.id));
  return say({
    kind: 'form',
    form: {
      id: actionId('register', 'retire', argument),
      title: `Retire ${systemKey(system.id)}`,
      intro: `**${literally(system.content.name)}** It is then no longer in use. Its record and history are kept.`,
      submitLabel: 'Retire it',
      inputs: [
        {
          ...({ kind: 'text', name: 'reason', label: 'Reason', multiline: true } as const),
          ...{ maxLength: MAX_REASON, optional: false },
          hint: 'Also what becomes of its data and of those who used it.',
        },
      ],
    },
  });
}

function whyNotRetire(system: AiSystem, { person }: Asker): Reply | undefined {
  if (mayRetire(person, system)) return undefined;
  return notice(`${systemKey(system.id)} is retired by its owner or the compliance lead. Nothing was changed.`);
}

export function checkReasonForm({ reason = '' }: FormValues): FormErrors {
  if (cleanText(reason) === '') return { reason: 'Say why.' };
  return reason.length > MAX_REASON ? { reason: 'Shorten it to 1,000 characters.' } : {};
}

export async function submitRetireForm(
  parts: RegisterParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const seen = parseSeen(argument);
  const system = seen && (await readSystem(parts.db, seen.id));
  if (!seen || !system) return say(GONE);
  const refusal = whyNotRetire(system, asker);
  if (refusal) return say(refusal);
  const fault = checkReasonForm(values)['reason'];
  if (fault) return say(notice(`${fault} Nothing was changed.`));
  const { reason = '' } = values;
  return async (change, tell) => {
    const done = await retire(change, seen, reason);
    if (done !== 'done') return [refused(done, seen.id)];
    return retired({ parts, change, tell, asker }, seen.id, reason);
  };
}
