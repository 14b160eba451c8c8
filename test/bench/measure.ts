import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface LoadOptions {
  readonly url: string;
  readonly platform: 'slack' | 'teams';
  /** The request's body; `DELIVERY` in it is replaced by a new id each time. */
  readonly body: string;
  /** JSON, unless it is given. */
  readonly contentType?: string;
  /** Slack's signing secret, or a token of Teams. */
  readonly secret: string;
  readonly connections: number;
  readonly seconds: number;
}

export interface Load {
  /** Acknowledged requests. */
  readonly perSecond: number;
  /** Milliseconds until the acknowledgement. */
  readonly p50: number;
  readonly p99: number;
  readonly refused: number;
}

const LOAD = fileURLToPath(new URL('load.ts', import.meta.url));

/** Sends requests from a process of its own. */
export async function measureLoad(options: LoadOptions): Promise<Load> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', LOAD, JSON.stringify(options)]);
  return JSON.parse(stdout) as Load;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The middle one, which a disturbed run does not move. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** How long something takes, in seconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
