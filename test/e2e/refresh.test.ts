import { expect, it, onTestFinished } from 'vitest';
import { jobs } from '../../jobs/index.ts';
import { HOUR } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { createQueues } from '../../src/queue/queues.ts';
import type { Connection } from '../../src/sync/connection.ts';
import { addProspect } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();

async function run(name: string, connection: Connection, data = {}): Promise<void> {
  const job = jobs.find((each) => each.name === name);
  const { signal } = new AbortController();
  await job?.run({ connection: 'hubspot', ...data }, { connection: () => connection }, signal);
}

it('a refresh finds what changed without moving its time', async () => {
  const world = await openTestWorld(redis);
  const { contact } = addProspect(world);
  await world.backfill();
  await world.clock.advance(HOUR);
  await world.sync();
  await world.clock.advance(HOUR);
  const { portal } = world.sandbox;
  const slot = portal.properties.slot('jobtitle');
  contact.values[slot] = 'Student';
  await world.sync();
  expect(await world.wrong()).toEqual([contact.id]);
  const woken: string[] = [];
  const connection: Connection = { ...world.connection, wake: async (job) => void woken.push(job) };
  await run('refresh', connection);
  expect(woken).toEqual(['backfill']);
  await run('backfill', connection);
  expect(await world.wrong()).toEqual([]);
});

it('a refresh that comes while another waits or runs starts no second one', async () => {
  const world = await openTestWorld(redis);
  const queues = createQueues(redis.client(), 'test', ['backfill'], silentLog);
  onTestFinished(() => queues.close());
  const { models } = world.connection;
  const connection: Connection = {
    ...world.connection,
    wake: (job) => queues.wake(job, 'hubspot', { model: models.version, asked: world.clock.now() }),
  };
  for (let times = 0; times < 3; times += 1) await run('refresh', connection);
  expect(await queues.queue('backfill').getWaitingCount()).toBe(1);
});
