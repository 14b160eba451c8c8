import type { DocumentPassage } from '../../../documents/document.ts';
import type { EvidenceKind } from '../kinds.ts';

/** Words that tell a kind, the most telling kinds first: a log of incidents is about incidents. */
const SIGNS: readonly (readonly [EvidenceKind, RegExp])[] = [
  [
    'bias_test',
    /\b(bias|fairness|disparate impact|demographic parity|equal opportunity)\b.{0,40}\b(tests?|testing|results?|report|audit|analysis|evaluation|check)\b/i,
  ],
  ['incident', /\b(incidents?|post[- ]?mortem|outage|near[- ]miss)\b/i],
  [
    'oversight',
    /\b(human oversight|oversight (actions?|log|records?)|manual (overrides?|reviews?)|overrid(e|den)|human[- ]in[- ]the[- ]loop)\b/i,
  ],
  [
    'audit_report',
    /\b(internal|external|surveillance|certification) audit\b|\baudit (report|findings|programme|program)\b|\bnonconformit(y|ies)\b/i,
  ],
  ['minutes', /\b(minutes|meeting notes|attendees|attended by|protokoll)\b/i],
  ['training', /\b(training|awareness|course|e-?learning|certificate of completion|attendance)\b/i],
  ['contract', /\b(contract|agreement|terms of service|statement of work|nda|dpa|service level)\b/i],
  ['assessment', /\b((risk|impact) (assessment|analysis|register)|dpia|fria|risk treatment)\b/i],
  [
    'test_report',
    /\b(test(ing)? (report|results?|protocol)|(model )?(evaluation|validation) (report|results?)|benchmark|acceptance test)\b/i,
  ],
  ['policy', /\bpolic(y|ies)\b/i],
  ['procedure', /\b(procedures?|work instructions?|guidelines?|runbook|playbook|how[- ]to|process description|sop)\b/i],
  ['plan', /\b(plan|roadmap|schedule|programme)\b/i],
  ['log', /\b(logs?|audit trail|event history|change history)\b/i],
  ['record', /\b(records?|register|inventory|list of|checklist|approval|sign[- ]?off)\b/i],
];

/** What a heading or a file's name says goes before what the text says. */
const IN_TITLE = 4;

/** How much of a text tells what it is, in characters. */
const BEGINNING = 1_500;

/** Each line an hour, a minute and more: a machine wrote it. */
const TIMESTAMPS = /^\W{0,2}(\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\w{3} +\d+ \d\d:\d\d:\d\d)/gm;

export function proposeKind(title: string, fileName: string, passages: readonly DocumentPassage[]): EvidenceKind {
  const names = `${title} ${fileName.replace(/[_.-]+/g, ' ')}`;
  const text = passages
    .map((passage) => passage.text)
    .join('\n')
    .slice(0, BEGINNING);
  const scores = SIGNS.map(([kind, sign], rank) => ({
    kind,
    score: (sign.test(names) ? IN_TITLE : 0) + (sign.test(text) ? 1 : 0) - rank / 100,
  }));
  if ((text.match(TIMESTAMPS)?.length ?? 0) >= 5 && !scores.some(({ score }) => score > IN_TITLE / 2)) return 'log';
  const [best] = scores.sort((a, b) => b.score - a.score);
  return best && best.score > 0 ? best.kind : 'other';
}
