import { defineConfig } from 'vitest/config';

/** Measurements, run one after the other, each printing a table. Nothing in them passes or fails by time. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['test/bench/*.bench.ts'],
    globalSetup: ['test/support/template-database.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
    reporters: [['default', { summary: false }]],
  },
});
