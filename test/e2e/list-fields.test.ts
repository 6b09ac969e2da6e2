import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import { countDirty } from '../../src/ledger/dirty.ts';
import { initBaseline } from '../../src/sync/baseline.ts';
import { noteLists, pullLists } from '../../src/sync/pull-lists.ts';
import { listConfig } from '../support/list-config.ts';
import { addProspect, stateOf } from '../support/people.ts';
import { emptyRedis, keysLike } from '../support/redis-keys.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const LIST = 'Newsletter readers';
const MEMBERS = '/crm/lists/{version}/{listId}/memberships';

/** A portal with a list that the model asks about, and so many people, of whom the first is on it. */
async function openBench(count = 2) {
  const portal = await openTestWorld(redis);
  const { people } = portal.sandbox;
  const list = people.createList({ name: LIST });
  const world = await openTestWorld(redis, { joins: portal, config: listConfig() });
  const contacts = Array.from({ length: count }, (_, index) => addProspect(world, `p-${index}`).contact);
  people.addToList(LIST, [contacts[0]?.id ?? '']);
  return { world, people, list, contacts };
}

const reasons = (world: World, contact: { id: string } | undefined) => {
  const found = world.sandbox.portal.contacts.find(contact?.id ?? '');
  return found === undefined ? '' : (world.text(found, 'leadgauge_reasons') ?? '');
};

describe('membership of a list', () => {
  it('is true for members and false for everyone else', async () => {
    const { world, contacts } = await openBench();
    await world.backfill();
    expect(reasons(world, contacts[0])).toContain('+7 Reads the newsletter');
    expect(reasons(world, contacts[1])).toContain('-3 Reads no newsletter');
    expect(await world.wrong()).toEqual([]);
  });

  it('costs a backfill one call for each page of contacts, besides looking once at each list', async () => {
    const { world } = await openBench(130);
    await world.backfill();
    // Two pages, one look at all lists, and one page of members.
    expect(world.calls).toMatchObject({ read: 2, related: 4 });
  });

  it('is found by the poll of lists when it changes, for who came and for who left', async () => {
    const { world, people, contacts } = await openBench();
    const [one, other] = contacts.map(({ id }) => id);
    await world.backfill();
    await world.clock.advance(HOUR);
    people.addToList(LIST, [other ?? '']);
    people.removeFromList(LIST, [one ?? '']);
    await world.sync();
    expect(reasons(world, contacts[0])).toContain('Reads no newsletter');
    expect(reasons(world, contacts[1])).toContain('+7 Reads the newsletter');
    expect(await world.wrong()).toEqual([]);
  });

  it('has nobody read again while it stays as it is, and costs one call a poll', async () => {
    const { world } = await openBench(30);
    await world.backfill();
    await world.sync();
    const before = { ...world.calls };
    for (let poll = 0; poll < 5; poll += 1) {
      await world.clock.advance(10 * MINUTE);
      await world.sync();
    }
    expect(world.calls).toMatchObject({ read: before.read, write: before.write, related: before.related + 5 });
  });

  it('marks only who came and who left of a list of 3,000, and lets it rest after each reading', async () => {
    const { world, people } = await openBench();
    const many = Array.from({ length: 3_000 }, () => people.createContact({ jobtitle: 'CEO' }).id);
    people.addToList(LIST, many);
    const { connection, sandbox } = world;
    await initBaseline(connection);
    await noteLists(connection);
    const readings = () => sandbox.requests.count({ path: MEMBERS });
    const before = readings();
    people.removeFromList(LIST, many.slice(0, 5));
    expect(await pullLists(connection)).toBe(0);
    // Twelve pages and more: three minutes' rest.
    await world.clock.advance(4 * MINUTE);
    expect(await pullLists(connection)).toBe(5);
    expect(readings() - before).toBe(12);
    expect(await countDirty(connection.space)).toBe(5);
  });

  it('is not lost where marking breaks off half way', async () => {
    const { world, people, contacts } = await openBench();
    await world.backfill();
    await world.clock.advance(HOUR);
    people.addToList(LIST, [contacts[1]?.id ?? '']);
    world.sandbox.faults.add({ path: /\/memberships$/, method: 'GET', status: 503, times: 3 });
    await expect(pullLists(world.connection)).rejects.toThrow('3 of 3 attempts');
    await world.sync();
    expect(reasons(world, contacts[1])).toContain('+7 Reads the newsletter');
  });

  it('gives the same scores again after Redis was emptied', async () => {
    const { world, people, contacts } = await openBench(40);
    people.addToList(
      LIST,
      contacts.slice(0, 20).map(({ id }) => id),
    );
    await world.backfill();
    const before = stateOf(world);
    await emptyRedis(redis.client());
    await world.backfill();
    expect(stateOf(world)).toEqual(before);
    // Whoever leaves later is found all the same.
    await world.clock.advance(HOUR);
    people.removeFromList(LIST, [contacts[3]?.id ?? '']);
    await world.sync();
    expect(reasons(world, contacts[3])).toContain('Reads no newsletter');
    expect(await world.wrong()).toEqual([]);
  });

  it('keeps no large collection in Redis, and no address', async () => {
    const { world, people } = await openBench();
    people.addToList(
      LIST,
      Array.from({ length: 2_000 }, (_, index) => people.createContact({ email: `a-${index}@b.example` }).id),
    );
    await noteLists(world.connection);
    const client = redis.client();
    const keys = await keysLike(client, '*:list:*');
    expect(keys.length).toBeGreaterThan(100);
    for (const key of keys) expect(await client.scard(key)).toBeLessThan(40);
    expect(keys.join()).not.toContain('@');
  });
});
