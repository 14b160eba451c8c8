import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ModelFailure } from '../../../models/failure.ts';
import type { LanguageModel } from '../../../models/language-model.ts';
import type { Prompt } from '../../../models/prompts.ts';
import { FACT_NAMES, FACTS, type FactDefinition, type FactName, type Facts, FactsFormat, UNKNOWN } from '../facts.ts';
import type { SaidBefore } from '../said-before.ts';
import { TOPIC_IDS, TOPICS, type TopicId } from '../topics.ts';

/** What a model is to answer. A fact in another form is left out, and the others are kept. */
const Output = z.object({ facts: z.array(z.unknown()) });

const Noted = z.object({ fact: z.string(), value: z.union([z.string(), z.array(z.string())]), words: z.string() });

/**
 * Has a model read an answer. What it notes is kept only where the words that it rests on stand in the answer and the value is one
 * that the fact can have.
 *
 * @param deadline aborted when nobody waits any longer
 * @returns what was said, by topic, each with the words that say it
 * @throws ModelFailure
 */
export async function readWithModel(
  model: LanguageModel,
  prompt: Prompt,
  { topic, text, deadline }: { readonly topic: TopicId; readonly text: string; readonly deadline: AbortSignal },
): Promise<SaidBefore[]> {
  const values = {
    // Nobody who wrote an answer can know it, so that no answer can end its own quotation.
    fence: `=== ${randomBytes(12).toString('base64url')} ===`,
    question: TOPICS[topic].question,
    facts: ALL_FACTS,
    answer: text,
  };
  const said = parseReading(await model.write(prompt, values, deadline), text);
  if (!said) throw new ModelFailure('malformed', model.name, { detail: 'no facts in JSON' });
  return said;
}

/** @returns what can be kept of a model's output, by topic; undefined where it cannot be read at all */
export function parseReading(output: string, text: string): SaidBefore[] | undefined {
  const parsed = Output.safeParse(jsonIn(output));
  if (!parsed.success) return undefined;
  const noted = parsed.data.facts.flatMap((one) => {
    const { fact, value, words } = Noted.safeParse(one).data ?? { fact: '', value: '', words: '' };
    const name = FACT_NAMES.find((known) => known === fact);
    const said = name && standsIn(words, text) ? checked(name, value, text) : undefined;
    return name && said !== undefined ? [{ name, value: said, words }] : [];
  });
  return TOPIC_IDS.flatMap((topic) => {
    const own = noted.filter(({ name }) => FACTS[name].topic === topic);
    if (own.length === 0) return [];
    const facts = Object.fromEntries(own.map(({ name, value }) => [name, value])) as Facts;
    return [{ topic, text: [...new Set(own.map(({ words }) => words.trim()))].join(' … '), facts }];
  });
}

/** A value that the fact can have. People are named by whoever fills in the form, and what nobody knows is nothing said. */
function checked(name: FactName, value: string | string[], text: string): Facts[FactName] | undefined {
  const definition: FactDefinition = FACTS[name];
  if (definition.kind === 'person' || value === UNKNOWN) return undefined;
  const asList = definition.kind === 'choices' && typeof value === 'string' ? [value] : value;
  const asOne = definition.kind !== 'choices' && Array.isArray(asList) ? asList[0] : asList;
  if (definition.kind === 'text' && !(typeof asOne === 'string' && standsIn(asOne, text))) return undefined;
  const parsed = FactsFormat.safeParse({ [name]: asOne });
  return parsed.success ? parsed.data[name] : undefined;
}

/** Whether words stand in a text as words, whatever their case, quotation marks and spaces. */
function standsIn(words: string, text: string): boolean {
  const sought = plain(words);
  return /[\p{L}\p{N}]/u.test(sought) && ` ${plain(text)} `.includes(` ${sought} `);
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%€$£]+/gu, ' ')
    .trim();
}

function jsonIn(output: string): unknown {
  try {
    return JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
  } catch {
    return undefined;
  }
}

const ALL_FACTS = TOPIC_IDS.map((topic) => {
  const lines = FACT_NAMES.filter((name) => FACTS[name].topic === topic).flatMap(describe);
  return [`${TOPICS[topic].title}: ${TOPICS[topic].question}`, ...lines].join('\n');
}).join('\n\n');

function describe(name: FactName): string[] {
  const definition: FactDefinition = FACTS[name];
  if (definition.kind === 'person') return [];
  if (!('options' in definition)) return [`- ${name} (free text): ${definition.question}`];
  const options = Object.entries(definition.options).map(([value, meaning]) => `  - ${value}: ${meaning}`);
  const kind = definition.kind === 'choices' ? 'one or several values' : 'one value';
  return [`- ${name} (${kind}): ${definition.question}`, ...options];
}
