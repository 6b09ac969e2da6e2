import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/base/clock.ts';
import { markDirty } from '../../src/ledger/dirty.ts';
import { readGone } from '../../src/ledger/gone.ts';
import { readStates } from '../../src/ledger/lead-state.ts';
import { sweep } from '../../src/sync/sweep.ts';
import { acceptHubspot } from '../../src/webhooks/accept-hubspot.ts';
import { addProspect, showInterest } from '../support/people.ts';
import { keysLike } from '../support/redis-keys.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const kept = async () => {
  const client = redis.client();
  return [
    ...(await keysLike(client, '*ledger*')),
    ...(await keysLike(client, '*:lead:*')),
    ...(await keysLike(client, '*:gone:*')),
  ];
};

/** Somebody who did something and is scored with it. */
async function openBench(options: Parameters<typeof openTestWorld>[1] = {}) {
  const world = await openTestWorld(redis, options);
  const person = addProspect(world);
  await world.backfill();
  await world.clock.advance(HOUR);
  showInterest(world, person);
  await world.sync();
  return { world, people: world.sandbox.people, ...person };
}

/** As many nights as it takes to look for everyone. */
async function nights(world: World, count: number) {
  const swept = { forgotten: 0, erased: 0, restored: 0 };
  for (let night = 0; night < count; night += 1) {
    await world.clock.advance(DAY);
    const one = await sweep(world.connection);
    for (const key of ['forgotten', 'erased', 'restored'] as const) swept[key] += one[key];
  }
  return swept;
}

describe('the sweep', () => {
  it('forgets a lead that was deleted while nobody told, and keeps what it needs should it come back', async () => {
    const { world, people, contact } = await openBench();
    people.remove(contact.id);
    expect(await sweep(world.connection)).toEqual({ forgotten: 1, erased: 0, restored: 0 });
    const [state] = await readStates(world.connection.space, [contact.id]);
    expect(state).toMatchObject({ echo: undefined, dueAt: undefined });
    expect(await keysLike(redis.client(), '*ledger*')).not.toEqual([]);
    // The next nights it is known, and it is still in the bin.
    expect(await nights(world, 3)).toEqual({ forgotten: 0, erased: 0, restored: 0 });
  });

  it('looks for a part of all leads by full calls, however many keys Redis has', async () => {
    const world = await openTestWorld(redis, { leads: 1_500 });
    await world.backfill();
    await world.clock.advance(DAY);
    world.sandbox.requests.clear();
    await sweep(world.connection);
    // Some fifty leads: a page of Redis' keys has fewer.
    expect(world.sandbox.requests.count({ path: /\/contacts\/batch\/read$/ })).toBe(1);
  });

  it('has a restored lead scored again, with all that it did', async () => {
    const { world, people, contact } = await openBench();
    people.remove(contact.id);
    await sweep(world.connection);
    people.restore(contact.id);
    expect(await sweep(world.connection)).toMatchObject({ restored: 1 });
    await world.score();
    expect(await world.wrong()).toEqual([]);
    expect(await readGone(world.connection.space)).toEqual(new Map());
  });

  it('erases what is left of one that was deleted for privacy, of which nobody told', async () => {
    const { world, people, contact } = await openBench();
    people.eraseForPrivacy(contact.id);
    expect(await kept()).not.toEqual([]);
    expect(await nights(world, 32)).toEqual({ forgotten: 1, erased: 1, restored: 0 });
    expect(await kept()).toEqual([]);
  });

  it('erases one that was deleted for privacy out of the bin, and not on the day on which it came there', async () => {
    const { world, people, contact } = await openBench();
    people.remove(contact.id);
    await sweep(world.connection);
    people.eraseForPrivacy(contact.id);
    expect(await sweep(world.connection)).toMatchObject({ erased: 0 });
    expect(await nights(world, 1)).toMatchObject({ erased: 1 });
    expect(await kept()).toEqual([]);
  });

  it('erases what is left of one that the bin was emptied of after 90 days', async () => {
    const { world, people, contact } = await openBench();
    people.remove(contact.id);
    await sweep(world.connection);
    await world.clock.advance(89 * DAY);
    expect(await nights(world, 3)).toMatchObject({ erased: 1 });
    expect(await readGone(world.connection.space)).toEqual(new Map());
  });

  it('lets somebody who came again under the same address keep what they did', async () => {
    const { world, people, contact, email } = await openBench();
    people.remove(contact.id);
    await sweep(world.connection);
    await world.clock.advance(HOUR);
    addProspect(world, 'ada');
    people.submitForm('ebook', { email });
    await world.sync();
    people.eraseForPrivacy(contact.id);
    // The portal has forgotten the submissions with the person; leadgauge must not take those of the new contact.
    await nights(world, 2);
    const client = redis.client();
    expect(await keysLike(client, '*person-*')).not.toEqual([]);
    expect(await readStates(world.connection.space, [contact.id])).toEqual([undefined]);
  });

  it('makes up for nights that were missed, also where it runs but now and then', async () => {
    const { world, people, contact } = await openBench();
    await sweep(world.connection);
    people.eraseForPrivacy(contact.id);
    let forgotten = 0;
    for (let month = 0; month < 2; month += 1) {
      await world.clock.advance(30 * DAY);
      forgotten += (await sweep(world.connection)).forgotten;
    }
    expect(forgotten).toBe(1);
  });

  it('reads one page of the bin for each hundred contacts, and no lead more than once a month', async () => {
    const { world, people } = await openBench();
    const others = Array.from({ length: 60 }, (_, index) => addProspect(world, `p-${index}`).contact.id);
    await world.sync();
    for (const id of others.slice(0, 3)) people.remove(id);
    await sweep(world.connection);
    const before = world.calls.read;
    await nights(world, 30);
    // Each night the bin; of 58 leads a few each night, at most one call.
    expect(world.calls.read - before).toBeLessThanOrEqual(60);
  });
});

