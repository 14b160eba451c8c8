import { ModelFailure } from '../../models/failure.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import type { Prompts } from '../../models/prompts.ts';
import { readWithModel } from '../../records/ai-system/reading/read-with-model.ts';
import type { AnswerReader } from './intake.ts';

export interface ReaderParts {
  readonly model: LanguageModel;
  readonly prompts: Prompts;
  /** How long a model may take in one turn, in milliseconds. */
  readonly patience: number;
}

/** Reads answers with a language model. Where it fails, facts are chosen as without one. */
export function answerReader({ model, prompts, patience }: ReaderParts): AnswerReader {
  return async (topic, text, asker) => {
    const deadline = AbortSignal.timeout(patience);
    const read = () => readWithModel(model, prompts['read-answer'], { topic, text, deadline });
    return asker.whileWaiting(read).catch((thrown: unknown) => {
      if (thrown instanceof ModelFailure) return undefined;
      throw thrown;
    });
  };
}
