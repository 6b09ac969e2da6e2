import { expect, test } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import { silentLog } from '../../../src/base/log.ts';
import { hashEmail } from '../../../src/leads/email.ts';
import { saveStates } from '../../../src/ledger/lead-state.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { acceptHubspot } from '../../../src/webhooks/accept-hubspot.ts';
import { event } from '../../support/receiver-bench.ts';
import { createTestClock, MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();

test('whoever sent a form does not wait for the erasures of the same delivery', async () => {
  const client = redis.client();
  const space = createSpace(client, 'test', 'hubspot');
  const hash = hashEmail('ada@acme.example');
  const unscored = { askedRules: [], passedOverBy: [], heldRules: [] };
  await saveStates(space, [{ id: '1', emailHashes: [hash], formerIds: [], ...unscored }], { now: MONDAY, keep: DAY });
  const asked = Promise.withResolvers<void>();
  const held = Object.create(client, {
    // Nothing is erased before the poll is asked for.
    del: { value: (...keys: string[]) => asked.promise.then(() => client.del(...keys)) },
  });
  const woken: string[] = [];
  const privacy = event(1, { subscriptionType: 'contact.privacyDeletion', propertyName: undefined });
  await acceptHubspot(
    {
      space: createSpace(held, 'test', 'hubspot'),
      clock: createTestClock(),
      log: silentLog,
      async wake(job) {
        woken.push(job);
        if (job === 'hot-poll') asked.resolve();
      },
    },
    [privacy, event(2, { propertyName: 'recent_conversion_date' })],
  );
  expect(woken).toContain('hot-poll');
  expect(await client.exists(space.key('lead', '1'))).toBe(0);
});
