/**
 * The worker thread that holds the embedded database: PGlite behind a Unix socket, so that the rest of the program reaches
 * it through `pg` exactly as it reaches a server. Used inside the process, PGlite would let a stray statement join whatever
 * transaction is open and would stall the event loop for as long as a query runs.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import type { EmbeddedWorkerData } from './embedded.ts';

const { dataFolder, socketPath, maxConnections } = workerData as EmbeddedWorkerData;
const db = dataFolder
  ? await PGlite.create({ dataDir: dataFolder, extensions: { vector } })
  : await PGlite.create({ extensions: { vector } });
const server = new PGLiteSocketServer({ db, path: socketPath, maxConnections });
await server.start();
parentPort?.postMessage('ready');
parentPort?.once('message', async () => {
  await server.stop();
  await db.close();
  parentPort?.postMessage('closed');
});
