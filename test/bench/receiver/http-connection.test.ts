import { expect, test } from 'vitest';
import { createReceiverBench, SECRET } from '../../support/receiver-bench.ts';
import { MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';
import { deliveriesOf } from './deliveries.ts';
import { openConnection } from './http-connection.ts';

const redis = await startTestRedis();

test('the deliveries of the benchmark are such as the receiver takes, over one connection, and each names contacts of its own', async () => {
  const { receiver, dirty } = await createReceiverBench(redis);
  const options = { url: receiver.url, events: 3, deliveries: 2, from: 0, now: MONDAY };
  const connection = await openConnection(receiver.url);
  const statuses: number[] = [];
  for (const secret of [SECRET, 'another', SECRET])
    for (const request of deliveriesOf({ ...options, secret })) statuses.push(await connection.send(request));
  expect(statuses).toEqual([204, 204, 401, 401, 204, 204]);
  expect((await dirty()).length).toBe(6);
  connection.close();
  expect(connection.isOpen()).toBe(false);
  expect(await connection.send(Buffer.from(''))).toBe(0);
});
