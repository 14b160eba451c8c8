import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';

test('a port in use ends the process with one sentence, before anything is prepared', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'serve-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const steward = spawn(process.execPath, ['src/main.ts', 'serve'], {
    env: { PORT: '0', WEB_CHAT_PORT: String(port), STEWARD_DATA: folder, LOG_LEVEL: 'silent' },
  });
  onTestFinished(() => void steward.kill('SIGKILL'));
  const [errors, [code]] = await Promise.all([text(steward.stderr), once(steward, 'exit')]);
  expect(errors).toMatch(new RegExp(`^Port ${port} is in use\\. .*\\n$`));
  expect(code).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});
