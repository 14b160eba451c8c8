import { sql } from 'kysely';
import type { Db } from '../../database/database.ts';
import type { Finding, Tell } from './finding.ts';

/** Slack and Microsoft date what they send, and Steward refuses what is off by more, in milliseconds. */
const REFUSED = 5 * 60_000;

/** Nothing is refused yet, but dates and times in records are wrong by so much. Milliseconds. */
const NOTICEABLE = 10_000;

export async function checkClock(db: Db, tell: Tell): Promise<void> {
  const asked = Date.now();
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const midway = (asked + Date.now()) / 2;
  tell({ about: 'Clock', ...clockFinding(midway - (rows[0]?.now.getTime() ?? midway), "the database's") });
}

/** @param ahead how far this machine's clock is ahead of another, in milliseconds */
export function clockFinding(ahead: number, whose: string): Omit<Finding, 'about'> {
  const off = Math.abs(ahead);
  const where = ahead > 0 ? 'ahead of' : 'behind';
  const message = `This machine's clock is ${inWords(off)} ${where} ${whose}.`;
  const remedy = 'Set the clocks by the network (NTP) on both machines.';
  if (off >= REFUSED) return { status: 'fault', message: `${message} Requests are refused at five minutes.`, remedy };
  if (off >= NOTICEABLE) return { status: 'attention', message, remedy };
  return { status: 'ok', message: `This machine's clock agrees with ${whose}.` };
}

function inWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
}
