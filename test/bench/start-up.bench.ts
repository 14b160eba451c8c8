import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished, test } from 'vitest';
import { median } from './measure.ts';

const LATER_STARTS = 3;

/** Ports that nothing else here uses. */
const PORTS = { PORT: '18080', WEB_CHAT_PORT: '13000' };

test('start-up and memory with nothing configured, as a newcomer starts it', async () => {
  const data = await mkdtemp(join(tmpdir(), 'steward-bench-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const first = await startOnce(data);
  const later = [];
  for (let start = 0; start < LATER_STARTS; start++) later.push(await startOnce(data));
  console.table({
    'first start': first,
    'later starts': {
      seconds: median(later.map(({ seconds }) => seconds)),
      megabytes: median(later.map(({ megabytes }) => megabytes)),
    },
  });
});

async function startOnce(data: string): Promise<{ seconds: number; megabytes: number }> {
  const started = performance.now();
  const steward = spawn(process.execPath, ['src/main.ts', 'serve'], {
    env: { PATH: process.env['PATH'], STEWARD_DATA: data, ...PORTS },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await ready(steward);
  const seconds = Number(((performance.now() - started) / 1000).toFixed(2));
  const metrics = await (await fetch(`http://127.0.0.1:${PORTS.PORT}/metrics`)).text();
  const bytes = Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]);
  steward.kill('SIGTERM');
  await once(steward, 'exit');
  return { seconds, megabytes: Math.round(bytes / 1024 / 1024) };
}

async function ready(steward: ChildProcess): Promise<void> {
  for await (const line of createInterface({ input: steward.stdout ?? process.stdin })) {
    if (line.includes('is ready')) return;
  }
  throw new Error('Steward stopped before it was ready.');
}
