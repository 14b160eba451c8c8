import { z } from 'zod';
import { FACTS, type FactName, type Facts, parseFacts, together } from '../records/ai-system/facts.ts';
import type { ReadFacts } from '../records/ai-system/intake.ts';
import { listen } from '../records/ai-system/listen.ts';
import { readAnswers } from '../records/ai-system/reading/read-answers.ts';
import { TOPIC_IDS, type TopicId } from '../records/ai-system/topics.ts';
import { type AiRole, DEPTHS, type Depth, ROLES, TIERS, type Tier } from '../records/ai-system/triage/proposal.ts';
import { triage } from '../records/ai-system/triage/triage.ts';
import { readNamedFile } from '../unusable-file.ts';
import { parseJsonLine } from './json-line.ts';
import { mean, sum } from './metrics.ts';

const Case = z.object({
  id: z.string(),
  system: z.string().default(''),
  interview: z.array(z.object({ q: z.enum(TOPIC_IDS), answer: z.string() })),
  scored: z.object({
    eu_ai_act_tier: z.array(z.enum(TIERS)),
    tier_at_least: z.enum(TIERS),
    lifecycle_stage: z.array(z.string()).default([]),
    roles: z.array(z.enum(ROLES)).default([]),
    roles_also_right: z.array(z.enum(ROLES)).default([]),
    impact_assessment: z.array(z.enum(DEPTHS)).default([]),
    controls: z.array(z.string()).default([]),
    controls_also_right: z.array(z.string()).default([]),
    re_ask: z.array(z.enum(TOPIC_IDS)).default([]),
  }),
});

/** An interview with messy answers, and what its record should say. */
export type IntakeCase = z.infer<typeof Case>;

const Choices = z.object({ id: z.string(), facts: z.unknown().transform(parseFacts) });

/** What Steward makes of one interview, in the fixed words of the cases. */
export interface IntakeResult {
  readonly id: string;
  readonly eu_ai_act_tier: Tier;
  /** Null where nobody said it. */
  readonly lifecycle_stage: string | null;
  readonly roles: readonly AiRole[];
  readonly impact_assessment: Depth;
  readonly controls: readonly string[];
  readonly re_ask: readonly TopicId[];
}

/** Shares are 0 to 1. */
export interface IntakeReport {
  readonly cases: readonly IntakeResult[];
  readonly tier_right: number;
  /** Cases, not a share. `undetermined` is never wrongly low. */
  readonly tier_wrongly_low: number;
  readonly undetermined: number;
  readonly control_recall: number;
  readonly control_precision: number;
  readonly re_ask_recall: number;
  readonly needless_re_asks_per_case: number;
}

/** @throws UnusableFile, also where a line is no case */
export async function readIntakeCases(file: string): Promise<IntakeCase[]> {
  return linesOf(file, Case);
}

/** What a person would choose in the form for some cases, by the case's id. @throws UnusableFile */
export async function readChoices(file: string): Promise<ReadonlyMap<string, Facts>> {
  return new Map((await linesOf(file, Choices)).map(({ id, facts }) => [id, facts]));
}

/**
 * @param choices made beside the answers, by case; where there are none, facts are read from the answers alone
 * @param readFacts reads them with a model, beside the rules that need none
 */
export async function interviewCase(
  { id, system, interview }: IntakeCase,
  choices: ReadonlyMap<string, Facts>,
  readFacts: ReadFacts | undefined,
): Promise<IntakeResult> {
  const texts = Object.fromEntries(interview.map(({ q, answer }) => [q, answer])) as Partial<Record<TopicId, string>>;
  const read = readAnswers(system, texts);
  const facts = readFacts ? together(read, await extracted(texts, readFacts)) : (choices.get(id) ?? read);
  const proposal = triage(facts);
  return {
    id,
    eu_ai_act_tier: proposal.euAiAct.tier,
    lifecycle_stage: facts.stage && facts.stage !== 'unknown' ? facts.stage : null,
    roles: proposal.roles.map(({ role }) => role),
    impact_assessment: proposal.impactAssessment.depth,
    controls: proposal.controls.map((control) => control.id),
    re_ask: TOPIC_IDS.filter((topic) => listen(topic, texts[topic] ?? '', facts) !== 'fine'),
  };
}

async function extracted(texts: Partial<Record<TopicId, string>>, readFacts: ReadFacts): Promise<Facts> {
  const read: Facts[] = [];
  for (const topic of TOPIC_IDS) read.push(await readFacts(topic, texts[topic] ?? ''));
  // What is said on a topic where it is asked goes before what is said of it in passing.
  const asked = read.map((facts, index) =>
    Object.fromEntries(Object.entries(facts).filter(([name]) => FACTS[name as FactName].topic === TOPIC_IDS[index])),
  );
  return Object.assign({}, ...read, ...asked) as Facts;
}

export function intakeReport(cases: readonly IntakeCase[], results: readonly IntakeResult[]): IntakeReport {
  const pairs = cases.flatMap((one) => {
    const result = results.find(({ id }) => id === one.id);
    return result ? [{ scored: one.scored, result }] : [];
  });
  const share = (holds: (pair: (typeof pairs)[number]) => boolean) =>
    round(mean(pairs.map((pair) => Number(holds(pair)))));
  const ratio = (part: (pair: (typeof pairs)[number]) => number, whole: (pair: (typeof pairs)[number]) => number) => {
    const all = sum(pairs.map(whole));
    return all === 0 ? 0 : round(sum(pairs.map(part)) / all);
  };
  const shared = (one: readonly string[], other: readonly string[]) =>
    one.filter((each) => other.includes(each)).length;
  return {
    cases: results,
    tier_right: share(({ scored, result }) => scored.eu_ai_act_tier.includes(result.eu_ai_act_tier)),
    tier_wrongly_low: pairs.filter(({ scored, result }) => isLower(result.eu_ai_act_tier, scored.tier_at_least)).length,
    undetermined: share(({ result }) => result.eu_ai_act_tier === 'undetermined'),
    control_recall: ratio(
      ({ scored, result }) => shared(scored.controls, result.controls),
      ({ scored }) => scored.controls.length,
    ),
    control_precision: ratio(
      ({ scored, result }) => shared(result.controls, [...scored.controls, ...scored.controls_also_right]),
      ({ result }) => result.controls.length,
    ),
    re_ask_recall: ratio(
      ({ scored, result }) => shared(scored.re_ask, result.re_ask),
      ({ scored }) => scored.re_ask.length,
    ),
    needless_re_asks_per_case: round(
      mean(pairs.map(({ scored, result }) => result.re_ask.length - shared(result.re_ask, scored.re_ask))),
    ),
  };
}

function isLower(tier: Tier, least: Tier): boolean {
  return tier !== 'undetermined' && least !== 'undetermined' && TIERS.indexOf(tier) < TIERS.indexOf(least);
}

function round(number: number): number {
  return Number(number.toFixed(4));
}

async function linesOf<T>(file: string, format: z.ZodType<T>): Promise<T[]> {
  const lines = (await readNamedFile(file)).toString().split('\n');
  return lines.flatMap((line, index) => (line.trim() ? [parseJsonLine(format, line, file, index + 1)] : []));
}
