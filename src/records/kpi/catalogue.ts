import type { KpiDefinition } from './kpi.ts';

type Entry = Omit<KpiDefinition, 'id' | 'ownerRole' | 'alsoCalled'> & { readonly alsoCalled?: readonly string[] };

/** A share of records that Steward keeps. */
const computedShare = { unit: 'share', source: 'computed', aggregate: 'share', direction: 'up' } as const;

/** A share that somebody counts. */
const enteredShare = { unit: 'share', source: 'entered', aggregate: 'entered', direction: 'up' } as const;

/**
 * The KPIs of the AI management system. ISO/IEC 42001 asks to measure and names no KPI, target or frequency: all of these are
 * good practice, and the organisation's to change. Whoever changes what one counts raises the version of its formula.
 */
const ENTRIES = {
  'register-completeness': {
    ...computedShare,
    name: 'Register completeness',
    formula: {
      version: 1,
      words: 'AI systems of which everything that is asked is answered, divided by the AI systems in the register',
    },
    from: 'the register, without drafts and retired systems',
    target: 0.95,
    frequency: 'weekly',
    whenMissed: 'Name the owner of each incomplete system and ask for what is missing.',
    alsoCalled: ['register complete', 'completeness', 'complete records'],
  },
  'impact-assessment-currency': {
    ...computedShare,
    name: 'Impact-assessment currency',
    formula: {
      version: 1,
      words:
        'AI systems with a valid impact assessment, divided by those that need one; valid: assessed since the last significant ' +
        'change, and not past the review date',
    },
    from: 'the register',
    target: 1,
    frequency: 'weekly',
    whenMissed: 'Assess by risk, the most harmful system first, and consider limits on its use until then.',
    alsoCalled: ['impact assessments', 'impact assessment currency', 'impact assessed'],
  },
  'risk-assessment-currency': {
    ...enteredShare,
    name: 'Risk-assessment currency',
    formula: {
      version: 1,
      words: 'AI systems with a valid AI risk assessment (8.2), divided by those in scope that need one',
    },
    from: 'the risk register with its dates',
    target: 1,
    frequency: 'monthly',
    whenMissed: 'Find out whether the method is too heavy or the trigger unknown.',
    alsoCalled: ['risk assessments', 'risk assessment currency'],
  },
  'review-currency': {
    ...computedShare,
    name: 'Reviews in time',
    formula: { version: 1, words: 'Approved AI systems whose day of review has not passed, divided by approved ones' },
    from: 'the register',
    target: 1,
    frequency: 'weekly',
    whenMissed: 'Look at each system again, or have its owner say what changed.',
    alsoCalled: ['review currency', 'system reviews'],
  },
  'review-time': {
    name: 'Time to decide on a system',
    unit: 'days',
    source: 'computed',
    aggregate: 'median',
    direction: 'down',
    formula: {
      version: 1,
      words: 'Median of the days from the submission of an AI system to the decision, of decisions in the last 90 days',
    },
    from: 'the register',
    target: 5,
    frequency: 'weekly',
    whenMissed: 'Name a deputy for the reviews, or have smaller ones decided by somebody else.',
    alsoCalled: ['review time', 'time to review', 'decision time'],
  },
  'control-coverage': {
    ...computedShare,
    name: 'Control coverage',
    formula: {
      version: 1,
      words:
        'Controls of Annex A with current evidence, divided by those that are relevant for an AI system in the register; until ' +
        'Steward keeps the statement of applicability, relevant is what is proposed or decided for each system',
    },
    from: 'the register and the evidence',
    target: 0.9,
    frequency: 'weekly',
    whenMissed: 'Separate controls that are not done from controls that are done but not proven; the remedy differs.',
    alsoCalled: ['controls covered', 'coverage of controls'],
  },
  'clause-coverage': {
    ...computedShare,
    name: 'Clause coverage',
    formula: { version: 1, words: 'Clauses 4 to 10 with current evidence, divided by the 32 that are audited' },
    from: 'the evidence',
    target: 1,
    frequency: 'weekly',
    whenMissed: 'Look for the clauses without anything; each of them is obligatory.',
    alsoCalled: ['evidence coverage', 'clauses covered'],
  },
  'gap-closure-rate': {
    ...enteredShare,
    name: 'Gap closure rate',
    formula: { version: 1, words: 'Gaps closed in the period, divided by gaps open at its start plus new ones' },
    from: 'the list of gaps',
    target: 0.5,
    frequency: 'monthly',
    whenMissed: 'Look at size and resources before pushing people, and split gaps that are too large.',
    alsoCalled: ['gaps closed'],
  },
  'actions-on-time': {
    ...computedShare,
    name: 'Actions on time',
    formula: {
      version: 1,
      words:
        'Action items closed by the day they were first due, divided by those that were first due in the last 30 days',
    },
    from: 'the action items',
    target: 0.9,
    frequency: 'weekly',
    whenMissed: "Escalate to the owner's manager, and agree on a new day with a reason; late is late all the same.",
    alsoCalled: ['actions in time', 'on time'],
  },
  'actions-open': {
    name: 'Open actions',
    unit: 'count',
    source: 'computed',
    aggregate: 'count',
    direction: 'expected',
    formula: { version: 1, words: 'Action items that are neither done nor withdrawn' },
    from: 'the action items',
    target: undefined,
    frequency: 'weekly',
    whenMissed: 'Close what is done, and withdraw what nobody needs any more.',
    alsoCalled: ['open items', 'open action items'],
  },
  'actions-overdue': {
    name: 'Overdue actions',
    unit: 'count',
    source: 'computed',
    aggregate: 'count',
    direction: 'down',
    formula: { version: 1, words: 'Open action items whose due day has passed' },
    from: 'the action items',
    target: 0,
    frequency: 'weekly',
    whenMissed: 'Remind, extend with a reason, or give it to somebody who can do it.',
    alsoCalled: ['overdue items', 'overdue action items', 'late actions'],
  },
  'nonconformity-closing-time': {
    name: 'Time to close a nonconformity',
    unit: 'days',
    source: 'entered',
    aggregate: 'entered',
    direction: 'down',
    formula: { version: 1, words: 'Days from opening to closing, summed up, divided by the nonconformities closed' },
    from: 'the nonconformity log; say in the note how it splits into major and minor',
    target: 60,
    frequency: 'quarterly',
    whenMissed: 'Find the step that takes the time: usually cause analysis or the check of effect.',
    alsoCalled: ['mean time to close', 'mean time to close a nonconformity', 'nonconformity closing time'],
  },
  'repeat-nonconformity-rate': {
    ...enteredShare,
    name: 'Repeat nonconformity rate',
    direction: 'down',
    formula: { version: 1, words: 'Findings with the same cause within twelve months, divided by all findings' },
    from: 'the nonconformity log with causes',
    target: 0,
    frequency: 'quarterly',
    whenMissed: 'Reopen the earlier cause analysis: the measure treated a symptom.',
    alsoCalled: ['repeat findings', 'repeat nonconformities'],
  },
  'evidence-freshness': {
    ...computedShare,
    name: 'Evidence freshness',
    formula: { version: 1, words: 'Items of evidence that are not past their valid-until day, divided by all items' },
    from: 'the evidence, without withdrawn items',
    target: 0.9,
    frequency: 'weekly',
    whenMissed: 'Renew first what supports high risks and the next audit.',
    alsoCalled: ['evidence current', 'current evidence', 'fresh evidence'],
  },
  'policy-acknowledgement': {
    ...enteredShare,
    name: 'Policy acknowledgement',
    formula: { version: 1, words: 'People who acknowledged the current AI policy, divided by people in scope' },
    from: 'intranet, HR or chat records',
    target: 0.95,
    frequency: 'monthly',
    whenMissed: 'Remind through managers, and check by questions whether people know what it means.',
    alsoCalled: ['policy acknowledged', 'acknowledgement'],
  },
  'competence-coverage': {
    ...enteredShare,
    name: 'Competence coverage',
    formula: { version: 1, words: 'Role holders who meet the required competence, divided by role holders' },
    from: 'the competence matrix',
    target: 0.9,
    frequency: 'quarterly',
    whenMissed: 'Train, move the task or bring somebody in; have somebody competent act meanwhile.',
    alsoCalled: ['competence', 'training coverage'],
  },
  'fairness-breach-rate': {
    ...enteredShare,
    name: 'Fairness breach rate',
    direction: 'down',
    formula: { version: 1, words: 'Fairness checks outside their threshold, divided by fairness checks made' },
    from: 'validation and monitoring reports, per system and group; say in the note which',
    target: 0,
    frequency: 'monthly',
    whenMissed: 'Stop or limit the use that does harm, find the cause, and record the decision.',
    alsoCalled: ['fairness', 'fairness breaches'],
  },
  'drift-handled-in-time': {
    ...enteredShare,
    name: 'Drift alarms handled in time',
    formula: { version: 1, words: 'Drift alarms dealt with within the target time, divided by drift alarms' },
    from: 'the monitoring system and tickets',
    target: 0.95,
    frequency: 'monthly',
    whenMissed: 'See whether alarms are too many, thresholds wrong, or nobody is on duty.',
    alsoCalled: ['drift', 'drift alarms'],
  },
  'override-rate': {
    ...enteredShare,
    name: 'Override rate',
    direction: 'expected',
    formula: { version: 1, words: 'Decisions that a human changed, divided by decisions presented to a human' },
    from: "the systems' logs, per team and system; say in the note which",
    target: undefined,
    frequency: 'monthly',
    whenMissed: 'Very low may mean rubber-stamping, very high a poor model: watch some cases and talk to the people.',
    alsoCalled: ['overrides', 'human overrides'],
  },
  'incident-notification-time': {
    name: 'Incident notification time',
    unit: 'hours',
    source: 'entered',
    aggregate: 'entered',
    direction: 'down',
    formula: {
      version: 1,
      words: 'Median of the hours from the detection of an AI incident to the notice to those concerned (A.8.4)',
    },
    from: 'incident records with both times',
    target: 24,
    frequency: 'quarterly',
    whenMissed: 'Rehearse the plan, prepare texts, and clear who decides at night. Deadlines of law come before it.',
    alsoCalled: ['notification time', 'incidents'],
  },
  'concern-response-time': {
    name: 'Concern response time',
    unit: 'days',
    source: 'entered',
    aggregate: 'entered',
    direction: 'down',
    formula: {
      version: 1,
      words: 'Median of the days from a report to the first answer, of staff (A.3.3) and of outsiders (A.8.3)',
    },
    from: 'the case log; say in the note how staff and outsiders differ',
    target: 5,
    frequency: 'quarterly',
    whenMissed: 'Name a deputy; answer first and investigate then.',
    alsoCalled: ['concerns', 'response time to concerns'],
  },
  'supplier-assurance': {
    ...enteredShare,
    name: 'Supplier assurance',
    formula: { version: 1, words: 'Critical AI suppliers with a current assessment, divided by critical AI suppliers' },
    from: 'the supplier files',
    target: 0.9,
    frequency: 'quarterly',
    whenMissed: 'Assess by dependence, ask for the papers, and plan an exit if nothing comes.',
    alsoCalled: ['suppliers', 'suppliers assessed'],
  },
  'audit-programme-completion': {
    ...enteredShare,
    name: 'Audit programme completion',
    formula: { version: 1, words: 'Internal audits done, divided by audits planned for the period' },
    from: 'the audit programme, planned against done',
    target: 1,
    frequency: 'quarterly',
    whenMissed: 'Record the reason, set a new date, and judge what was not seen meanwhile.',
    alsoCalled: ['audit programme', 'internal audits'],
  },
  'questions-asked': {
    name: 'Questions asked',
    unit: 'count',
    source: 'computed',
    aggregate: 'count',
    direction: 'expected',
    formula: { version: 1, words: 'Questions that Steward was asked in the last seven days' },
    from: 'the answers it gave',
    target: undefined,
    frequency: 'weekly',
    whenMissed: 'Few questions are no sign of knowledge: ask people what they would like to ask.',
    alsoCalled: ['questions', 'number of questions'],
  },
  'questions-declined': {
    ...computedShare,
    name: 'Questions not answered',
    direction: 'down',
    formula: {
      version: 1,
      words: 'Questions that Steward had no answer to, divided by all that it was asked in the last seven days',
    },
    from: 'the answers it gave',
    target: 0.15,
    frequency: 'weekly',
    whenMissed: 'See `/aims questions` for what is asked, and answer what comes again.',
    alsoCalled: ['declined', 'questions declined', 'unanswered questions'],
  },
  'answers-unhelpful': {
    ...computedShare,
    name: 'Answers that did not help',
    direction: 'down',
    formula: {
      version: 1,
      words: 'Answers that somebody found not helpful, divided by those that somebody judged in the last 30 days',
    },
    from: 'what people said of answers',
    target: 0.2,
    frequency: 'weekly',
    whenMissed: 'Read the reasons in `/aims questions`, and write better answers there.',
    alsoCalled: ['unhelpful', 'unhelpful answers', 'not helpful'],
  },
  'gap-answer-time': {
    name: 'Time to answer a question passed on',
    unit: 'days',
    source: 'computed',
    aggregate: 'median',
    direction: 'down',
    formula: {
      version: 1,
      words:
        'Median of the days from the moment somebody wanted an answer of the compliance lead to that answer, of the last 90 days',
    },
    from: 'the questions in `/aims questions`',
    target: 3,
    frequency: 'weekly',
    whenMissed: 'Name a deputy, and decline what is not our topic.',
    alsoCalled: ['answer time', 'time to answer'],
  },
} as const satisfies Readonly<Record<string, Entry>>;

export type KpiId = keyof typeof ENTRIES;

/** All KPIs, in the order in which they are shown. */
export const KPIS: readonly (KpiDefinition & { readonly id: KpiId })[] = Object.entries(ENTRIES).map(
  ([id, entry]: [string, Entry]) => ({
    alsoCalled: [],
    ...entry,
    id: id as KpiId,
    ownerRole: 'compliance_lead',
  }),
);

export type Kpi = (typeof KPIS)[number];

const BY_ID: ReadonlyMap<string, Kpi> = new Map(KPIS.map((kpi) => [kpi.id, kpi]));

/** @returns undefined for what is no KPI's id */
export function kpiOf(id: string): Kpi | undefined {
  return BY_ID.get(id);
}

/** The one of the catalogue. */
export function knownKpi(id: KpiId): Kpi {
  const kpi = BY_ID.get(id);
  if (!kpi) throw new Error(`There is no KPI ${id}.`);
  return kpi;
}
