import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { HOUR, systemClock } from '../../../src/base/clock.ts';
import { silentLog } from '../../../src/base/log.ts';
import { defineJob } from '../../../src/queue/define-job.ts';
import { createQueues } from '../../../src/queue/queues.ts';
import { runWorkers } from '../../../src/queue/run-workers.ts';
import { nextTick, scheduleJob } from '../../../src/queue/schedule-jobs.ts';
import { workUnderWay } from '../../../src/queue/work-under-way.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();

test('the jobs that workers are at are told with their connection and since when', async () => {
  const queues = createQueues(redis.client(), 'test', ['score', 'sweep'], silentLog);
  const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const job = defineJob({
    name: 'score',
    data: z.object({ connection: z.string() }),
    async process() {
      begun.resolve();
      await gate.promise;
    },
  });
  const workers = runWorkers({
    redis: redis.client(),
    namespace: 'test',
    jobs: [job],
    context: {},
    clock: systemClock,
    log: silentLog,
  });
  onTestFinished(async () => {
    await workers.close();
    await queues.close();
  });
  const work = () => workUnderWay(queues, ['score', 'sweep']);
  expect(await work()).toEqual([]);
  const before = Date.now();
  // One that nobody takes up is not under way.
  await queues.wake('sweep', 'hubspot');
  await queues.wake('score', 'salesforce');
  await begun.promise;
  const [only, ...others] = await work();
  expect(others).toEqual([]);
  expect(only).toEqual({ job: 'score', connection: 'salesforce', since: expect.any(Number) });
  expect(only?.since).toBeGreaterThanOrEqual(before);
  expect(only?.since).toBeLessThanOrEqual(Date.now());
  gate.resolve();
  await expect.poll(work, { interval: 5 }).toEqual([]);
});

test('when the next tick of a job is due is known while it has a schedule', async () => {
  const queues = createQueues(redis.client(), 'test', ['score'], silentLog);
  onTestFinished(() => queues.close());
  expect(await nextTick(queues, 'score', 'hubspot')).toBeUndefined();
  await scheduleJob(queues, 'score', 'hubspot', { cron: '0 * * * *', tz: 'UTC' });
  const next = (await nextTick(queues, 'score', 'hubspot')) ?? 0;
  expect(next % HOUR).toBe(0);
  expect(next).toBeGreaterThan(Date.now() - 1_000);
  expect(await nextTick(queues, 'score', 'salesforce')).toBeUndefined();
  await scheduleJob(queues, 'score', 'hubspot', 'off');
  expect(await nextTick(queues, 'score', 'hubspot')).toBeUndefined();
});
