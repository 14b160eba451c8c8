import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Reply } from '../../chat/reply.ts';
import type { Db } from '../../database/database.ts';
import type { Vectors } from '../../retrieval/vectors.ts';
import { type Asker, type Feature, say } from '../feature.ts';
import { type Answer, answerQuestion } from './answer.ts';
import { openSource } from './open-source.ts';
import type { Writers } from './writer.ts';

/** Citations that get a button. */
const MAX_BUTTONS = 3;

export interface AskParts {
  readonly db: Db;
  /** Undefined where no embedding model is configured. */
  readonly vectors: Vectors | undefined;
  /** Undefined where no language model is. */
  readonly writers: Writers | undefined;
}

/** A question becomes a cited answer. */
export function askFeature(parts: AskParts): Feature {
  return {
    name: 'ask',
    commands: [
      { name: 'ask', usage: '<question>', summary: 'answers a question about ISO/IEC 42001, with its sources' },
    ],
    async respond(request, asker) {
      switch (request.kind) {
        case 'message':
        case 'command':
          return say(await reply(parts, request.text, asker));
        case 'action':
          if (request.verb === 'open') return say(await openSource(parts.db, request.argument, asker.audience));
      }
      return say(notice('I do not know that button. Ask your question in a sentence.'));
    },
  };
}

async function reply({ db, vectors, writers }: AskParts, question: string, asker: Asker): Promise<Reply> {
  if (question === '') return notice('Ask your question after the command: `/aims ask who signs the AI policy?`');
  return asReply(await answerQuestion(db, question, asker.audience, vectors, await writers?.(asker)));
}

function asReply(answer: Answer): Reply {
  if (answer.declined) {
    return notice(answer.text, { id: actionId('command', 'run', 'help'), label: 'What can I ask?' });
  }
  return {
    kind: 'answer',
    text: answer.text,
    citations: answer.citations.map(({ id, title, excerpt }) => ({ id, title, excerpt })),
    actions: answer.citations
      .slice(0, MAX_BUTTONS)
      .map(({ id }) => ({ id: actionId('ask', 'open', id), label: `Open ${id}` })),
  };
}
