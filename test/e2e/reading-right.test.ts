import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { countDirty, markDirty } from '../../src/ledger/dirty.ts';
import type { Contact } from '../../src/sandbox/portal/contact.ts';
import { editedConfig } from '../support/edited-config.ts';
import { addProspect } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const SEARCH = '/crm/objects/2026-09/contacts/search';
const READ = '/crm/objects/2026-09/contacts/batch/read';
const searches = ({ sandbox }: World) => sandbox.requests.count({ path: '/crm/objects/{version}/contacts/search' });
const ids = ({ sandbox }: World) => sandbox.portal.contacts.all.map(({ id }) => id);

/** Everyone whom a search of the last hour finds, page by page. */
async function changedWithin(world: World, onPage = (_page: number): void => {}): Promise<string[]> {
  const { crm, clock } = world.connection;
  const found: string[] = [];
  let pages = 0;
  for await (const page of crm.changedLeads({ from: clock.now() - HOUR, to: clock.now() })) {
    found.push(...page.map(({ id }) => id));
    onPage(pages++);
  }
  return found;
}

describe('reading what changed', () => {
  it('finds 12,000 contacts with one timestamp, each once, past the cap of a search', async () => {
    const world = await openTestWorld(redis);
    const { people } = world.sandbox;
    for (let count = 0; count < 12_000; count += 1) people.createContact({ jobtitle: 'CEO' });
    await world.clock.advance(MINUTE);
    const found = await changedWithin(world);
    expect(found.length).toBe(12_000);
    expect(new Set(found).size).toBe(12_000);
    expect(world.calls.search).toBe(60);
  });

  it('loses nobody while pages shift: some leave the window, others come, some are deleted', async () => {
    const world = await openTestWorld(redis);
    const { people, portal } = world.sandbox;
    for (let count = 0; count < 1_000; count += 1) people.createContact({ jobtitle: 'CEO' });
    await world.clock.advance(MINUTE);
    const all = ids(world);
    const touched = new Set<string>();
    const touch = (id: string | undefined, how: 'update' | 'remove') => {
      if (id === undefined) return;
      touched.add(id);
      if (how === 'update') people.update(id, { jobtitle: 'CTO' });
      else people.remove(id);
    };
    const found = await changedWithin(world, (page) => {
      // Of those already seen and of those to come.
      touch(all[page * 50], 'update');
      touch(all[page * 50 + 1], 'remove');
      touch(all[900 - page * 30], 'update');
      people.createContact({ jobtitle: 'CFO' });
      portal.index.catchUp(portal.now());
    });
    const seen = new Set(found);
    expect(all.filter((id) => !seen.has(id) && !touched.has(id))).toEqual([]);
    expect(found.length).toBe(seen.size);
  });

  it('catches up after ten ticks without a poll, with one window', async () => {
    const world = await openTestWorld(redis, { leads: 30 });
    await world.backfill();
    await world.sync();
    for (const id of ids(world).slice(0, 10)) {
      await world.clock.advance(MINUTE);
      world.sandbox.people.update(id, { jobtitle: `Director ${id}` });
    }
    const before = searches(world);
    await world.sync();
    expect(searches(world) - before).toBe(1);
    expect(await world.wrong()).toEqual([]);
  });

  it('goes on from its cursor where a search fails in the middle', async () => {
    const world = await openTestWorld(redis);
    await world.backfill();
    const { people, faults } = world.sandbox;
    for (let count = 0; count < 450; count += 1) people.createContact({ jobtitle: 'CEO' });
    faults.add({ path: SEARCH, status: 503, skip: 1, times: 3 });
    await expect(world.poll()).rejects.toThrow('3 of 3 attempts');
    await world.poll();
    expect(await countDirty(world.connection.space)).toBe(450);
  });
});

describe('a property that HubSpot calculates', () => {
  async function openBench() {
    const edit = (yaml: string) => yaml.replace(/^fields:$/m, 'fields:\n  conversions: num_conversion_events');
    const world = await openTestWorld(redis, { config: editedConfig(edit, 'hubspot.yaml') });
    const { contact } = addProspect(world);
    await world.backfill();
    await world.clock.advance(HOUR);
    return { world, contact };
  }

  /** As after a form of which we read no submissions. */
  function convert(world: World, { id }: Contact): void {
    world.sandbox.people.update(id, { num_conversion_events: 1, recent_conversion_date: world.clock.now() });
  }

  it('has its contact marked although the record’s own time of change stands still', async () => {
    const { world, contact } = await openBench();
    const changedAt = world.number(contact, 'lastmodifieddate');
    await world.sync();
    convert(world, contact);
    expect(world.number(contact, 'lastmodifieddate')).toBe(changedAt);
    await world.poll();
    expect(await countDirty(world.connection.space)).toBe(1);
  });

  it('costs no further search, and none of it is read again once it is scored', async () => {
    const { world, contact } = await openBench();
    convert(world, contact);
    await world.sync();
    const [read, before] = [world.calls.read, searches(world)];
    for (let poll = 0; poll < 3; poll += 1) await world.sync();
    expect(world.calls.read).toBe(read);
    expect(searches(world) - before).toBe(3);
    expect(await world.wrong()).toEqual([]);
  });
});

describe('an id that HubSpot refuses', () => {
  it('becomes a dead letter with its reason, and the others are read and scored', async () => {
    const world = await openTestWorld(redis);
    const people = ['ada', 'bob'].map((name) => addProspect(world, name).contact);
    await world.backfill();
    const { space, clock } = world.connection;
    for (const { id } of people) world.sandbox.people.update(id, { jobtitle: 'CEO' });
    await markDirty(space, ids(world), clock.now());
    // The whole batch for the sake of the first, then the first alone.
    world.sandbox.faults.add({
      path: READ,
      status: 400,
      body: { category: 'VALIDATION_ERROR', message: 'x' },
      times: 2,
    });
    expect(await world.score()).toMatchObject({ written: 1, failed: 1, gone: 0 });
    expect(await listDeadLetters(space)).toEqual([
      { id: people[0]?.id, at: clock.now(), reason: 'HubSpot refused to read the record (VALIDATION_ERROR)' },
    ]);
    expect(await countDirty(space)).toBe(0);
  });

  it('or does not give this time is tried again, and the others are scored at once', async () => {
    const world = await openTestWorld(redis);
    const people = ['ada', 'bob'].map((name) => addProspect(world, name).contact);
    await world.backfill();
    const { space, clock } = world.connection;
    await markDirty(space, ids(world), clock.now());
    const error = { category: 'INTERNAL_ERROR', message: 'x', context: { ids: ids(world) } };
    world.sandbox.faults.add({
      path: READ,
      status: 207,
      body: { status: 'COMPLETE', results: [], errors: [error] },
      times: 1,
    });
    expect(await world.score()).toMatchObject({ failed: 0, gone: 0, left: 2 });
    await world.clock.advance(MINUTE);
    expect(await world.score()).toMatchObject({ failed: 0, gone: 0, left: 0 });
    expect(people).toHaveLength(2);
    expect(await countDirty(space)).toBe(0);
  });
});
