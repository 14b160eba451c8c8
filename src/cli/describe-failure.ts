import { InvalidManifest } from '../adapters/teams/manifest.ts';
import { InvalidConfig } from '../config.ts';
import { DatabaseInUse } from '../database/embedded.ts';
import { UnusableDatabase } from '../database/migrate.ts';
import { MalformedPrompt } from '../models/prompts.ts';
import { MalformedPage } from '../standard/guidance-page.ts';
import { asUnusableFile, UnusableFile } from '../unusable-file.ts';
import { InvalidScope } from './export.ts';
import { UnknownPerson } from './named-person.ts';

const KNOWN = [
  InvalidConfig,
  InvalidManifest,
  DatabaseInUse,
  UnusableDatabase,
  UnusableFile,
  MalformedPage,
  MalformedPrompt,
  UnknownPerson,
  InvalidScope,
];

/** Faults that an administrator can mend are one sentence; anything else keeps its stack for whoever looks into it. */
export function describeFailure(error: unknown): string {
  const known = KNOWN.some((kind) => error instanceof kind);
  if (known && error instanceof Error) return error.message;
  if (isPortTaken(error)) {
    return `Port ${error.port} is in use. Stop what listens there, or set PORT or WEB_CHAT_PORT to another one.`;
  }
  const file = asUnusableFile(error);
  if (file) return file.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function isPortTaken(error: unknown): error is { port: number } {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error;
}
