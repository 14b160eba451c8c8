import type { Logger } from 'pino';
import type { ConfigInspection } from '../../config.ts';
import { describeFailure } from '../describe-failure.ts';
import { checkAddress } from './address.ts';
import { checkDatabase } from './database.ts';
import { checkDataFolder, checkSigningKey } from './files.ts';
import type { Check, Finding } from './finding.ts';
import { checkGuidance } from './guidance.ts';
import { checkChatModel, checkEmbeddingModel } from './models.ts';
import { checkPorts } from './ports.ts';
import { checkSettings } from './settings.ts';
import { checkSlack } from './slack.ts';
import { checkTeams } from './teams.ts';

/** How long a check may take, in milliseconds. */
const PATIENCE = 30_000;

/** Looks at everything at once, changes nothing, and tells no secret. Never throws. */
export async function examine(inspection: ConfigInspection, log: Logger, patience = PATIENCE): Promise<Finding[]> {
  const checks = [
    checkSettings(inspection),
    checkDataFolder(inspection.config),
    checkSigningKey(inspection.config),
    checkGuidance(),
    checkDatabase(inspection),
    checkPorts(inspection.config),
    checkAddress(inspection.config),
    checkSlack(inspection, log),
    checkTeams(inspection),
    checkChatModel(inspection),
    checkEmbeddingModel(inspection),
  ];
  const findings = await Promise.all(checks.map((check) => run(check, patience)));
  return findings.flat().map((finding) => withoutSecrets(finding, inspection.secrets));
}

async function run({ about, run }: Check, patience: number): Promise<Finding[]> {
  const findings: Finding[] = [];
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`This took longer than ${patience / 1000} s.`)), patience);
  try {
    await Promise.race([tooLate, run((finding) => findings.push(finding))]);
  } catch (error) {
    findings.push({ about, status: 'fault', message: inOneLine(describeFailure(error)) });
  } finally {
    clearTimeout(timer);
  }
  // What comes after the time is up is not told any more.
  return [...findings];
}

/** Without the stack, of which an administrator can make nothing. */
function inOneLine(failure: string): string {
  const [line = ''] = failure.split('\n', 1);
  return line.replace(/^Error: /, '');
}

/** What libraries and servers say is repeated here, and might repeat a secret. */
function withoutSecrets(finding: Finding, secrets: readonly string[]): Finding {
  const clean = (text: string) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '[removed]'), text);
  const { message, remedy } = finding;
  return { ...finding, message: clean(message), ...(remedy === undefined ? {} : { remedy: clean(remedy) }) };
}
