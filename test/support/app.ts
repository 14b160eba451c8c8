import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { DatabaseLocation } from '../../src/database/database.ts';
import { createLog } from '../../src/log.ts';
import { copyOfTemplate } from './database.ts';

/**
 * Starts the whole program on a database of its own and free ports; stopped when the test is over.
 *
 * @param settings further environment variables
 */
export async function startTestApp(settings: Record<string, string> = {}, database?: DatabaseLocation): Promise<App> {
  const config = readConfig({ PORT: '0', WEB_CHAT_PORT: '0', STEWARD_DATA: `unused-${randomUUID()}`, ...settings });
  const location = database ?? (await copyOfTemplate());
  const app = await startApp(
    { ...config, database: location },
    createLog(process.env['TEST_LOG'] ?? 'silent'),
    () => {},
  );
  onTestFinished(() => app.stop());
  return app;
}
