import { inspectEnvironment } from '../config.ts';
import { createLog } from '../log.ts';
import { examine } from './doctor/examine.ts';
import type { Finding } from './doctor/finding.ts';

const WORDS = { ok: 'OK', attention: 'attention', fault: 'fault' } as const;

/** Checks the whole installation, and says what to do; the exit code is 1 where something does not work. */
export async function doctor(options: { json?: boolean }): Promise<void> {
  const findings = await examine(inspectEnvironment(), createLog('silent'));
  const isWell = findings.every(({ status }) => status !== 'fault');
  console.log(options.json ? JSON.stringify({ ok: isWell, findings }) : asText(findings));
  // A check that took too long may still wait for its server.
  process.exit(isWell ? 0 : 1);
}

function asText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ about }) => about.length));
  const lines = findings.flatMap(({ about, status, message, remedy }) => [
    `${WORDS[status].padEnd(9)}  ${about.padEnd(width)}  ${message}`,
    ...(remedy ? [`${' '.repeat(width + 13)}To do: ${remedy}`] : []),
  ]);
  return [...lines, '', summary(findings)].join('\n');
}

function summary(findings: readonly Finding[]): string {
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length;
  const faults = count('fault');
  if (faults > 0)
    return `${faults === 1 ? '1 fault' : `${faults} faults`}. Steward does not work until that is mended.`;
  return count('attention') > 0 ? 'Steward works; something needs attention.' : 'All is well.';
}
