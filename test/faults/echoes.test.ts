import { expect, it } from 'vitest';
import { MINUTE } from '../../src/base/clock.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { acceptHubspot } from '../../src/webhooks/accept-hubspot.ts';
import { addProspect, asksForDemo, showInterest } from '../support/people.ts';
import { event } from '../support/receiver-bench.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();

it('what we wrote ourselves comes back by webhook and by poll, and nothing is written for it', async () => {
  // A demo request that nobody follows up is written once it is overdue.
  const shipped = loadConfig('config');
  const config = { ...shipped, sales: { ...shipped.sales, followUp: undefined } };
  const world = await openTestWorld(redis, { leads: 20, webhooks: true, config });
  const person = addProspect(world);
  await world.backfill();
  showInterest(world, person);
  await world.sync();
  asksForDemo(world, person.email);
  await world.hotPoll();
  await world.sync();
  await world.sandbox.webhooks?.settled();
  await world.sync();
  const { writes, sandbox, connection, clock } = world;
  const before = writes();
  expect(before).toBeGreaterThan(0);
  for (const propertyName of ['leadgauge_score', 'leadgauge_reasons', 'lifecyclestage', 'lastmodifieddate']) {
    const about = { propertyName, occurredAt: clock.now(), changeSource: 'INTEGRATION' };
    const ids = sandbox.portal.contacts.all.map(({ id }) => Number(id));
    await acceptHubspot(
      connection,
      ids.map((id) => event(id, about)),
    );
    await clock.advance(MINUTE);
    await world.sync();
    await sandbox.webhooks?.settled();
  }
  expect(writes()).toBe(before);
});
