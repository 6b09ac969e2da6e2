import { describe, expect, test } from 'vitest';
import { periodsUpTo } from '../../src/analysis/review/periods.ts';
import { DAY, HOUR } from '../../src/base/clock.ts';
import { loadConfig } from '../../src/settings/config.ts';
import type { Connection } from '../../src/sync/connection.ts';
import { withPast } from '../../src/sync/history/read-past.ts';
import { type ReviewedPast, reviewPast } from '../../src/sync/history/review-past.ts';
import { addOrgContact, addOrgProspect } from '../support/org-people.ts';
import { openOrgWorld } from '../support/org-world.ts';
import { addProspect } from '../support/people.ts';
import { tempFolder } from '../support/run-cli.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();
const WEEKS = 4;
const PERIOD = WEEKS * 7 * DAY;

/** Of the last four weeks against the four before, with nothing known of what was farther back. */
async function reviewed(connection: Connection): Promise<ReviewedPast> {
  const [model] = loadConfig('config').models.models;
  if (model === undefined) throw new Error('config has no model');
  const at = connection.clock.now();
  const options = { folder: tempFolder(), since: at - 2 * PERIOD, lookBack: 180 * DAY, before: DAY };
  return withPast(connection, { ...options, evenWithoutBuyers: true }, (past) =>
    reviewPast(past, { model, challengers: [], periods: periodsUpTo(at, WEEKS) }),
  );
}

const leadsOf = ({ earlier, now }: ReviewedPast) => ({ earlier: earlier.leads, now: now.leads });
const newLeadsOf = ({ earlier, now }: ReviewedPast) => ({ earlier: earlier.fresh.leads, now: now.fresh.leads });

describe('the leads of a review', { timeout: 60_000 }, () => {
  test('in HubSpot are no customers: none of old, none that was imported, and none that bought since', async () => {
    const world = await openTestWorld(redis);
    const { people } = world.sandbox;
    const win = (id: string) => people.winDeal(people.createDeal({ name: 'Acme', contactIds: [id] }).id);
    const old = addProspect(world, 'old').contact;
    addProspect(world, 'ada');
    const ben = addProspect(world, 'ben').contact;
    const cleo = addProspect(world, 'cleo').contact;
    await world.clock.advance(30 * DAY);
    win(old.id);
    await world.clock.advance(200 * DAY);
    // Before the middle one came with the purchase, and one bought; after it the same.
    addProspect(world, 'imported', { lifecyclestage: 'customer' });
    win(ben.id);
    await world.clock.advance(PERIOD - DAY);
    win(cleo.id);
    const stranger = addProspect(world, 'stranger', { lifecyclestage: 'customer' }).contact;
    addProspect(world, 'eve');
    await world.clock.advance(HOUR);
    for (const { id } of [old, stranger]) people.visit(id, '/pricing');
    await world.clock.advance(2 * DAY);
    const told = await reviewed(world.connection);
    expect(leadsOf(told)).toEqual({ earlier: 2, now: 2 });
    expect(newLeadsOf(told)).toEqual({ earlier: 0, now: 1 });
    expect([...(told.did.get('page-view') ?? [])]).toEqual(new Array(2 * WEEKS).fill(0));
  });

  test('in Salesforce are no customers either, and whom sales converted are leads until they buy', async () => {
    const world = await openOrgWorld(redis);
    const { people } = world.sandbox;
    const [old, ada, ben] = ['old', 'ada', 'ben'].map((name) => addOrgProspect(world, name).id);
    await world.clock.advance(30 * DAY);
    people.winOpportunity(people.convert(old ?? '').contact.id);
    await world.clock.advance(200 * DAY);
    people.winOpportunity(addOrgContact(world, 'imported').id);
    const converted = people.convert(ben ?? '').contact;
    people.convert(ada ?? '');
    await world.clock.advance(PERIOD - DAY);
    people.winOpportunity(converted.id);
    people.winOpportunity(addOrgContact(world, 'stranger').id);
    addOrgProspect(world, 'eve');
    await world.clock.advance(2 * DAY);
    const told = await reviewed(world.connection);
    expect(leadsOf(told)).toEqual({ earlier: 2, now: 2 });
    expect(newLeadsOf(told)).toEqual({ earlier: 0, now: 1 });
  });

  test('are all leads where nobody bought', async () => {
    const world = await openTestWorld(redis);
    addProspect(world, 'ada');
    await world.clock.advance(PERIOD + DAY);
    addProspect(world, 'eve');
    await world.clock.advance(DAY);
    const told = await reviewed(world.connection);
    expect(leadsOf(told)).toEqual({ earlier: 1, now: 2 });
    expect(told.judged.bought).toHaveLength(0);
    // Of the contact's own values HubSpot knows the past, but not of its company's, which count while it has none.
    expect([...told.pastUnknown]).toEqual(['employees', 'annual_revenue']);
  });
});
