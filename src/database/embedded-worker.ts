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
const server = new PGLiteSocketServer({ db: keepBatchesTogether(db), path: socketPath, maxConnections });
await server.start();
parentPort?.postMessage('ready');
parentPort?.once('message', async () => {
  await server.stop();
  await db.close();
  parentPort?.postMessage('closed');
});

/** The messages of the extended query protocol that belong together until a Sync: parse, bind, describe, execute, close, flush. */
const OPENS_BATCH = new Set([...'PBDECH'].map((letter) => letter.charCodeAt(0)));
const SYNC = 'S'.charCodeAt(0);

/**
 * All connections share PGlite's one session, and the socket server lets them take turns message by message, but for
 * transactions. Another connection's message between somebody's Parse and Bind would replace the unnamed statement, so a batch
 * is reported as if it were a transaction.
 */
function keepBatchesTogether(database: PGlite): PGlite {
  let isInBatch = false;
  const overrides: Partial<PGlite> = {
    isInTransaction: () => isInBatch || database.isInTransaction(),
    execProtocolRawStream(message, options) {
      const [kind = 0] = message;
      if (OPENS_BATCH.has(kind)) isInBatch = true;
      else if (kind === SYNC) isInBatch = false;
      return database.execProtocolRawStream(message, options);
    },
    // The server rolls back for a connection that went away, which ends its batch too.
    exec(query, options) {
      isInBatch = false;
      return database.exec(query, options);
    },
  };
  return new Proxy(database, {
    get(target, property) {
      const value = Reflect.get(property in overrides ? overrides : target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
