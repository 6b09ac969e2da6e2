import { describe, expect, it } from 'vitest';
import { HOUR } from '../../src/base/clock.ts';
import { addOrgProspect, orgState, showOrgInterest } from '../support/org-people.ts';
import { type OrgWorld, openOrgWorld } from '../support/org-world.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

describe('outbound messages are hints', { timeout: 120_000 }, () => {
  it.each<[string, (world: OrgWorld) => void]>([
    [
      'dropped',
      ({ sandbox: { outbound } }) => {
        if (outbound !== undefined) outbound.mode = 'drop';
      },
    ],
    [
      'sent three times and the latest first',
      ({ sandbox: { outbound } }) => outbound && Object.assign(outbound, { copies: 3, reversed: true }),
    ],
  ])('%s, they lead to the same state', async (_, arrange) => {
    const [usual, unusual] = [
      await openOrgWorld(redis, { leads: 30, webhooks: true, namespace: 'usual' }),
      await openOrgWorld(redis, { leads: 30, webhooks: true, namespace: 'unusual' }),
    ];
    arrange(unusual);
    await live(usual);
    await live(unusual);
    expect(orgState(unusual)).toEqual(orgState(usual));
    expect(tasksIn(unusual)).toBe(tasksIn(usual));
    expect(tasksIn(usual)).toBeGreaterThan(0);
    expect(await unusual.wrong()).toEqual([]);
  });
});

it('what leadgauge wrote itself comes back as outbound messages and in the polls, and nothing is written for it', async () => {
  const world = await openOrgWorld(redis, { leads: 20, webhooks: true });
  const { outbound } = world.sandbox;
  const { id } = addOrgProspect(world);
  await world.backfill();
  await outbound?.settled();
  await world.sync();
  await world.clock.advance(HOUR);
  showOrgInterest(world, id);
  await world.sync();
  expect(world.text(id, 'Leadgauge_Stage__c')).toBe('MQL');
  await outbound?.settled();
  const [writes, told] = [world.writes(), outbound?.deliveries.length ?? 0];
  // Of each of the twenty at least, as the backfill wrote them.
  expect(outbound?.deliveries.flatMap(({ records }) => records).length).toBeGreaterThan(20);
  for (let poll = 0; poll < 4; poll += 1) {
    await world.sync();
    await outbound?.settled();
  }
  expect(world.writes()).toBe(writes);
  expect(outbound?.deliveries.length).toBe(told);
});

/** Half a day in an org. */
async function live(world: OrgWorld): Promise<void> {
  const { people, outbound, org } = world.sandbox;
  const prospects = Array.from({ length: 4 }, (_, index) => addOrgProspect(world, `p${index}`).id);
  const leads = org
    .type('Lead')
    .live()
    .filter((lead) => !lead.flag('IsConverted'))
    .map(({ id }) => id);
  await world.backfill();
  await world.clock.advance(HOUR);
  for (const [index, id] of leads.entries()) {
    if (index % 3 === 0) people.change(id, { Title: 'Director of Sales' });
    if (index % 4 === 0) people.respond('Download the ebook', id);
    if (index % 5 === 0) people.logCall(id);
    if (id === prospects[0]) people.respond('Request a demo', id);
    if (index % 10 !== 9) continue;
    await outbound?.settled();
    await world.hotPoll();
    await world.score();
  }
  people.merge(prospects[1] ?? '', prospects[2] ?? '');
  people.remove(prospects[3] ?? '');
  await outbound?.settled();
  await world.clock.advance(HOUR);
  await world.sync();
  await world.sync();
}

function tasksIn({ sandbox: { org } }: OrgWorld): number {
  return org.type('Task').where('CreatedById', org.integrationUserId).length;
}
