import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import { writtenDay } from '../../clock.ts';
import type { EvidenceItem } from '../../records/evidence/evidence.ts';
import { evidenceChanges } from '../../records/evidence/evidence-changes.ts';
import { listEvidence, type Reading } from '../../records/evidence/read-evidence.ts';
import type { Asker } from '../feature.ts';
import type { EvidenceParts } from './evidence.ts';
import { readingOf } from './read.ts';

/** Changes that are shown. */
const SHOWN = 20;

const COVERAGE = { id: actionId('evidence', 'coverage'), label: 'Coverage' };

/**
 * What happened to the evidence that everybody here may see, the latest first.
 *
 * @param since YYYY-MM-DD; without, since the newest audit report
 */
export async function changesCard(parts: EvidenceParts, since: string | undefined, asker: Asker): Promise<Reply> {
  const reading = readingOf(parts, asker);
  const audit = since ? undefined : await newestAudit(parts, reading);
  const day = since ?? (audit && dayOf(audit));
  if (day === undefined) {
    return notice(
      'I know of no audit report that you may see here. Tell me the day: *what changed since 2026-03-01?* Or add the report as evidence.',
      COVERAGE,
    );
  }
  const { total, changes } = await evidenceChanges(parts.db, reading, new Date(`${day}T00:00:00Z`), SHOWN);
  const from = audit
    ? `the audit report ${audit.key} ${literally(audit.title)} of ${writtenDay(day)}`
    : writtenDay(day);
  if (total === 0) return notice(`Nothing changed in the evidence that you may see here since ${from}.`, COVERAGE);
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: `${total.toLocaleString('en')} ${total === 1 ? 'change' : 'changes'} to evidence` },
      { kind: 'text', text: `Since ${from}.` },
      {
        kind: 'table',
        columns: ['When', 'Evidence', 'What'],
        rows: changes.map(({ at, key, title, number, what }) => [
          writtenDay(at.toISOString().slice(0, 10)),
          `${key} ${literally(title)}`,
          what === 'replaced' || what === 'added' ? `${what}, v${number}` : what,
        ]),
      },
      ...(total > changes.length
        ? [{ kind: 'text' as const, text: `And ${(total - changes.length).toLocaleString('en')} earlier ones.` }]
        : []),
    ],
    actions: [{ id: actionId('evidence', 'missing'), label: 'What is missing' }, COVERAGE],
  };
}

/** By the day that it is of. */
async function newestAudit({ db }: EvidenceParts, reading: Reading): Promise<EvidenceItem | undefined> {
  const { items } = await listEvidence(
    db,
    reading,
    { kinds: ['audit_report'], states: ['current', 'stale'] },
    { limit: 100, offset: 0 },
  );
  return items.toSorted((a, b) => dayOf(b).localeCompare(dayOf(a)))[0];
}

function dayOf({ effectiveOn, addedAt }: EvidenceItem): string {
  return effectiveOn ?? addedAt.toISOString().slice(0, 10);
}
