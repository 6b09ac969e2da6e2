import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Each file has its portal and its Redis within its own process: one for each core, and none left over.
    maxWorkers: '100%',
  },
});
