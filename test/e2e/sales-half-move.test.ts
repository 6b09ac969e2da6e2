import { expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import { RetryableError } from '../../src/base/errors.ts';
import { addProspect, asksForDemo, showInterest, stageOf, tasksOf } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();

const UPDATE = '/crm/objects/2026-09/contacts/batch/update';
/** As often as a call is tried. */
const TRIES = 3;

/** An MQL whom sales gave back, which broke off after HubSpot had emptied the stage. */
async function halfWayBack() {
  const world = await openTestWorld(redis);
  const ada = addProspect(world);
  await world.backfill();
  await world.clock.advance(HOUR);
  await world.sync();
  showInterest(world, ada);
  await world.clock.advance(HOUR);
  await world.sync();
  expect(stageOf(world, ada.contact)).toBe('marketingqualifiedlead');
  world.sandbox.people.setStatus(ada.contact.id, 'BAD_TIMING');
  world.sandbox.faults.add({ path: UPDATE, status: 503, skip: 1, times: TRIES });
  await world.poll();
  await expect(world.score()).rejects.toThrow(RetryableError);
  expect(stageOf(world, ada.contact) ?? '').toBe('');
  await world.clock.advance(MINUTE);
  return { world, ...ada };
}

it('a lead that comes back to life after half a move back still goes back to marketing', async () => {
  const { world, contact } = await halfWayBack();
  const recycledAt = () => world.sandbox.portal.valueOf(contact, 'leadgauge_recycled_at');
  const before = recycledAt();
  expect(before).toBeDefined();
  world.sandbox.people.setStatus(contact.id, 'OPEN');
  world.sandbox.people.visit(contact.id, '/pricing');
  await world.sync();
  expect(stageOf(world, contact)).toBe('lead');
  expect(recycledAt()).toBe(before);
  expect(world.text(contact, 'leadgauge_stage_reason')).toBe('Recycled: sales say not now');
  expect(world.text(contact, 'leadgauge_route') ?? '').toBe('');
  expect(await world.wrong()).toEqual([]);
});

it('also where Redis lost everything meanwhile, by the next backfill', async () => {
  const { world, contact } = await halfWayBack();
  await redis.flush();
  await world.backfill();
  expect(stageOf(world, contact)).toBe('lead');
  expect(await world.wrong()).toEqual([]);
});

it('who asks for a demo then is an MQL again', async () => {
  const { world, contact, email } = await halfWayBack();
  asksForDemo(world, email);
  await world.sync();
  expect(stageOf(world, contact)).toBe('marketingqualifiedlead');
  expect(world.text(contact, 'leadgauge_route')).toBe('sales');
  expect(tasksOf(world, contact)).toHaveLength(2);
});
