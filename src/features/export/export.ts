import { notice } from '../../chat/notice.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { Downloads } from '../../downloads/downloads.ts';
import { describeScope, endOfDay } from '../../records/audit-package/package-scope.ts';
import { listEvidence } from '../../records/evidence/read-evidence.ts';
import { type Asker, type Command, type Feature, type Outcome, say } from '../feature.ts';
import { offerFiles } from '../offer-files.ts';
import { audienceFor, mayExport, PACKAGE_FILE } from './package-file.ts';
import { asArgument, checkScope, scopeForm, type Wanted, wantedIn } from './scope-form.ts';

export interface ExportParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly downloads: Downloads;
  readonly timeZone: string;
}

export const EXPORT_COMMANDS: readonly Command[] = [
  {
    name: 'export',
    usage: '',
    summary: 'for the compliance lead and auditors: the audit package, for clauses, controls, AI systems and a day',
    formArguments: [''],
  },
];

const NOT_YOURS = notice(
  'Audit packages are for the compliance lead and for auditors. `/aims roles` shows who they are.',
);

/** The audit package: chosen in a form, sent as a link to whoever asked alone. */
export function exportFeature(parts: ExportParts): Feature {
  return {
    name: 'export',
    commands: EXPORT_COMMANDS,
    checkForm: (_verb, values) => checkScope(values, parts.clock.today()),
    async respond(request, asker) {
      const { person } = asker;
      if (!mayExport(person.roles)) return say(NOT_YOURS);
      if (request.kind === 'form') return offer(parts, request.values, asker);
      return say({ kind: 'form', form: scopeForm(person.roles.has('compliance_lead')) });
    },
  };
}

async function offer(parts: ExportParts, values: FormValues, asker: Asker): Promise<Outcome> {
  const { clock, downloads } = parts;
  const faults = Object.values(checkScope(values, clock.today()));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was made.`));
  const wanted = wantedIn(values);
  const files = [{ kind: PACKAGE_FILE, argument: asArgument(wanted), label: 'Audit package (ZIP)' }];
  const isDirect = asker.conversation.kind === 'direct';
  const total = isDirect ? await countItems(parts, wanted, asker) : undefined;
  if (total === 0) {
    return say(
      notice('There is no evidence in this scope that may be shown so. Choose less to limit it: `/aims export`.'),
    );
  }
  const items = total === undefined ? '' : total === 1 ? ' with 1 item' : ` with ${total.toLocaleString('en')} items`;
  const scope = describeScope(wanted.scope).map((line) => `- ${line}`);
  const text = [
    `**Audit package**${items}`,
    scope.join('\n'),
    'Unpack it and run `bash verify.sh`; it needs sha256sum and openssl alone.',
  ].join('\n\n');
  return offerFiles(downloads, asker, text, files);
}

/** How many items there are in a scope. For whoever asks alone: in company it would tell others. */
async function countItems(
  { db, clock, timeZone }: ExportParts,
  { scope, view }: Wanted,
  asker: Asker,
): Promise<number> {
  const { asOf: day, ...filter } = scope;
  const audience = audienceFor(view, asker.person.roles, asker.audience);
  const asOf = day ? { asOf: await endOfDay(db, day, timeZone) } : {};
  const reading = { audience, today: day ?? clock.today() };
  return (await listEvidence(db, reading, { ...filter, ...asOf }, { limit: 1, offset: 0 })).total;
}
