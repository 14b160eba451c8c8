import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { onTestFinished } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { type Config, type Patience, readConfig } from '../../src/config.ts';
import type { DatabaseLocation } from '../../src/database/database.ts';
import { createLog } from '../../src/log.ts';
import { copyOfTemplate } from './database.ts';

/** Tests that wait for a model that hangs do not wait long. */
const PATIENCE: Patience = { silence: 2_000, turn: 8_000 };

/**
 * Starts the whole program on a database of its own and free ports; stopped when the test is over.
 *
 * @param settings further environment variables
 */
export async function startTestApp(
  settings: Record<string, string> = {},
  database?: DatabaseLocation,
  {
    patience = PATIENCE,
    log = createLog(process.env['TEST_LOG'] ?? 'silent'),
  }: { patience?: Patience; log?: Logger } = {},
): Promise<App> {
  const config = readConfig({ PORT: '0', WEB_CHAT_PORT: '0', STEWARD_DATA: `unused-${randomUUID()}`, ...settings });
  const location = database ?? (await copyOfTemplate());
  const app = await startApp({ ...config, database: location, models: withPatience(config, patience) }, log, () => {});
  onTestFinished(() => app.stop());
  return app;
}

function withPatience({ models }: Config, patience: Patience): Config['models'] {
  return { ...models, chat: models.chat && { ...models.chat, patience } };
}
