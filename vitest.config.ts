import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Each file has its portal and its Redis within its own process, and often waits for other processes: half as many more than cores.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
  },
});
