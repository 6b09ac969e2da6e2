import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import { LEASE } from '../../src/ledger/dirty.ts';
import { addOrgContact, addOrgProspect } from '../support/org-people.ts';
import { openOrgWorld } from '../support/org-world.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const DEMO = 'Request a demo';
const COMPOSITE = /\/composite$/;
const TASKS = /\/sobjects\/Task/;

describe('a demo request in Salesforce', { timeout: 60_000 }, () => {
  it.each([
    ['lead', addOrgProspect],
    ['contact', addOrgContact],
  ])('puts the %s before sales: stage, route and rule are written, and its owner has one task', async (_, add) => {
    const world = await openOrgWorld(redis);
    const { id } = add(world);
    await world.backfill();
    await world.clock.advance(HOUR);
    world.sandbox.people.respond(DEMO, id);
    await world.hotPoll();
    expect(world.text(id, 'Leadgauge_Stage__c')).toBe('MQL');
    expect(world.text(id, 'Leadgauge_Route__c')).toBe('sales');
    expect(world.text(id, 'Leadgauge_Fast_Track__c')).toBe('demo-request');
    const [task, ...others] = world.tasks(id);
    expect(others).toEqual([]);
    expect(task?.text('OwnerId')).toBe(world.text(id, 'OwnerId'));
    await world.sync();
    expect(await world.wrong()).toEqual([]);
  });

  it('makes one task however often it is told: by webhooks, both polls and two workers at once', async () => {
    const world = await openOrgWorld(redis, { webhooks: true });
    const other = await openOrgWorld(redis, { joins: world });
    const { id } = addOrgProspect(world);
    await world.backfill();
    await world.clock.advance(HOUR);
    const { outbound } = world.sandbox;
    if (outbound !== undefined) outbound.copies = 3;
    world.sandbox.people.respond(DEMO, id);
    await outbound?.settled();
    expect(outbound?.deliveries.filter(({ taken }) => taken).length).toBeGreaterThan(2);
    await Promise.all([world.hotPoll(), other.hotPoll(), world.sync(), other.sync()]);
    await world.clock.advance(LEASE);
    await Promise.all([world.sync(), other.sync()]);
    expect(world.tasks(id)).toHaveLength(1);
    expect(world.text(id, 'Leadgauge_Route__c')).toBe('sales');
    expect(await world.wrong()).toEqual([]);
  });

  it('makes one task although the answer to the first try was lost', async () => {
    const world = await openOrgWorld(redis);
    const { id } = addOrgProspect(world);
    await world.backfill();
    await world.clock.advance(HOUR);
    world.sandbox.faults.add({ method: 'POST', path: TASKS, when: 'after', reset: true, times: 1 });
    world.sandbox.people.respond(DEMO, id);
    await world.hotPoll();
    for (let minutes = 0; minutes < 3; minutes += 1) {
      await world.clock.advance(MINUTE);
      await world.sync();
    }
    expect(world.sandbox.faults.list()[0]?.met).toBe(1);
    expect(world.tasks(id)).toHaveLength(1);
    expect(world.text(id, 'Leadgauge_Fast_Track__c')).toBe('demo-request');
    expect(await world.wrong()).toEqual([]);
  });

  it('makes one task whichever answer on the way to it was lost', async () => {
    const world = await openOrgWorld(redis);
    const leads = ['ada', 'bob', 'cyd', 'dan'].map((name) => addOrgProspect(world, name));
    await world.backfill();
    for (const [skip, { id }] of leads.entries()) {
      await world.clock.advance(HOUR);
      const heal = world.sandbox.faults.add({
        method: 'POST',
        path: COMPOSITE,
        when: 'after',
        reset: true,
        times: 1,
        skip,
      });
      world.sandbox.people.respond(DEMO, id);
      for (let minutes = 0; minutes < 3; minutes += 1) {
        await settled(world.hotPoll());
        await settled(world.sync());
        await world.clock.advance(MINUTE);
      }
      expect(world.sandbox.faults.list()[0]?.met).toBe(1);
      heal();
      expect(world.tasks(id)).toHaveLength(1);
    }
    expect(await world.wrong()).toEqual([]);
  });

  it('is found by the next poll where every webhook was lost', async () => {
    const world = await openOrgWorld(redis, { webhooks: true });
    const { id } = addOrgProspect(world);
    await world.backfill();
    await world.clock.advance(HOUR);
    if (world.sandbox.outbound !== undefined) world.sandbox.outbound.mode = 'drop';
    world.sandbox.people.respond(DEMO, id);
    await world.sync();
    expect(world.tasks(id)).toHaveLength(1);
  });

  it('by somebody nobody knew makes a lead that is before sales at once', async () => {
    const world = await openOrgWorld(redis);
    addOrgProspect(world, 'ada');
    await world.backfill();
    await world.clock.advance(HOUR);
    const { id } = addOrgProspect(world, 'bob');
    world.sandbox.people.respond(DEMO, id);
    await world.hotPoll();
    expect(world.tasks(id)).toHaveLength(1);
    await world.sync();
    await world.sync();
    expect(world.tasks(id)).toHaveLength(1);
    expect(await world.wrong()).toEqual([]);
  });

  it('from before the first backfill alerts nobody, nor does one after Redis was emptied', async () => {
    const world = await openOrgWorld(redis);
    const [before, after] = [addOrgProspect(world, 'ada'), addOrgProspect(world, 'bob')];
    world.sandbox.people.respond(DEMO, before.id);
    await world.clock.advance(HOUR);
    await world.backfill();
    await world.sync();
    expect(world.tasks(before.id)).toEqual([]);
    await world.clock.advance(HOUR);
    world.sandbox.people.respond(DEMO, after.id);
    await world.hotPoll();
    expect(world.tasks(after.id)).toHaveLength(1);
    await world.clock.advance(HOUR);
    // Nobody has followed up by now.
    await world.sync();
    await redis.flush();
    expect(await world.backfill()).toMatchObject({ written: 0 });
    await world.sync();
    expect([before, after].map(({ id }) => world.tasks(id).length)).toEqual([0, 1]);
    expect(await world.wrong()).toEqual([]);
  });
});

/** A job that fails is run again by its schedule. */
async function settled(job: Promise<unknown>): Promise<void> {
  await Promise.allSettled([job]);
}
