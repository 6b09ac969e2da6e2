import { expect, test } from 'vitest';
import { MINUTE } from '../../src/base/clock.ts';
import type { Crm } from '../../src/crm/crm.ts';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { claim, countDirty, markDirty } from '../../src/ledger/dirty.ts';
import { recall } from '../../src/ledger/loose-leases.ts';
import { backfill } from '../../src/sync/backfill.ts';
import { scoreDirty } from '../../src/sync/score-dirty.ts';
import { newTally } from '../../src/sync/tally.ts';
import { noteLog } from '../support/noted-log.ts';
import { addProspect, showInterest } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const UPDATE = '/crm/objects/2026-09/contacts/batch/update';
const NO_QUEUE = 'the queue cannot be reached';

/** People whom somebody has changed in the portal since they were scored. */
async function openWith(...names: readonly string[]) {
  const world = await openTestWorld(redis, { leads: 0 });
  const people = names.map((name) => addProspect(world, name, { jobtitle: 'Assistant' }).contact);
  await world.backfill();
  await world.clock.advance(MINUTE);
  for (const { id } of people) world.sandbox.people.update(id, { jobtitle: 'Head of Sales' });
  return { world, ids: people.map(({ id }) => id), people };
}

/** A worker that cannot have anybody woken to score; `beforeWrite` happens as leads are about to be written. */
function withoutQueue({ connection }: World, beforeWrite: (ids: readonly string[]) => Promise<void>) {
  const woken: string[] = [];
  const log = noteLog();
  const crm: Crm = {
    ...connection.crm,
    async writeLeads(changes, options) {
      await beforeWrite(changes.map(({ id }) => id));
      return connection.crm.writeLeads(changes, options);
    },
  };
  const wake: typeof connection.wake = async (job) => {
    woken.push(job);
    if (job === 'score') throw new Error(NO_QUEUE);
  };
  return { connection: { ...connection, crm, wake, log }, woken, log };
}

test('leads that the CRM refuses are each told of, and one wake does for all that somebody wanted meanwhile', async () => {
  const { world, ids } = await openWith('ada', 'bob', 'cyd');
  const { space, clock } = world.connection;
  const { connection, woken, log } = withoutQueue(world, (asked) => markDirty(space, asked, clock.now()));
  world.sandbox.faults.add({ method: 'POST', path: UPDATE, status: 400 });
  await markDirty(space, ids, clock.now());
  const tally = newTally();
  await expect(scoreDirty(connection, { tally })).rejects.toThrow(NO_QUEUE);
  expect(tally.failed).toBe(3);
  expect(log.lines.filter((line) => line.startsWith('warn a lead became a dead letter'))).toHaveLength(3);
  expect(await listDeadLetters(space)).toHaveLength(3);
  expect(woken).toEqual(['score']);
});

test('of leads that wait for a call those that nobody took are written before anybody is woken', async () => {
  const { world, ids, people } = await openWith('ada', 'bob', 'cyd');
  const { space, clock } = world.connection;
  const { connection } = withoutQueue(world, async () => {});
  const [taken = '', ...others] = ids;
  // While the next batch is read, what this one changed is gathered: then another takes over one of these.
  const crm: Crm = {
    ...connection.crm,
    batches: { ...connection.crm.batches, read: 2 },
    async readLeads(asked, options) {
      if (!asked.includes(taken)) {
        await recall(space, [taken], clock.now());
        await claim(space, [taken], clock.now());
      }
      return connection.crm.readLeads(asked, options);
    },
  };
  await markDirty(space, ids, clock.now());
  const tally = newTally();
  await expect(scoreDirty({ ...connection, crm }, { tally })).rejects.toThrow(NO_QUEUE);
  expect(tally).toMatchObject({ written: 2, left: 1 });
  expect(people.map((contact) => world.text(contact, 'leadgauge_reasons')?.includes('Director'))).toEqual([
    false,
    true,
    true,
  ]);
  expect(await countDirty(space)).toBe(ids.length - others.length);
});

test('of leads that a bulk write brought in it is noted that they are done, before anybody is woken for one that was taken over', async () => {
  const { world, ids } = await openWith('ada', 'bob', 'cyd');
  const { space, clock } = world.connection;
  const [taken = ''] = ids;
  const { connection } = withoutQueue(world, async () => {
    await recall(space, [taken], clock.now());
    await claim(space, [taken], clock.now());
  });
  const crm = { ...connection.crm, batches: { ...connection.crm.batches, write: 1, bulk: ids.length } };
  await markDirty(space, ids, clock.now());
  const tally = newTally();
  await expect(scoreDirty({ ...connection, crm }, { bulk: true, tally })).rejects.toThrow(NO_QUEUE);
  expect(tally).toMatchObject({ written: 2, left: 1 });
  expect(await countDirty(space)).toBe(1);
});

test('a lead that a quiet backfill leaves to the polls is marked for them before anybody is woken', async () => {
  const { world, ids } = await openWith('bob');
  const [bob = ''] = ids;
  const ada = addProspect(world);
  const { connection, clock } = world;
  await world.sync();
  showInterest(world, ada);
  await clock.advance(MINUTE);
  world.sandbox.people.update(bob, { jobtitle: 'Chief Executive Officer' });
  // Somebody wants the other one.
  const stranded = withoutQueue(world, () => markDirty(connection.space, [bob], clock.now()));
  await expect(backfill(stranded.connection, { promote: false })).rejects.toThrow(NO_QUEUE);
  await clock.advance(MINUTE);
  await world.score();
  expect(world.text(ada.contact, 'lifecyclestage')).toBe('marketingqualifiedlead');
});
