import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const ALL = 'test/**/*.test.ts';

/** What never asks for a Redis does the same on any: the runs on a redis-server and on a cluster leave it out. */
function filesWithRedis(): string[] {
  return globSync(ALL).filter((file) => readFileSync(file, 'utf8').includes('startTestRedis'));
}

export default defineConfig({
  test: {
    include: process.env.LEADGAUGE_TEST_REDIS === undefined ? [ALL] : filesWithRedis(),
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Each file has its portal and its Redis within its own process, and often waits for other processes: half as many more than cores.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
  },
});
