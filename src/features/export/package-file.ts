import type { KeyObject } from 'node:crypto';
import { PassThrough } from 'node:stream';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { FileMaker } from '../../downloads/downloads.ts';
import { governedChange } from '../../event-log/governed-change.ts';
import type { Audience } from '../../people/audience.ts';
import type { Role } from '../../people/role.ts';
import { rolesOf } from '../../people/role-assignments.ts';
import { makePackage } from '../../records/audit-package/make-package.ts';
import { recordPackage } from '../../records/audit-package/package-scope.ts';
import { parseArgument, type View } from './scope-form.ts';

/** The kind of file that `Downloads` knows it by. */
export const PACKAGE_FILE = 'audit-package';

/** What an auditor may see, whoever that is. */
const AUDITORS: Audience = { guidanceOnly: false, visibilities: ['everyone', 'auditors'], person: undefined };

export interface PackageFileParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly timeZone: string;
  /** Signs the head of the event log. */
  readonly signingKey: () => Promise<KeyObject>;
}

/** Whether somebody may have an audit package. */
export function mayExport(roles: ReadonlySet<Role>): boolean {
  return roles.has('compliance_lead') || roles.has('auditor');
}

/** What a package shows: an auditor never more than they see themselves. */
export function audienceFor(view: View, roles: ReadonlySet<Role>, own: Audience): Audience {
  return view === 'auditors' && roles.has('compliance_lead') ? AUDITORS : own;
}

/** Makes an audit package while it is being fetched, so that it may be larger than the memory, and records it. */
export function packageFile({ db, clock, log, timeZone, signingKey }: PackageFileParts): FileMaker {
  return async ({ person, audience }, argument) => {
    const today = clock.today();
    const wanted = parseArgument(argument, today);
    const roles = await rolesOf(db, person, today);
    if (!wanted || audience.guidanceOnly || !mayExport(roles)) return undefined;
    const { scope, view } = wanted;
    const key = await signingKey();
    const content = new PassThrough();
    const reading = { audience: audienceFor(view, roles, audience), today };
    const make = async () => {
      const made = await makePackage({ db, key, timeZone }, reading, scope, content);
      const actor = { kind: 'person', person, via: 'link', authenticated: false } as const;
      const reader = reading.audience.person;
      await governedChange(db, actor, async (change) => recordPackage(change, scope, made, reader));
    };
    make().catch((error: unknown) => {
      log.warn({ err: error }, 'An audit package was not fetched to its end.');
      content.destroy(error instanceof Error ? error : undefined);
    });
    return { name: `audit-package-${scope.asOf ?? today}.zip`, mediaType: 'application/zip', content };
  };
}
