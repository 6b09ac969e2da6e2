import { expect, test } from 'vitest';
import { HOUR, SECOND } from '../../src/base/clock.ts';
import { addOrgProspect } from '../support/org-people.ts';
import { openOrgWorld } from '../support/org-world.ts';
import { idOf, outboundMessage } from '../support/outbound-message.ts';
import { createSalesforceBench } from '../support/salesforce-receiver.ts';
import { createTestClock, daysAhead } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { startWorldWorkers } from '../support/world-workers.ts';

const redis = await startTestRedis();

test('while Salesforce does not answer, every outbound message and flow is acknowledged within a second, and no call is made for it', async () => {
  const bench = await createSalesforceBench(redis);
  const clock = createTestClock({ start: daysAhead() });
  const world = await openOrgWorld(redis, { clock });
  const { id } = addOrgProspect(world);
  await world.backfill();
  await clock.advance(HOUR);
  startWorldWorkers(redis, world);
  const { requests, faults } = world.sandbox;
  faults.add({ path: '/', delayMs: HOUR });
  // Nobody moves time: the hour is never over.
  clock.sleep = (_, signal) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  const before = requests.all().length;
  const message = (lead: string, number: number) =>
    outboundMessage([{ notificationId: idOf('04l', number), fields: { Id: lead } }]);
  await bench.send(message(id, 1));
  while (requests.all().length === before) await bench.space.redis.ping();

  const took: number[] = [];
  const statuses = new Set<number>();
  for (let number = 2; number < 53; number += 1) {
    const lead = idOf('00Q', number);
    for (const send of [() => bench.send(message(lead, number)), () => bench.call({ object: 'Lead', id: lead })]) {
      const began = performance.now();
      statuses.add((await send()).status);
      took.push(performance.now() - began);
    }
  }
  expect([...statuses]).toEqual([200]);
  expect(took.toSorted((one, other) => one - other).at(-2)).toBeLessThan(SECOND);
  // That of the worker alone, which is still waiting.
  expect(requests.all().length - before).toBe(1);
});
