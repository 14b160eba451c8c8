import type { Action, NoticeReply } from './reply.ts';

/** A notice of one paragraph. */
export function notice(text: string, ...actions: Action[]): NoticeReply {
  return { kind: 'notice', blocks: [{ kind: 'text', text }], actions };
}
