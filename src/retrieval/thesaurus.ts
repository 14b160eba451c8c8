import type { Db } from '../database/database.ts';
import { tokensOf } from './terms.ts';

/**
 * Everyday words and what this field calls the same thing. Each line is read in one direction: who types a word, or a pair of
 * words, on the left may mean those on the right.
 */
const SYNONYMS = `
  boss, ceo, cto, chief, director, board, executive, exec, cxo, c-suite, managing director, senior management, leadership, owner of company: top management
  sign, signature, sign off, signoff, green light, rubber stamp, okay: approve approval
  chatbot, bot, copilot, chatgpt, gemini, claude, llm, gpt, language model, openai, genai, algorithm, algorithms, machine learning: AI system
  vendor, subcontractor, outsource, saas, third party, provider contract, off the shelf, bought tool, buy, bought, purchase, procurement, procure, supply chain: supplier
  client, buyer, purchaser: customer
  paperwork, proof, prove, paper trail, audit trail, show auditor: evidence record documented information
  trace, traceability, log, logging, logfile, audit log: event log
  biased, bias, discriminate, discrimination, unfair, racist, sexist, gender, minority, disparate: fairness bias
  black box, blackbox, interpretable, explain decision, opaque: transparency explainability
  hack, hacker, hacked, attack, attacker, poisoning, adversarial, jailbreak, prompt injection, breach, leak, leaked: security
  outage, failure, crash, glitch, breakdown, go wrong, went wrong, malfunction, mistake, screw up: incident failure
  complaint, complain, whistleblow, whistleblower, worry, worried, speak up, raise, uneasy, blow whistle: concern reporting
  staff, employee, worker, colleague, workforce, people, crew: staff people
  hire, hiring, recruit, recruitment, candidate, applicant, cv, resume: people selection
  training course, upskill, skill, skilled, qualification, qualified, expertise, literacy, certificate course, know how: competence
  onboarding, newsletter, intranet, inform staff, tell staff, make aware: awareness communication
  shortfall, missing, gap, non-compliance, violation, deviation: nonconformity gap
  finding, nc, ncr, car, noncompliance, nonconformance, major, minor: nonconformity finding
  fix, repair, remedy, remediate, capa, correct, put right, root cause, why it happened: corrective action
  certified, certify, certifier, registrar, badge, seal, iso certificate: certification certificate
  checker, inspector, inspection, assessor: auditor audit
  price, pricing, fee, expensive, cheap, money, spend, afford: cost
  money, budget, headcount, funding, time off, staffing: resources
  inventory, catalogue, catalog, asset list, model registry, bill of materials, components: resource documentation
  gpu, hardware, cloud, server, infrastructure, compute, aws, azure, data centre, datacenter, hosting: system computing resources
  carbon, energy, climate, emissions, electricity, green, sustainability, water, footprint: environmental
  rollout, roll out, launch, go live, golive, release, ship, production, push to prod, productive: deployment
  retire, decommission, sunset, switch off, shut down, shutdown, end of life, phase out, kill switch: retirement decommission
  drift, degrade, degradation, retrain, retraining, performance drop, gets worse: monitoring operation
  label, labelling, annotation, annotate, clean, cleaning, scaling, normalise, preprocess, preprocessing, feature engineering: data preparation
  lineage, where data came, origin, traceable data: provenance
  scrape, scraping, web data, third party data, copyright, licence, license, gather data, collect data: acquisition of data
  garbage, dirty data, wrong data, accuracy of data, duplicates, missing values, representative: data quality
  manual, instructions, handbook, user guide, help page, disclaimer, tell users, disclose: information for users
  customer letter, notify customers, press, regulator letter, authority, inform users of incident: communication of incidents
  goal, target, aim, ambition: objective
  rule, guideline, dos and donts, acceptable use, allowed to use, forbidden: policy responsible use
  duty, job, raci, job description, org chart, responsibility, accountable, who does what: roles responsibilities
  deputy, stand-in, holiday cover: roles responsibilities
  stakeholder, union, works council, regulator, investor, public, neighbours: interested parties
  soa: statement of applicability
  dpia, gdpr, personal data, privacy: privacy impact assessment
  fria: fundamental rights impact assessment
  harm, hurt, damage, injured, victim, vulnerable, children, elderly, patient, people affected: individuals impact
  democracy, elections, society, environment, jobs lost, community: societal impact
  minutes, board meeting, steering committee: management review
  kpi, metric, dashboard, measure success, scorecard, figures, numbers: monitoring measurement indicator
  human in the loop, human loop, override, oversee, human check, human review: human oversight responsible use
  stop button, stop system, pull plug, turn off: human oversight stop
  unit test, qa, benchmark, test set, red team, red teaming, evaluate model, acceptance test: verification validation
  spec, specification, user story, requirements document, what should system do: requirements specification
  architecture, design document, design choice, why model chosen: design development documentation
  model card, datasheet, technical file, documentation pack: technical documentation
  version control, naming convention, document number, template: creating updating documented information
  archive, retention, how long keep, delete records, access rights, obsolete: control of documented information
  boundary, perimeter, which systems, include, exclude, in scope, out of scope, covers: scope
  swot, pestle, environment of company, internal external issues: context issues
  roadmap, project plan, where start, begin, first step, kick off, newbie: getting started
  likelihood, probability, severity, heat map, heatmap, risk matrix, score risk, risk register: risk assessment
  appetite, tolerance, threshold: risk criteria
  mitigate, mitigation, accept risk, transfer, insure, insurance: risk treatment
  leftover, remaining risk, remains, left: residual risk
  comms, announce, announcement, messaging, spokesperson, who tells: communication
  goals list, list goals, aims list, list aims: Annex C objectives
  rude, insult, offensive, hallucinate, hallucination, nonsense, wrong answers, wrong info: incident monitoring
  shrug, refuse, stonewall: supplier
  who is affected, triage, when needed, trigger: impact assessment
  yearly, annual, annually, every year, quarterly, monthly, cadence, interval, regularly, periodic: how often planned intervals review
  change management, migration, reorganisation, reorg, merger: planning of changes
  improve, kaizen, getting better, lessons learned: continual improvement
  shadow ai, private account, unapproved, allowed tools, private use: responsible use policy
  misuse, off label, other purpose, repurpose, function creep: intended use
  contract, sla, terms, liability, indemnity, nda: responsibilities supplier customer contract
  questionnaire, due diligence, rfp, tender, customer asks: customers
  roll back, patch, support, maintenance, hotfix, on call: operation monitoring
  independent, own work, conflict of interest, impartial, objective auditor: auditor independence
  external audit, certification audit, surveillance visit, stage one, stage two: certification audit
  isms, infosec, information security: ISO/IEC 27001 information security
  qms, quality management: ISO 9001
  ai act, eu law, brussels, european law, regulation eu: EU AI Act
  high risk, prohibited, banned, unacceptable: EU AI Act risk tiers
  nist, rmf: NIST AI RMF
  deployer, developer, integrator, importer, distributor, user of ai: role provider producer customer
  data scientist, engineer, ml team, developers: development
  fake, forge, backdate, pretend: records
`;

