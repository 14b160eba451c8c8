import { Worker } from 'node:worker_threads';
import { UnreadableDocument } from './document.ts';
import { parseDocument } from './parse.ts';

/**
 * The process that reads files. It may be killed at any time and keeps nothing. A thread of its own watches its memory, because
 * a parser at work lets nothing else run, and most of what it takes does not count as JavaScript's heap.
 */
const WATCH = `
  const { workerData } = require('node:worker_threads');
  setInterval(() => { if (process.memoryUsage.rss() > workerData) process.kill(process.pid, 'SIGKILL'); }, 20);`;

new Worker(WATCH, { eval: true, workerData: Number(process.argv[2]) }).unref();

// What a library throws out of turn is the file's fault too; what else it left behind is not to be trusted.
process.on('uncaughtException', () => {
  process.send?.({ reason: 'damaged' }, undefined, {}, () => process.kill(process.pid, 'SIGKILL'));
});

process.on('message', async (bytes: Uint8Array) => {
  try {
    process.send?.({ parsed: await parseDocument(bytes) });
  } catch (error) {
    process.send?.({ reason: error instanceof UnreadableDocument ? error.reason : 'damaged' });
  }
});
