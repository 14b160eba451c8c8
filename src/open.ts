import type { Logger } from 'pino';
import type { Trouble } from './chat/trouble.ts';
import type { Config } from './config.ts';
import { type Database, type Db, openDatabase } from './database/database.ts';
import { modelWriters, type Writers } from './features/ask/writer.ts';
import { headlineWriter } from './features/digest/write-headline.ts';
import type { AnswerReader } from './features/intake/intake.ts';
import { answerReader } from './features/intake/reader.ts';
import type { Metrics } from './metrics.ts';
import { ChatModel } from './models/chat-model.ts';
import { EmbeddingModel } from './models/embedding-model.ts';
import { LanguageModel, type LanguageModelParts } from './models/language-model.ts';
import { loadPrompts, PROMPTS_FOLDER } from './models/prompts.ts';
import { ingestGuidance } from './retrieval/ingest-guidance.ts';
import { Vectors } from './retrieval/vectors.ts';
import { KNOWLEDGE_FOLDER, loadGuidance } from './standard/guidance.ts';
import { loadOutOfScopeQuestions } from './standard/out-of-scope-questions.ts';

/** Search by meaning, where an embedding model is configured. */
export function openVectors(
  { models }: Pick<Config, 'models'>,
  db: Db,
  log: Logger,
  tell?: (trouble: Trouble) => Promise<void>,
): Vectors | undefined {
  if (!models.embedding) return undefined;
  const { model, server } = models.embedding;
  return new Vectors(db, model, (name) => new EmbeddingModel(name, server), log, tell);
}

/** What is written and read by a language model. */
export interface Language {
  readonly writers: Writers;
  readonly reader: AnswerReader;
  readonly headline: ReturnType<typeof headlineWriter>;
}

/** A language model at its work, where one is configured. */
export async function openLanguage(
  { models }: Pick<Config, 'models'>,
  db: Db,
  log: Logger,
  told: Pick<LanguageModelParts, 'observe' | 'tell'> = { observe: () => {}, tell: async () => {} },
): Promise<Language | undefined> {
  if (!models.chat) return undefined;
  const { model: name, server, seesEvidence, prices, ceiling, patience } = models.chat;
  const model = new LanguageModel({
    db,
    log,
    chat: new ChatModel(name, server),
    name,
    prices,
    ceiling,
    silence: patience.silence,
    ...told,
  });
  const prompts = await loadPrompts(PROMPTS_FOLDER);
  return {
    writers: await modelWriters({ db, model, prompts, seesEvidence, patience: patience.turn }),
    reader: answerReader({ model, prompts, patience: patience.turn }),
    headline: headlineWriter({ model, prompt: prompts['digest-headline'], patience: patience.turn }),
  };
}

/** Opens the database and brings the stored guidance to what the files say. */
export async function openWithGuidance(
  config: Pick<Config, 'database'>,
  log: Logger,
  progress: (step: string) => void,
  metrics?: Metrics,
): Promise<Database> {
  progress(config.database.kind === 'embedded' ? 'Opening the embedded database' : 'Connecting to the database');
  const database = await openDatabase(config.database, (error) => {
    metrics?.countLostConnection();
    log.warn({ err: error }, 'The database server ended a connection; new ones are opened as needed.');
  });
  try {
    const files = await loadGuidance(KNOWLEDGE_FOLDER);
    progress(`Loading the guidance (${files.length} pages)`);
    const outOfScope = await loadOutOfScopeQuestions(KNOWLEDGE_FOLDER);
    await ingestGuidance(database.db, files, outOfScope, (stored, total) =>
      progress(`Stored ${stored} of ${total} pages`),
    );
    return database;
  } catch (cause) {
    await database.close();
    throw cause;
  }
}
