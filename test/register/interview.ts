import { expect } from 'vitest';
import type { FormValues } from '../../src/chat/turn.ts';
import type { Chatter, SeenReply } from '../support/chatter.ts';
import { button } from '../support/stages.ts';

/** What somebody says on a topic, and chooses beside it. */
export interface TopicAnswer {
  readonly text: string;
  readonly facts: FormValues;
}

/** A chat in a web shop that a vendor runs: answers that leave nothing open. */
export const SHOP_CHAT: Readonly<Record<string, TopicAnswer>> = {
  1: {
    text: 'It answers questions of shop customers about orders and returns, in the chat on our website.',
    facts: { listedUse: 'none', bannedPractice: 'none', product: 'none' },
  },
  2: {
    text: 'Bought from Acme as a service, on their model Acme-3.',
    facts: { origin: 'bought', vendor: 'Acme', model: 'Acme-3', unapproved: 'no' },
  },
  3: {
    text: 'In use since March; nothing important was changed since.',
    facts: { stage: 'operation_monitoring', lastChange: 'none' },
  },
  4: {
    text: 'Private customers on our website; nobody else gets it from us.',
    facts: { users: 'consumers', offered: 'own_name' },
  },
  5: {
    text: 'Customers: a wrong answer can cost them time, and at worst a refund of a few euros.',
    facts: { affected: 'customers', severity: 'money' },
  },
  6: {
    text: 'Order history and the chat text, with names. The contract rules out training on our data; we have it.',
    facts: {
      personalData: 'contact,behaviour',
      anonymised: 'no',
      namesKept: 'needed',
      trainingData: 'vendor',
      vendorTraining: 'excluded',
    },
  },
  7: {
    text: 'Text that answers the customer. Nothing is decided by it; refunds are decided by an agent.',
    facts: { output: 'text', decides: 'informs', profiling: 'no', talks: 'outside', synthetic: 'other_text' },
  },
  8: { text: 'Germany and Austria.', facts: { euReach: 'in_eu' } },
  9: {
    text: 'In May it quoted an old price to 40 customers; incident 2026-17, corrected the same day.',
    facts: { incident: 'recorded', ignored: 'no' },
  },
  10: {
    text: 'We ran 200 test chats before go-live, 95 % right, and compared the results of men and women: no difference. The report is in the wiki.',
    facts: { tested: 'recorded', fairness: 'good' },
  },
  11: {
    text: 'Prompts and answers are kept for 90 days; Ana reads 20 a week and reports the error rate.',
    facts: { logs: 'known', watched: 'regular' },
  },
  12: {
    text: 'The chat begins with "I am a computer program". Agents had an hour of training on its limits.',
    facts: { usersTold: 'trained', peopleTold: 'yes' },
  },
  13: {
    text: 'The contract says that the vendor reports incidents in 24 hours and asks before it changes the model. Our terms tell customers what the chat does.',
    facts: { vendorContract: 'duties', customerContract: 'duties' },
  },
  14: { text: 'I do.', facts: { ownership: 'person' } },
};

/** The number of the question that a reply asks. */
export function numberAsked(reply: SeenReply): number {
  return Number(/question (\d+) of 14/.exec(reply.text)?.[1]);
}

/** Says an answer; what is said next comes behind the card that shows it. */
export async function answer(person: Chatter, text: string): Promise<SeenReply> {
  const recorded = await person.say(text);
  expect(recorded.text).toContain('answered:');
  return person.hear();
}

/**
 * Answers one question after the other, in words and with what is offered beside them.
 *
 * @param until stops before this question; without, at the end
 */
export async function talkThrough(
  person: Chatter,
  asked: SeenReply,
  answers: Readonly<Record<string, TopicAnswer>>,
  until?: number,
): Promise<SeenReply> {
  let reply = asked;
  let number = 0;
  for (let turns = 0; turns < 80; turns++) {
    if (reply.text.includes('everything is asked')) return reply;
    number = numberAsked(reply) || number;
    if (number === until) return reply;
    reply = await oneTurn(person, reply, number, answers[number] ?? { text: '', facts: {} });
  }
  throw new Error(`The interview does not come to an end: ${reply.text}`);
}

async function oneTurn(person: Chatter, reply: SeenReply, number: number, said: TopicAnswer): Promise<SeenReply> {
  const picks = reply.actions.filter(({ id }) => id.startsWith('intake:pick:'));
  if (picks.length > 0) {
    const chosen = picks.find(({ id }) => {
      const [, , , fact = '', value] = id.split('.');
      return said.facts[fact] === value;
    });
    if (!chosen) throw new Error(`No choice for: ${reply.text}`);
    await person.press(chosen.id);
    return person.hear();
  }
  const form = reply.actions.find(({ id }) => id.startsWith('intake:choose:'));
  if (form) {
    const { inputs } = await person.press(form.id);
    const values = Object.entries(said.facts).filter(([name]) => inputs.includes(name));
    await person.submit(Object.fromEntries(values));
    return person.hear();
  }
  if (number === 14 && reply.actions.some(({ label }) => label === 'I do')) {
    await person.press(button(reply, 'I do'));
    return person.hear();
  }
  return answer(person, said.text);
}
