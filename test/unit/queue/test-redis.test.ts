import { expect, test } from 'vitest';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const client = redis.client();

test.each(['one', 'another'])('the Redis of a test file is empty at the start of %s test', async (name) => {
  expect(await client.dbsize()).toBe(0);
  await client.set('test', name);
});
