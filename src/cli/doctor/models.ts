import type { ConfigInspection } from '../../config.ts';
import { ChatModel } from '../../models/chat-model.ts';
import { EmbeddingModel } from '../../models/embedding-model.ts';
import { type FailureKind, ModelFailure } from '../../models/failure.ts';
import { MAX_DIMENSIONS } from '../../retrieval/embedding-table.ts';
import type { Check, Tell } from './finding.ts';
import { off, unclear } from './switched-off.ts';

const REMEDIES: Partial<Readonly<Record<FailureKind, string>>> = {
  authentication: 'Compare the key with the one that the provider shows.',
  'rate-limit': 'Look at the limits and the credit of the key at the provider.',
  timeout: 'Choose a faster model or a nearer server.',
  rejected: 'Choose a model that takes chat completions or embeddings as OpenAI does.',
};

const ANY = "Compare the model's name and the server's address in the settings, and let this machine reach the server.";

export function checkChatModel({ config: { models }, faulty }: ConfigInspection): Check {
  const about = 'Chat model';
  return {
    about,
    async run(tell) {
      if (faulty.has('chat')) return tell(unclear(about));
      if (!models.chat) {
        return tell(off(about, "Answers are the guidance's own sentences. OPENAI_CHAT_MODEL switches it on."));
      }
      const { model, server, patience } = models.chat;
      const chat = new ChatModel(model, server);
      const signal = AbortSignal.timeout(patience.silence);
      await time(about, model, tell, () => chat.invoke('Answer with the one word: ready', { signal }));
    },
  };
}

export function checkEmbeddingModel({ config: { models }, faulty }: ConfigInspection): Check {
  const about = 'Embedding model';
  return {
    about,
    async run(tell) {
      if (faulty.has('embedding')) return tell(unclear(about));
      if (!models.embedding) return tell(off(about, 'Search goes by words alone. EMBEDDING_MODEL switches it on.'));
      const { model, server } = models.embedding;
      await time(about, model, tell, async () => {
        const { length } = await new EmbeddingModel(model, server).embedQuery('ready');
        if (length > MAX_DIMENSIONS) {
          const detail = `vectors of ${length} numbers, where ${MAX_DIMENSIONS} is the most that can be searched`;
          throw new ModelFailure('unsuitable', model, { detail });
        }
      });
    },
  };
}

async function time(about: string, model: string, tell: Tell, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  try {
    await work();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    tell({ about, status: 'ok', message: `${model} answers, in ${seconds} s.` });
  } catch (error) {
    if (!(error instanceof ModelFailure)) throw error;
    tell({ about, status: 'fault', message: error.message, remedy: REMEDIES[error.kind] ?? ANY });
  }
}
