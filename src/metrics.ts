import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What is measured, for Prometheus. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #turns = new Histogram({
    name: 'steward_turn_seconds',
    help: 'From taking a turn up to its last reply.',
    labelNames: ['outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60],
    registers: [this.#registry],
  });
  readonly #lostConnections = new Counter({
    name: 'steward_database_connections_lost_total',
    help: 'Connections that the database server ended.',
    registers: [this.#registry],
  });
  readonly #modelCalls = new Histogram({
    name: 'steward_model_call_seconds',
    help: 'Calls of the language model, by what they were for and how they ended.',
    labelNames: ['purpose', 'outcome'],
    buckets: [0.25, 0.5, 1, 2, 5, 10, 20, 30],
    registers: [this.#registry],
  });
  readonly #modelTokens = new Counter({
    name: 'steward_model_tokens_total',
    help: 'Tokens of the language model, as its provider counts them.',
    labelNames: ['direction'],
    registers: [this.#registry],
  });

  readonly #modelCost = new Counter({
    name: 'steward_model_cost_total',
    help: 'What the language model cost, in the currency of the prices that are set; stays at 0 where none are, for then it is not known.',
    registers: [this.#registry],
  });
  readonly #monthTokens = new Gauge({
    name: 'steward_model_month_tokens',
    help: 'Tokens of the language model in this calendar month (UTC), of all replicas.',
    registers: [this.#registry],
  });
  readonly #monthCost = new Gauge({
    name: 'steward_model_month_cost',
    help: 'What the language model cost in this calendar month (UTC), of all replicas; NaN where no prices are set.',
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  observeTurn(outcome: 'answered' | 'failed', seconds: number): void {
    this.#turns.observe({ outcome }, seconds);
  }

  observeModelCall(call: {
    readonly purpose: string;
    readonly outcome: string;
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly milliseconds: number;
    readonly cost: number | null;
  }): void {
    const { purpose, outcome, inputTokens, outputTokens, milliseconds, cost } = call;
    this.#modelCalls.observe({ purpose, outcome }, milliseconds / 1000);
    this.#modelTokens.inc({ direction: 'input' }, inputTokens);
    this.#modelTokens.inc({ direction: 'output' }, outputTokens);
    this.#modelCost.inc(cost ?? 0);
  }

  /** Cost is null where it is not known. */
  showModelMonth({ tokens, cost }: { readonly tokens: number; readonly cost: number | null }): void {
    this.#monthTokens.set(tokens);
    this.#monthCost.set(cost ?? Number.NaN);
  }

  countLostConnection(): void {
    this.#lostConnections.inc();
  }

  /** In Prometheus's text format. */
  async text(): Promise<string> {
    return this.#registry.metrics();
  }
}
