import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type DatabaseConnection,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely';

/** The transaction in which the code that asks is running. */
const running = new AsyncLocalStorage<{ isOpen: boolean }>();

/**
 * PostgreSQL, but whoever asks the pool while a transaction of theirs is open gets an error at once. On a server the query
 * would miss what the transaction has written, and the embedded database, with its one session, would wait for itself for ever.
 */
export class GuardedDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;

  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver() {
    return new GuardedDriver(this.#config);
  }
}

class GuardedDriver extends PostgresDriver {
  readonly #open = new WeakMap<DatabaseConnection, { isOpen: boolean }>();

  override async acquireConnection(...options: Parameters<PostgresDriver['acquireConnection']>) {
    if (running.getStore()?.isOpen) {
      throw new Error(
        'The pool was asked inside a transaction. Pass the transaction on, or ask before it or after it.',
      );
    }
    return super.acquireConnection(...options);
  }

  override beginTransaction(connection: DatabaseConnection, settings: TransactionSettings) {
    const transaction = { isOpen: true };
    this.#open.set(connection, transaction);
    // Before anything is awaited, so that it holds in the caller, who goes on with the transaction.
    running.enterWith(transaction);
    return super.beginTransaction(connection, settings);
  }

  override async releaseConnection(...[connection]: Parameters<PostgresDriver['releaseConnection']>) {
    const transaction = this.#open.get(connection);
    if (transaction) transaction.isOpen = false;
    return super.releaseConnection(connection);
  }
}
