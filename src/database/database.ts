import { Kysely } from 'kysely';
import pg from 'pg';
import { startEmbeddedDatabase } from './embedded.ts';
import { GuardedDialect } from './guarded-dialect.ts';
import { migrate, UnusableDatabase } from './migrate.ts';
import type { Schema } from './schema.ts';

/** Typed queries, inside a transaction or not. */
export type Db = Kysely<Schema>;

/** Where the database is: a server by its URL, or embedded in a folder, or embedded in memory. */
export type DatabaseLocation =
  | { readonly kind: 'server'; readonly url: string }
  | { readonly kind: 'embedded'; readonly folder: string | undefined };

export type ConnectionSettings = { readonly connectionTimeoutMillis: number } & (
  | { readonly connectionString: string }
  | { readonly host: string; readonly user: string; readonly database: string }
);

export interface Database {
  readonly db: Db;
  readonly kind: DatabaseLocation['kind'];
  /** For libraries that hold connections of their own (pg-boss). */
  readonly connection: ConnectionSettings;
  /** Asking twice closes once. */
  close(): Promise<void>;
}

const INT8 = 20;
const DATE = 1082;

/** Ids stay below 2^53, so a bigint is a number here; a date is a day and stays text. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return Number;
    if (oid === DATE) return (value: string) => value;
    return pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

/** How long a connection may take before the person waiting is told that the database is down, in milliseconds. */
const connectionTimeoutMillis = 10_000;

/**
 * Opens the database and brings it to this program's version.
 *
 * @param onLostConnection told of connections that the server ended while they were idle; the pool opens new ones by itself
 * @throws DatabaseInUse, UnusableDatabase
 */
export function openDatabase(location: DatabaseLocation, onLostConnection: (error: Error) => void): Promise<Database> {
  return open(location, migrate, onLostConnection);
}

/**
 * Opens the database as it is, of whatever version, for looking at it.
 *
 * @throws DatabaseInUse, UnusableDatabase
 */
export function openUnmigrated(location: DatabaseLocation): Promise<Database> {
  return open(
    location,
    async () => {},
    () => {},
  );
}

async function open(
  location: DatabaseLocation,
  prepare: (client: pg.PoolClient) => Promise<unknown>,
  onLostConnection: (error: Error) => void,
): Promise<Database> {
  if (location.kind === 'server') {
    const settings = { connectionString: location.url, connectionTimeoutMillis };
    return connect(settings, 'server', prepare, async () => {}, onLostConnection);
  }
  const embedded = await startEmbeddedDatabase(location.folder);
  const settings = { host: embedded.host, user: 'postgres', database: 'postgres', connectionTimeoutMillis };
  try {
    return await connect(settings, 'embedded', prepare, () => embedded.close(), onLostConnection);
  } catch (cause) {
    await embedded.close();
    throw cause;
  }
}

async function connect(
  connection: ConnectionSettings,
  kind: DatabaseLocation['kind'],
  prepare: (client: pg.PoolClient) => Promise<unknown>,
  closeServer: () => Promise<void>,
  onLostConnection: (error: Error) => void,
): Promise<Database> {
  const pool = new pg.Pool({ ...connection, max: 10, types });
  pool.on('error', onLostConnection);
  // Of one that a transaction holds the pool says nothing: without a listener the process would end. Its next query fails.
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    const client = await pool.connect();
    try {
      await prepare(client);
    } finally {
      client.release();
    }
  } catch (cause) {
    await pool.end();
    throw describeFailure(cause, connection);
  }
  const db = new Kysely<Schema>({ dialect: new GuardedDialect({ pool }) });
  const shutDown = async () => {
    await db.destroy();
    await closeServer();
  };
  let closing: Promise<void> | undefined;
  return {
    db,
    kind,
    connection,
    close() {
      closing ??= shutDown();
      return closing;
    },
  };
}

/** Turns what `pg` says of an unreachable or refusing server into words for an administrator, without the password. */
function describeFailure(cause: unknown, connection: ConnectionSettings): unknown {
  if (cause instanceof UnusableDatabase || !('connectionString' in connection)) return cause;
  const { hostname, port, pathname } = new URL(connection.connectionString);
  const where = `${hostname}:${port || 5432}${pathname}`;
  const reason = cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : String(cause);
  return new UnusableDatabase(
    `The database at ${where} cannot be used: ${reason}. Check DATABASE_URL, that the server runs and that it can be reached from here.`,
    { cause },
  );
}

/** Codes of Node, and PostgreSQL's of connections that fail, are too many or are ended. */
const UNREACHABLE =
  /^(ECONN(REFUSED|RESET|ABORTED)|ENOENT|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|E(HOST|NET)UNREACH|08...|53300|57P0.)$/;

/** Whether an error of a query says that the database cannot be reached, rather than that the query is wrong. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // What `pg` itself says of a connection that ended has no code.
  return 'code' in error
    ? UNREACHABLE.test(String(error.code))
    : /^(Connection terminated|timeout exceeded when trying)/.test(error.message);
}
