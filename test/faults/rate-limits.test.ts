import { expect, it } from 'vitest';
import { SECOND } from '../../src/base/clock.ts';
import { countDirty } from '../../src/ledger/dirty.ts';
import { DEMO_TOKEN } from '../../src/sandbox/sandbox.ts';
import { addProspect } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { INDEX_DELAY, openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const SEARCH = '/crm/objects/2026-09/contacts/search';

it('two processes that backfill, poll and score as fast as they may never meet a limit of a small account', async () => {
  const world = await openTestWorld(redis, { leads: 200, limits: { burst: 25, search: 5 } });
  const other = await openTestWorld(redis, { joins: world });
  await Promise.all([world.backfill(), other.backfill()]);
  const { people, portal, requests } = world.sandbox;
  for (const { id } of portal.contacts.all) people.update(id, { jobtitle: 'CEO' });
  await Promise.all([world.sync(), other.sync()]);
  await world.sync();
  expect(requests.count({ status: 429 })).toBe(0);
  expect(requests.count()).toBeGreaterThan(4 * 25);
  expect(await world.wrong()).toEqual([]);
});

it('searches that another app of the account has used up are waited for, once, and hold up no other call', async () => {
  const world = await openTestWorld(redis);
  const { contact } = addProspect(world);
  await world.backfill();
  world.sandbox.people.update(contact.id, { jobtitle: 'CEO' });
  const { crm, space } = world.connection;
  await world.clock.advance(INDEX_DELAY + crm.changes.lag + SECOND);
  const statuses = await Promise.all(Array.from({ length: 6 }, () => searchOf(world)));
  expect(statuses.sort()).toEqual([200, 200, 200, 200, 200, 429]);
  const [refused, began] = [world.sandbox.requests.count({ status: 429 }), world.clock.now()];
  await crm.readLeads([contact.id]);
  expect(world.clock.now()).toBe(began);

  await world.poll();
  expect(world.sandbox.requests.count({ status: 429 }) - refused).toBeLessThanOrEqual(1);
  expect(await countDirty(space)).toBe(1);
  await world.score();
  expect(await world.wrong()).toEqual([]);
});

/** A search by another app. */
async function searchOf({ sandbox }: World): Promise<number> {
  const headers = { authorization: `Bearer ${DEMO_TOKEN}`, 'content-type': 'application/json' };
  return (await fetch(sandbox.url + SEARCH, { method: 'POST', headers, body: '{}' })).status;
}
