/** What an item of evidence is. */
export const EVIDENCE_KINDS = [
  'policy',
  'procedure',
  'plan',
  'assessment',
  'record',
  'test_report',
  'bias_test',
  'log',
  'oversight',
  'minutes',
  'contract',
  'training',
  'incident',
  'audit_report',
  'other',
] as const;

export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export const KIND_NAMES: Readonly<Record<EvidenceKind, string>> = {
  policy: 'Policy',
  procedure: 'Procedure',
  plan: 'Plan',
  assessment: 'Assessment',
  record: 'Record',
  test_report: 'Test report',
  bias_test: 'Bias test',
  log: 'Log',
  oversight: 'Oversight action',
  minutes: 'Minutes',
  contract: 'Contract',
  training: 'Training',
  incident: 'Incident record',
  audit_report: 'Audit report',
  other: 'Other',
};

/** Kinds of which every AI management system has something to show. Good practice: the standard lists no kinds. */
export const REQUIRED_KINDS: readonly EvidenceKind[] = ['bias_test', 'oversight', 'incident'];
