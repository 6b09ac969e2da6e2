import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/clock.ts';
import type { Crm } from '../../src/crm/crm.ts';
import { countDirty, markDirty } from '../../src/ledger/dirty.ts';
import { hotStreams, pullStreams } from '../../src/sync/pull-streams.ts';
import { scoreDirty } from '../../src/sync/score-dirty.ts';
import { addProspect, asksForDemo, showInterest, stageOf, tasksOf } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();

/** A drain whose calls to the CRM wait for as long as the test says, as they do for a slot of the limit. */
function drainOf({ connection, clock }: World, over: (crm: Crm) => Partial<Crm>) {
  const woken: string[] = [];
  const wake: typeof connection.wake = async (job) => void woken.push(job);
  const crm: Crm = Object.create(connection.crm, Object.getOwnPropertyDescriptors(over(connection.crm)));
  return {
    woken,
    async run(ids: readonly string[]) {
      await markDirty(connection.space, ids, clock.now());
      return scoreDirty({ ...connection, crm, wake });
    },
  };
}

/** Two people of whom the portal knows enough, all scored; one of them has done something since. */
async function openWithTwo() {
  const world = await openTestWorld(redis);
  const ada = addProspect(world, 'ada', { jobtitle: 'Assistant' });
  const bob = addProspect(world, 'bob');
  await world.backfill();
  await world.clock.advance(MINUTE);
  return { world, ada, bob };
}

describe('somebody who asks for a demo while a drain has their lead', () => {
  it('and waits for a call to read it, is before sales without waiting for that call', async () => {
    const { world, ada, bob } = await openWithTwo();
    const called = Promise.withResolvers<void>();
    const granted = Promise.withResolvers<void>();
    const drain = drainOf(world, (crm) => ({
      async readLeads(ids, options) {
        called.resolve();
        await granted.promise;
        return crm.readLeads(ids, options);
      },
    }));
    const drained = drain.run([ada.contact.id, bob.contact.id]);
    await called.promise;
    asksForDemo(world, ada.email);
    await world.hotPoll();
    expect(stageOf(world, ada.contact)).toBe('marketingqualifiedlead');
    expect(tasksOf(world, ada.contact)).toHaveLength(1);

    const writes = world.writes();
    granted.resolve();
    expect(await drained).toMatchObject({ scored: 1, left: 1 });
    expect(world.writes()).toBe(writes);
    expect(await countDirty(world.connection.space)).toBe(0);
    await world.sync();
    expect(tasksOf(world, ada.contact)).toHaveLength(1);
    expect(await world.wrong()).toEqual([]);
  });

  it('and gathers changes before it writes them, is before sales, and nothing older is written over that', async () => {
    const { world, ada, bob } = await openWithTwo();
    const called = Promise.withResolvers<void>();
    const granted = Promise.withResolvers<void>();
    const { connection, clock } = world;
    let reads = 0;
    const drain = drainOf(world, (crm) => ({
      async readLeads(ids, options) {
        reads += 1;
        // The next batch of the same drain: what the first one changed is gathered meanwhile.
        if (reads === 1) await markDirty(connection.space, [bob.contact.id], clock.now());
        else {
          called.resolve();
          await granted.promise;
        }
        return crm.readLeads(ids, options);
      },
    }));
    world.sandbox.people.update(ada.contact.id, { jobtitle: 'Head of Sales' });
    const drained = drain.run([ada.contact.id]);
    await called.promise;
    asksForDemo(world, ada.email);
    await world.hotPoll();
    expect(tasksOf(world, ada.contact)).toHaveLength(1);
    const score = world.number(ada.contact, 'leadgauge_score');

    const writes = world.writes();
    granted.resolve();
    expect(await drained).toMatchObject({ written: 0, left: 1 });
    expect(world.writes()).toBe(writes);
    expect(world.number(ada.contact, 'leadgauge_score')).toBe(score);
    await world.sync();
    expect(await world.wrong()).toEqual([]);
    expect(await countDirty(connection.space)).toBe(0);
  });

  it('and is just writing it, is scored as soon as that is done, and nobody waits for a tick', async () => {
    const { world, ada } = await openWithTwo();
    const called = Promise.withResolvers<void>();
    const granted = Promise.withResolvers<void>();
    const drain = drainOf(world, (crm) => ({
      async writeLeads(changes, options) {
        called.resolve();
        await granted.promise;
        return crm.writeLeads(changes, options);
      },
    }));
    world.sandbox.people.update(ada.contact.id, { jobtitle: 'Head of Sales' });
    const drained = drain.run([ada.contact.id]);
    await called.promise;
    asksForDemo(world, ada.email);
    await world.hotPoll();
    expect(tasksOf(world, ada.contact)).toHaveLength(0);
    expect(drain.woken).toEqual([]);
    granted.resolve();
    await drained;
    // The drain that writes it goes on with it, and asks for another where it had found nothing else to do.
    expect(drain.woken).toContain('score');
    await world.score();
    expect(tasksOf(world, ada.contact)).toHaveLength(1);
    await world.sync();
    expect(await world.wrong()).toEqual([]);
  });

  it('holds up nobody who asks at the same time: the others are not asked for again', async () => {
    const { world, ada, bob } = await openWithTwo();
    const called = Promise.withResolvers<void>();
    const granted = Promise.withResolvers<void>();
    const drain = drainOf(world, (crm) => ({
      async writeLeads(changes, options) {
        called.resolve();
        await granted.promise;
        return crm.writeLeads(changes, options);
      },
    }));
    world.sandbox.people.update(ada.contact.id, { jobtitle: 'Head of Sales' });
    const drained = drain.run([ada.contact.id]);
    await called.promise;
    for (const { email } of [ada, bob]) asksForDemo(world, email);
    await world.hotPoll();
    expect(tasksOf(world, bob.contact)).toHaveLength(1);

    const sought: (readonly string[])[] = [];
    const { connection } = world;
    const findLeads: Crm['findLeads'] = (emails, options) => {
      sought.push(emails);
      return connection.crm.findLeads(emails, options);
    };
    const watched = { ...connection, crm: Object.create(connection.crm, { findLeads: { value: findLeads } }) };
    await world.clock.advance(SECOND);
    await pullStreams(watched, hotStreams(watched), { urgent: true });
    expect(sought).toEqual([[ada.email]]);
    granted.resolve();
    await drained;
    await world.score();
    expect(tasksOf(world, ada.contact)).toHaveLength(1);
  });
});

describe('somebody of whom a webhook tells that they sent a form', () => {
  it('is left to the hot poll for two seconds, so that they are read once', async () => {
    const world = await openTestWorld(redis, { webhooks: true });
    const { contact, email } = addProspect(world);
    await world.backfill();
    await world.sandbox.webhooks?.settled();
    await world.sync();
    asksForDemo(world, email);
    await world.sandbox.webhooks?.settled();
    expect(await world.score()).toMatchObject({ scored: 0 });
    const reads = world.calls.read;
    await world.hotPoll();
    expect(tasksOf(world, contact)).toHaveLength(1);
    expect(world.calls.read).toBe(reads + 1);
  });

  it('whom no fast track is about, is scored after that', async () => {
    const world = await openTestWorld(redis, { webhooks: true });
    const person = addProspect(world);
    await world.backfill();
    await world.sandbox.webhooks?.settled();
    await world.sync();
    showInterest(world, person);
    await world.sandbox.webhooks?.settled();
    await world.hotPoll();
    expect(await world.score()).toMatchObject({ scored: 0 });
    await world.clock.advance(2 * SECOND);
    expect(await world.score()).toMatchObject({ scored: 1 });
  });
});
