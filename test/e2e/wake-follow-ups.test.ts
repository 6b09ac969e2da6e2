import { expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/base/clock.ts';
import { listUndone, resumeRule } from '../../src/ledger/ceiling-decisions.ts';
import { askCeiling } from '../../src/ledger/ceilings.ts';
import { countDirty, takeDirty } from '../../src/ledger/dirty.ts';
import { type FollowUp, listFollowUps, modelsOfFollowUps, saveFollowUps } from '../../src/ledger/follow-ups.ts';
import type { Space } from '../../src/ledger/space.ts';
import { forgetLead } from '../../src/sync/forget-lead.ts';
import { wakeFollowUps } from '../../src/sync/wake-follow-ups.ts';
import { addProspect } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();

/** A portal with two leads who are followed up; the first is to be looked at in five minutes, by both models that routed it, of which one is no more. */
async function followed() {
  const world = await openTestWorld(redis);
  const [ada, bo] = ['ada', 'bo'].map((name) => addProspect(world, name).contact.id);
  if (ada === undefined || bo === undefined) throw new Error('nobody is there');
  const { space } = world.connection;
  const { clock } = world;
  const now = clock.now();
  const entry = (leadId: string): FollowUp => {
    return { leadId, model: 'platform', routedAt: now, followUpBy: now + DAY, attempts: 0, state: 'open' };
  };
  const nextAt = now + 5 * MINUTE;
  const ofAda = { ...entry(ada), nextAt };
  await saveFollowUps(space, [ofAda, { ...ofAda, model: 'services' }, { ...entry(bo), nextAt: now + DAY }], now);
  const woken: string[] = [];
  const connection = { ...world.connection, wake: async (job: string) => void woken.push(job) };
  return { connection, space, clock, ada, woken };
}

it('a lead whose follow-up is to be looked at is scored again then, once, and no other one is', async () => {
  const { connection, space, clock, ada, woken } = await followed();
  await clock.advance(5 * MINUTE - 1);
  expect(await wakeFollowUps(connection)).toBe(0);
  expect(woken).toEqual([]);
  await clock.advance(1);
  expect(await wakeFollowUps(connection)).toBe(1);
  expect(woken).toEqual(['score']);
  expect((await takeDirty(space, 10, clock.now())).map(({ id }) => id)).toEqual([ada]);
  expect(await wakeFollowUps(connection)).toBe(0);
});

it('what a model began that was taken out of config is closed', async () => {
  const { connection, space, clock, ada } = await followed();
  const states = async () =>
    (await listFollowUps(space, clock.now())).flatMap(({ leadId, model, state, dueBy }) =>
      leadId === ada ? [[model, state, dueBy]] : [],
    );
  expect(await states()).toContainEqual(['services', 'open', undefined]);
  await wakeFollowUps(connection);
  expect((await states()).toSorted()).toEqual([
    ['platform', 'open', undefined],
    ['services', 'closed', undefined],
  ]);
  // The next process finds nothing to look for.
  expect(await modelsOfFollowUps(space)).toEqual(['platform']);
});

it('a lead that is no more is not followed up', async () => {
  const { connection, space, clock, ada } = await followed();
  await forgetLead(connection, ada);
  await clock.advance(5 * MINUTE);
  expect(await wakeFollowUps(connection)).toBe(0);
  expect(await countDirty(space)).toBe(0);
});

it('a decision on a rule that was stopped, which broke off, is finished while the worker runs', async () => {
  const { connection, space, clock, ada, woken } = await followed();
  const firings = ['1', ada].map((leadId) => ({ leadId, event: `request of ${leadId}` }));
  await askCeiling(space, 'platform/demo-request', firings, { leads: 1, per: DAY, now: clock.now() });
  const broken: Space = { ...space, of: (name) => (name === 'sales' ? space.of(name) : fail()) };
  await expect(resumeRule(broken, 'platform/demo-request', clock.now())).rejects.toThrow('the process ended');
  // Whoever decided may still be at it.
  expect(await wakeFollowUps(connection)).toBe(0);
  await clock.advance(MINUTE);
  expect(await wakeFollowUps(connection)).toBe(1);
  expect(woken).toEqual(['score']);
  expect((await takeDirty(space, 10, clock.now())).map(({ id }) => id)).toEqual([ada]);
  expect(await listUndone(space)).toEqual([]);
});

const fail = () => {
  throw new Error('the process ended');
};
