import { open, rename, rm } from 'node:fs/promises';
import { z } from 'zod';
import { systemClock } from '../clock.ts';
import { configFromEnvironment } from '../config.ts';
import { openDatabase } from '../database/database.ts';
import { governedChange } from '../event-log/governed-change.ts';
import { loadSigningKey } from '../event-log/head.ts';
import { createLog } from '../log.ts';
import type { Audience } from '../people/audience.ts';
import { ownAudience } from '../people/direct-audience.ts';
import { makePackage } from '../records/audit-package/make-package.ts';
import { type PackageScope, recordPackage } from '../records/audit-package/package-scope.ts';
import { structure } from '../standard/structure.ts';
import { asUnusableFile } from '../unusable-file.ts';
import { namedPerson } from './named-person.ts';

/** What was asked for cannot be; the message says what is wrong. */
export class InvalidScope extends Error {
  override name = 'InvalidScope';
}

export interface ExportOptions {
  readonly requirements?: readonly string[];
  readonly systems?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
  readonly for?: string;
}

/** What an auditor may see, whoever that is. */
const AUDITORS: Audience = { guidanceOnly: false, visibilities: ['everyone', 'auditors'], person: undefined };

/** Writes an audit package to a file, and says so in the event log. */
export async function exportPackage(file: string, options: ExportOptions): Promise<void> {
  const scope = readScope(options);
  const config = configFromEnvironment();
  const key = await loadSigningKey(config.eventLogKeyFile);
  const log = createLog(config.logLevel);
  const { db, close } = await openDatabase(config.database, (error) =>
    log.warn({ err: error }, 'A connection was lost.'),
  );
  // Nobody takes a package for whole that is not.
  const part = `${file}.part`;
  try {
    const today = systemClock(config.timeZone).today();
    const reader = options.for === undefined ? undefined : await namedPerson(db, options.for, today, '--for');
    const audience = reader ? await ownAudience(db, reader.id, today) : AUDITORS;
    const parts = { db, key, timeZone: config.timeZone };
    const output = (await open(part, 'w')).createWriteStream();
    const made = await makePackage(parts, { audience, today }, scope, output);
    await governedChange(db, { kind: 'system' }, async (change) => recordPackage(change, scope, made, reader?.id));
    await rename(part, file);
    console.log(`${made.items} items with ${made.files} files are in ${file}, SHA-256 ${made.sha256}.`);
    console.log('Unpack it and run: bash verify.sh');
    if (made.items === 0) {
      const whose = reader ? reader.name : 'an auditor';
      console.log(`No evidence in this scope may be seen by ${whose}. Evidence for the committee is not for auditors.`);
    }
  } catch (cause) {
    throw asUnusableFile(cause, file) ?? cause;
  } finally {
    await rm(part, { force: true });
    await close();
  }
}

/** @throws InvalidScope */
export function readScope({ requirements, systems, from, to, asOf }: ExportOptions): PackageScope {
  const unknown = requirements?.find((id) => !structure.find(id));
  if (unknown) throw new InvalidScope(`ISO/IEC 42001 has no ${unknown}.`);
  const wrongDay = [from, to, asOf].find((day) => day !== undefined && !z.iso.date().safeParse(day).success);
  if (wrongDay) throw new InvalidScope(`${wrongDay} is no day. Write it as YYYY-MM-DD.`);
  if (from && to && from > to) throw new InvalidScope(`There is no day from ${from} to ${to}.`);
  return {
    ...(requirements ? { requirements: requirements.map((id) => structure.find(id)?.id ?? id) } : {}),
    ...(systems ? { systems } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(asOf ? { asOf } : {}),
  };
}
