import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { ROWS } from './rows.ts';

/** Every file that proves a row, on whatever Redis the environment says: all of them, also those that use none. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: [...new Set(ROWS.flatMap(({ proofs }) => proofs.map(([file]) => file)))],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
  },
});
