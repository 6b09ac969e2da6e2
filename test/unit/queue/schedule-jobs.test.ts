import { expect, onTestFinished, test } from 'vitest';
import { DAY, HOUR } from '../../../src/base/clock.ts';
import { silentLog } from '../../../src/base/log.ts';
import { createQueues } from '../../../src/queue/queues.ts';
import { scheduleJob } from '../../../src/queue/schedule-jobs.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();

function newProcess() {
  const queues = createQueues(redis.client(), 'test', ['pull-leads'], silentLog);
  onTestFinished(() => queues.close());
  return queues;
}

test('three processes that register the same schedule make one tick a period', async () => {
  const processes = [newProcess(), newProcess(), newProcess()];
  for (const queues of processes) await scheduleJob(queues, 'pull-leads', 'hubspot', { every: HOUR });
  const queue = processes[0]!.queue('pull-leads');
  expect((await queue.getJobSchedulers()).map(({ key, every }) => [key, every])).toEqual([
    ['pull-leads-hubspot', HOUR],
  ]);
  // The first tick may be due at once; the one after it waits for its period.
  expect(await queue.getJobCountByTypes('wait', 'delayed')).toBe(1);
  const [tick] = await queue.getJobs(['wait', 'delayed']);
  expect(tick?.data).toEqual({ connection: 'hubspot' });
});

test('registering at once from three processes makes one tick as well', async () => {
  const processes = [newProcess(), newProcess(), newProcess()];
  const nightly = { cron: '0 3 * * *', tz: 'Europe/Berlin' };
  await Promise.all(processes.map((queues) => scheduleJob(queues, 'pull-leads', 'hubspot', nightly)));
  const queue = processes[0]!.queue('pull-leads');
  expect(await queue.getJobCountByTypes('wait', 'delayed')).toBe(1);
  const [scheduler] = await queue.getJobSchedulers();
  expect(scheduler).toMatchObject({ pattern: '0 3 * * *', tz: 'Europe/Berlin' });
});

test('a schedule that changes takes the place of the old one', async () => {
  const queues = newProcess();
  await scheduleJob(queues, 'pull-leads', 'hubspot', { every: HOUR });
  await scheduleJob(queues, 'pull-leads', 'hubspot', { every: DAY });
  const schedulers = await queues.queue('pull-leads').getJobSchedulers();
  expect(schedulers.map(({ every }) => every)).toEqual([DAY]);
  expect(await queues.queue('pull-leads').getJobCountByTypes('wait', 'delayed')).toBe(1);
});

test('off takes a schedule away, and its tick with it', async () => {
  const queues = newProcess();
  await scheduleJob(queues, 'pull-leads', 'hubspot', { cron: '0 3 * * *', tz: 'UTC' });
  await scheduleJob(queues, 'pull-leads', 'hubspot', 'off');
  await scheduleJob(queues, 'pull-leads', 'hubspot', 'off');
  expect(await queues.queue('pull-leads').getJobSchedulers()).toEqual([]);
  expect(await queues.queue('pull-leads').getJobCountByTypes('wait', 'delayed')).toBe(0);
});

test('connections have schedules of their own', async () => {
  const queues = newProcess();
  for (const connection of ['hubspot', 'salesforce'])
    await scheduleJob(queues, 'pull-leads', connection, { every: HOUR });
  await scheduleJob(queues, 'pull-leads', 'hubspot', 'off');
  expect((await queues.queue('pull-leads').getJobSchedulers()).map(({ key }) => key)).toEqual([
    'pull-leads-salesforce',
  ]);
});
