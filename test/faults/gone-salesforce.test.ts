import { expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/base/clock.ts';
import { countDirty } from '../../src/ledger/dirty.ts';
import { addOrgContact, addOrgProspect, showOrgInterest } from '../support/org-people.ts';
import { openOrgWorld } from '../support/org-world.ts';
import { contentsOf } from '../support/receiver-bench.ts';
import { keysLike } from '../support/redis-keys.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

it.each([
  ['lead', addOrgProspect],
  ['contact', addOrgContact],
])(
  'a %s that is erased for good leaves nothing in Redis: the nightly sweep finds it, of which nobody told',
  async (_, add) => {
    const world = await openOrgWorld(redis);
    const { people } = world.sandbox;
    const [erased, other] = [add(world, 'canary'), addOrgProspect(world, 'bob')];
    await world.backfill();
    await world.clock.advance(HOUR);
    for (const { id } of [erased, other]) showOrgInterest(world, id);
    people.logCall(erased.id);
    await world.sync();
    const client = redis.client();
    expect(await keysLike(client, `*ledger*${erased.id}*`)).not.toEqual([]);

    people.remove(erased.id);
    people.purge(erased.id);
    // Every lead is looked for once in thirty nights, and what is gone is erased a day later.
    for (let night = 0; night < 32; night += 1) {
      await world.clock.advance(DAY);
      await world.sync();
      await world.sweep();
    }
    const { space } = world.connection;
    const left = JSON.stringify(await contentsOf(client));
    expect(left).toContain(other.id);
    expect(left.split(erased.id)).toHaveLength(1);
    expect(await countDirty(space)).toBe(0);
    expect(await world.wrong()).toEqual([]);
  },
);

it('leads that were deleted, merged or converted before they are written are let go or moved, and hold up nobody', async () => {
  const world = await openOrgWorld(redis);
  const { people } = world.sandbox;
  const [gone, loser, master, converted, good] = ['gone', 'loser', 'master', 'converted', 'good'].map(
    (name) => addOrgProspect(world, name).id,
  );
  await world.backfill();
  await world.clock.advance(HOUR);
  for (const id of [gone, loser, master, converted, good]) people.change(id ?? '', { Title: 'CEO' });
  await world.poll();
  const { sleep } = world.clock;
  // After the leads were read, and before they are written.
  world.sandbox.faults.add({ path: /\/composite$/, kind: 'write', delayMs: 77, times: 1 });
  world.clock.sleep = async (ms, signal) => {
    if (ms === 77) {
      people.remove(gone ?? '');
      people.merge(master ?? '', loser ?? '');
      people.convert(converted ?? '');
    }
    await sleep(ms, signal);
  };
  expect(await world.score()).toMatchObject({ failed: 0 });
  for (let poll = 0; poll < 3; poll += 1) {
    await world.clock.advance(HOUR);
    await world.sync();
  }
  expect(world.text(good ?? '', 'Leadgauge_Reasons__c')).toContain('Executive');
  expect(await countDirty(world.connection.space)).toBe(0);
  expect(await world.wrong()).toEqual([]);
});
