import type { Db } from '../database/database.ts';
import { tokensOf } from './terms.ts';

/**
 * Everyday words and what this field calls the same thing. Each line is read in one direction: who types a word on the left
 * may mean those on the right.
 */
const SYNONYMS = `
  boss, ceo, chief, director, board, executive, cxo: top management leadership
  sign, signed, signs, signature, signoff: approve approval
  chatbot, bot, copilot, chatgpt, gemini, claude, llm, gpt: AI system user
  vendor, vendors, subcontractor, outsource, outsourced, saas: supplier
  buy, bought, purchase, procurement: supplier
  client, clients, buyer: customer
  trail, paperwork, proof, prove: evidence record documented
  logging, logs, traces: event log
  bias, biased, discrimination, unfair, racist, sexist: fairness
  explain, explainability, interpretable, blackbox: transparency explainability
  hack, hacked, attack, poisoning, adversarial, jailbreak: security
  outage, failure, crash, glitch, breakdown, wrong: incident failure
  complaint, complain, whistleblow, whistleblowing, worry, raise: concern reporting
  staff, employee, employees, worker, colleague, workforce, hire: people competence
  training, course, upskill, skills, trained, learn: competence awareness
  gap, missing, shortfall: gap nonconformity
  finding, findings, nc, ncr: nonconformity
  fix, repair, correct, capa: corrective action
  certified, certificate, certify, certifier, registrar: certification
  checker, inspector, inspection: auditor audit
  price, pricing, fee, fees, budget, expensive, cheap: cost
  inventory, list, register: register documentation resources
  gpu, hardware, cloud, server, infrastructure, compute: computing resources
  carbon, energy, climate, emissions: environmental impact
  rollout, launch, golive, release, ship, production: deployment
  retire, decommission, sunset, shutdown: retirement life cycle
  drift, degradation, retraining: monitoring operation
  label, labelling, annotation, annotate: data preparation
  lineage, origin, source: provenance
  manual, instructions, guide, notice: user information
  goal, goals, target, targets: objectives
  rule, rules: policy
  duty, duties, job, jobs, raci: roles responsibilities
  stakeholder, stakeholders: interested parties
  soa: statement applicability
  dpia, privacy: impact assessment privacy
  harm, hurt, damage: impact individuals
  meeting, minutes: management review
  kpi, kpis, metric, metrics, dashboard: measurement monitoring
  human, oversight, loop, override: human oversight responsible use
`;

const BY_WORD = new Map(
  SYNONYMS.trim()
    .split('\n')
    .flatMap((line) => {
      const [words = '', synonyms = ''] = line.split(':');
      return words.split(',').map((word) => [word.trim(), synonyms.trim()] as const);
    }),
);

let stemmed: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

/** The terms that the given terms may stand for, without those that are given. */
export async function synonymsOf(db: Db, terms: readonly string[]): Promise<Set<string>> {
  stemmed ??= stem(db);
  const thesaurus = await stemmed;
  const synonyms = terms.flatMap((term) => thesaurus.get(term) ?? []);
  return new Set(synonyms.filter((synonym) => !terms.includes(synonym)));
}

async function stem(db: Db): Promise<Map<string, string[]>> {
  const keys = await tokensOf(db, [...BY_WORD.keys()]);
  const values = await tokensOf(db, [...BY_WORD.values()]);
  return new Map(
    keys.flatMap(([token], index) => (token ? [[token.term, (values[index] ?? []).map(({ term }) => term)]] : [])),
  );
}