describe('leads that were merged', () => {
  it.each([true, false])(
    'twice, in a chain, keep all that any of them did (the id stays: %s)',
    async (mergeKeepsId) => {
      const world = await openTestWorld(redis, { mergeKeepsId });
      const [a, b, c] = ['a', 'b', 'c'].map((name) => addProspect(world, name));
      if (!a || !b || !c) throw new Error('there must be three');
      await world.backfill();
      await world.clock.advance(HOUR);
      const { people } = world.sandbox;
      people.visit(a.contact.id, '/pricing');
      people.submitForm('ebook', { email: b.email });
      people.submitForm('webinar', { email: c.email });
      await world.sync();
      const first = people.merge(a.contact.id, b.contact.id);
      await world.sync();
      await world.clock.advance(HOUR);
      const last = people.merge(first.id, c.contact.id);
      await world.sync();
      await world.sync();
      const reasons = world.text(last, 'leadgauge_reasons');
      for (const deed of ['Pricing page', 'E-book', 'Webinar']) expect(reasons).toContain(deed);
      expect(await world.wrong()).toEqual([]);
      expect(await nights(world, 31)).toMatchObject({ erased: 0 });
    },
  );

  it.each([true, false])('while they are read end in one state (the id stays: %s)', async (mergeKeepsId) => {
    const world = await openTestWorld(redis, { mergeKeepsId });
    const [a, b] = [addProspect(world, 'a'), addProspect(world, 'b')];
    await world.backfill();
    await world.clock.advance(HOUR);
    const { people, faults } = world.sandbox;
    for (const { contact } of [a, b]) showInterest(world, { contact, email: world.text(contact, 'email') ?? '' });
    await world.poll();
    // The answer of the read is under way when somebody merges them.
    faults.add({
      method: 'POST',
      path: '/crm/objects/2026-09/contacts/batch/read',
      when: 'after',
      delayMs: 77,
      times: 1,
    });
    const { sleep } = world.clock;
    let merged: string | undefined;
    world.clock.sleep = async (ms, signal) => {
      if (ms === 77) merged = people.merge(a.contact.id, b.contact.id).id;
      await sleep(ms, signal);
    };
    await world.score();
    expect(merged).toBeDefined();
    for (let turn = 0; turn < 3; turn += 1) {
      await world.clock.advance(HOUR);
      await world.sync();
    }
    expect(await world.wrong()).toEqual([]);
  });

  it.each([true, false])(
    'and then deleted for privacy leave nothing, under either id (the id stays: %s)',
    async (mergeKeepsId) => {
      const world = await openTestWorld(redis, { mergeKeepsId });
      const [a, b] = [addProspect(world, 'a'), addProspect(world, 'b')];
      await world.backfill();
      await world.clock.advance(HOUR);
      const { people } = world.sandbox;
      for (const each of [a, b]) showInterest(world, each);
      await world.sync();
      const merged = people.merge(a.contact.id, b.contact.id);
      await world.sync();
      people.eraseForPrivacy(merged.id);
      const event = { portalId: 1, occurredAt: world.clock.now(), objectId: Number(merged.id), eventId: 1 };
      await acceptHubspot(world.connection, [{ ...event, subscriptionType: 'contact.privacyDeletion' }]);
      await world.score();
      await nights(world, 2);
      expect(await kept()).toEqual([]);
    },
  );

  it('and deleted for privacy before they were scored as one leave nothing either', async () => {
    const world = await openTestWorld(redis);
    const [a, b] = [addProspect(world, 'a'), addProspect(world, 'b')];
    await world.backfill();
    await world.clock.advance(HOUR);
    const { people } = world.sandbox;
    for (const each of [a, b]) showInterest(world, each);
    await world.sync();
    const merged = people.merge(a.contact.id, b.contact.id);
    people.eraseForPrivacy(merged.id);
    const { space, clock } = world.connection;
    await markDirty(space, [a.contact.id, b.contact.id, merged.id], clock.now());
    await world.score();
    await nights(world, 2);
    expect(await kept()).toEqual([]);
  });
});
