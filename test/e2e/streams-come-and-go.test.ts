import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/base/clock.ts';
import { coversStreams } from '../../src/sync/backfill.ts';
import { ordinaryStreams, pullStreams } from '../../src/sync/pull-streams.ts';
import { addProspect, stateOf } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();

/** HubSpot's answer where an edition does not have page views. Call what it returns, and the edition has them again. */
function withoutPageViews({ sandbox }: World): () => void {
  return sandbox.faults.add({ path: '/events/event-occurrences', status: 403, body: { category: 'MISSING_SCOPES' } });
}

async function openWithVisitor() {
  const world = await openTestWorld(redis, { leads: 0 });
  const { contact } = addProspect(world);
  await world.backfill();
  for (let day = 0; day < 3; day += 1) {
    world.sandbox.people.visit(contact.id, '/pricing');
    await world.clock.advance(DAY);
  }
  await world.sync();
  return { world, contact };
}

/** The same leadgauge, started again. */
const restart = (world: World) => openTestWorld(redis, { joins: world });

describe('a stream that the portal no longer gives', () => {
  it('leaves what it told to the counters, and nothing counts twice', async () => {
    const { world, contact } = await openWithVisitor();
    expect(world.text(contact, 'leadgauge_reasons')).toContain('+3 Pages viewed (3 times');

    withoutPageViews(world);
    const restarted = await restart(world);
    await restarted.backfill();
    expect(world.text(contact, 'leadgauge_reasons')).toContain('+3 Pages viewed (3 times');
    expect(await restarted.wrong()).toEqual([]);
    const anew = await openTestWorld(redis, { joins: world, namespace: 'anew' });
    const before = stateOf(world);
    await anew.backfill();
    expect(stateOf(world)).toEqual(before);
  });

  it('holds up no other while leadgauge runs, and says what to do', async () => {
    const { world, contact } = await openWithVisitor();
    withoutPageViews(world);
    world.sandbox.people.bookMeeting({ contactIds: [contact.id], start: world.clock.now() });
    await world.clock.advance(MINUTE);
    const pulled = pullStreams(world.connection, ordinaryStreams(world.connection), {});
    // One that a person must mend would pause the whole connection.
    await expect(pulled).rejects.toMatchObject({ name: 'RetryableError' });
    await expect(pulled).rejects.toThrow(
      /^page-view can no longer be read, and all else goes on: .*restart the worker$/,
    );
    await world.score();
    expect(world.text(contact, 'leadgauge_reasons')).toContain('eeting');
  });
});

it('a stream that the portal gives since leadgauge was started calls for a backfill', async () => {
  const world = await openTestWorld(redis, { leads: 0 });
  const off = withoutPageViews(world);
  const small = await restart(world);
  const { contact } = addProspect(small);
  small.sandbox.people.visit(contact.id, '/pricing');
  await small.clock.advance(DAY);
  await small.backfill();
  expect(await coversStreams(small.connection)).toBe(true);

  off();
  const larger = await restart(world);
  expect(await coversStreams(larger.connection)).toBe(false);
  await larger.backfill();
  expect(await coversStreams(larger.connection)).toBe(true);
  expect(world.text(contact, 'leadgauge_reasons')).toContain('Pages viewed');
  expect(await larger.wrong()).toEqual([]);
});
