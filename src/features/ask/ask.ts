import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Reply } from '../../chat/reply.ts';
import type { Db } from '../../database/database.ts';
import type { Audience } from '../../people/audience.ts';
import type { Vectors } from '../../retrieval/vectors.ts';
import { type Feature, say } from '../feature.ts';
import { type Answer, answerQuestion } from './answer.ts';
import { openSource } from './open-source.ts';

/** Citations that get a button. */
const MAX_BUTTONS = 3;

/** A question becomes a cited answer. */
export function askFeature(db: Db, vectors: Vectors | undefined): Feature {
  return {
    name: 'ask',
    commands: [
      { name: 'ask', usage: '<question>', summary: 'answers a question about ISO/IEC 42001, with its sources' },
    ],
    async respond(request, { audience }) {
      switch (request.kind) {
        case 'message':
        case 'command':
          return say(await reply(db, request.text, audience, vectors));
        case 'action':
          if (request.verb === 'open') return say(await openSource(db, request.argument, audience));
      }
      return say(notice('I do not know that button. Ask your question in a sentence.'));
    },
  };
}

async function reply(db: Db, question: string, audience: Audience, vectors: Vectors | undefined): Promise<Reply> {
  if (question === '') return notice('Ask your question after the command: `/aims ask who signs the AI policy?`');
  return asReply(await answerQuestion(db, question, audience, vectors));
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
