import { randomBytes } from 'node:crypto';
import type { ThreadMessage } from './thread.ts';

/** A line that nobody who wrote a document or a question can know, so that no text can end its own quotation. */
export function newFence(): string {
  return `=== ${randomBytes(12).toString('base64url')} ===`;
}

export function fenced(fence: string, text: string): string {
  return `${fence}\n${text}\n${fence}`;
}

const SPEAKERS = { person: 'Asked', steward: 'Answered', message: 'The question is about this message' } as const;

export function threadAsText(thread: readonly ThreadMessage[]): string {
  return thread.map(({ from, text }) => `${SPEAKERS[from]}: ${text}`).join('\n');
}