const ENTRIES = SYNONYMS.trim()
  .split('\n')
  .flatMap((line) => {
    const [words = '', synonyms = ''] = line.split(':');
    return words.split(',').map((word) => [word.trim(), synonyms.trim()] as const);
  });

let stemmed: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

/**
 * What each of the given terms may stand for, without terms that are given.
 *
 * @param terms stems and pairs of adjacent stems
 */
export async function synonymsOf(db: Db, terms: readonly string[]): Promise<Map<string, readonly string[]>> {
  stemmed ??= stem(db);
  const thesaurus = await stemmed;
  return new Map(
    terms.flatMap((term) => {
      const synonyms = (thesaurus.get(term) ?? []).filter((synonym) => !terms.includes(synonym));
      return synonyms.length > 0 ? [[term, synonyms]] : [];
    }),
  );
}

async function stem(db: Db): Promise<Map<string, string[]>> {
  const keys = await tokensOf(
    db,
    ENTRIES.map(([words]) => words),
  );
  const values = await tokensOf(
    db,
    ENTRIES.map(([, synonyms]) => synonyms),
  );
  const thesaurus = new Map<string, string[]>();
  keys.forEach((tokens, index) => {
    const key = tokens.map(({ term }) => term).join(' ');
    const synonyms = (values[index] ?? []).map(({ term }) => term);
    thesaurus.set(key, [...(thesaurus.get(key) ?? []), ...synonyms]);
  });
  return thesaurus;
}
