import type { Address } from '../../chat/turn.ts';
import type { Db } from '../../database/database.ts';
import { type FailureKind, ModelFailure } from '../../models/failure.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { addSpent, type Spent } from '../../models/model-use.ts';
import type { Prompts } from '../../models/prompts.ts';
import type { Passage } from '../../retrieval/passage.ts';
import type { Asker } from '../feature.ts';
import { languageDetector } from './language.ts';
import { leansOnThread, standaloneQuestion } from './standalone-question.ts';
import { recentMessages, type ThreadMessage } from './thread.ts';
import { type Written, writeAnswer } from './write-answer.ts';

/** What to search for. With `because` (see `Written`) the model failed: the question is as it was, and nothing is to be written. */
export interface SearchQuestion {
  readonly question: string;
  readonly because?: string;
}

/** Writes the answer of one turn with a language model. Never rejects because of the model. */
export interface Writer {
  /** @returns undefined where the question needs no model to be understood */
  searchQuestion(question: string): Promise<SearchQuestion | undefined>;
  /** @param passages what search found, the best first */
  write(question: string, passages: readonly Passage[]): Promise<Written>;
  /** What the model took so far, also where it failed; undefined where it was not asked. */
  spent(): Spent | undefined;
}

/** Opens a writer for the turn of somebody who asks. On the command line there is no address, since nothing was said before. */
export type Writers = (
  asker: Pick<Asker, 'showDraft' | 'whileWaiting'> & { readonly address?: Address },
  /** Somebody's message that the question is about. */
  message?: string,
) => Promise<Writer>;

export interface WriterParts {
  readonly db: Db;
  readonly model: LanguageModel;
  readonly prompts: Prompts;
  /** Whether passages that are not guidance may be sent to the model. */
  readonly seesEvidence: boolean;
  /** How long a model may take in one turn, in milliseconds. */
  readonly patience: number;
}

/** What is said of each failure: the beginning of a sentence. */
const BECAUSE: Readonly<Record<FailureKind, string>> = {
  timeout: 'The model did not answer in time',
  'rate-limit': 'The model is busy',
  authentication: 'The model does not accept the key that it is given',
  unavailable: 'The model cannot be reached',
  rejected: 'The model could not take in the question',
  malformed: 'The model broke off, or gave no answer that can be read',
  unsuitable: 'The model gave no answer that can be used',
  refused: 'The model declined to answer',
  ceiling: 'The model has been used as much as it may be this month',
};

export async function modelWriters({ db, model, prompts, seesEvidence, patience }: WriterParts): Promise<Writers> {
  const languages = await languageDetector();
  return async (asker, message) => {
    const { address } = asker;
    const said = address ? await recentMessages(db, address, seesEvidence) : [];
    const thread: ThreadMessage[] = message === undefined ? said : [...said, { from: 'message', text: message }];
    const deadline = AbortSignal.timeout(patience);
    let spent: Spent | undefined;
    const onSpent = (more: Spent) => {
      spent = addSpent(spent, more);
    };
    return {
      spent: () => spent,
      async searchQuestion(question) {
        const isEnglish = languages.languageOf(question) === 'en';
        const isWhole = thread.length === 0 || (message === undefined && !leansOnThread(question));
        if (isEnglish && isWhole) return undefined;
        const prompt = prompts['standalone-question'];
        const ask = () => standaloneQuestion(model, prompt, question, thread, deadline, onSpent);
        return asker.whileWaiting(ask).then(
          (standalone) => ({ question: standalone }),
          (thrown) => ({ question, because: reasonFor(thrown) }),
        );
      },
      async write(question, passages) {
        const sent = seesEvidence ? passages : passages.filter(({ kind }) => kind === 'guidance');
        // An answer without the best passage would be another answer.
        if (sent[0] !== passages[0])
          return { kind: 'not-written', because: 'Your documents are not shown to the model' };
        const showDraft = (markdown: string) => asker.showDraft(markdown);
        const task = { question, thread, passages: sent, deadline, showDraft, onSpent };
        const write = () => writeAnswer(model, prompts['write-answer'], languages, task);
        return asker
          .whileWaiting(write)
          .catch((thrown): Written => ({ kind: 'not-written', because: reasonFor(thrown) }));
      },
    };
  };
}

/** @throws whatever is no failure of the model */
function reasonFor(thrown: unknown): string {
  if (thrown instanceof ModelFailure) return BECAUSE[thrown.kind];
  throw thrown;
}
