import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/base/clock.ts';
import type { Connection } from '../../src/sync/connection.ts';
import { type PastLead, type PastOptions, type ReadPast, withPast } from '../../src/sync/history/read-past.ts';
import { openBothWorlds } from '../support/both-worlds.ts';
import { addOrgProspect } from '../support/org-people.ts';
import { openOrgWorld } from '../support/org-world.ts';
import { addProspect } from '../support/people.ts';
import { keysLike } from '../support/redis-keys.ts';
import { tempFolder } from '../support/run-cli.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();
const client = redis.client();

interface Read extends Omit<ReadPast, 'leads'> {
  readonly seen: readonly PastLead[];
}

/** Two years back, a day before the sale, unless told. */
async function readPast(connection: Connection, options: Partial<PastOptions> = {}): Promise<Read> {
  const folder = tempFolder();
  const now = connection.clock.now();
  const own = { folder, since: now - 730 * DAY, lookBack: 180 * DAY, before: DAY, ...options };
  const read = await withPast(connection, own, async ({ leads, ...past }) => {
    const seen: PastLead[] = [];
    for await (const some of leads()) seen.push(...some);
    return { ...past, seen };
  });
  expect(readdirSync(folder)).toEqual([]);
  return read;
}

const buyersOf = ({ seen }: Read) => seen.filter(({ bought }) => bought);
const typesOf = (lead: PastLead | undefined) => lead?.activities.map(({ type, url, name }) => `${type} ${name ?? url}`);
const isReady = ({ lead }: PastLead) => lead.fields.timeframe === 'now';

describe('leads as they were', { timeout: 120_000 }, () => {
  test('in HubSpot, buyers are those of the portal, and nothing of what came after tells of them', async () => {
    const world = await openTestWorld(redis, { leads: 400, buyers: 'by-rule' });
    const { portal, requests } = world.sandbox;
    const writes = requests.count({ kind: 'write' });
    const keys = async () => (await keysLike(client, '*')).filter((key) => !key.includes(':budget:')).sort();
    const before = await keys();
    const past = await readPast(world.connection);
    const sold = portal.contacts.all.filter(({ bought }) => bought);
    expect(past).toMatchObject({
      outcome: 'deal-won',
      count: 400,
      outcomes: { 'deal-won': sold.length, converted: 0 },
    });
    const buyers = buyersOf(past);
    expect(buyers.length + past.imported).toBe(sold.length);
    expect(buyers.length).toBeGreaterThan(20);
    expect(sold.filter((contact) => portal.textOf(contact, 'timeframe') === 'now').length).toBeGreaterThan(20);
    expect(buyers.filter(isReady)).toEqual([]);
    for (const { lead, activities, at } of past.seen) {
      expect(lead.createdAt).toBeLessThanOrEqual(at);
      expect(activities.every((activity) => activity.at <= at)).toBe(true);
    }
    expect(past.seen.flatMap(({ activities }) => activities).some(({ type }) => type === 'page-view')).toBe(true);
    expect(past.seen.length + past.imported + past.young + past.earlier.leads).toBe(400);
    // Read, and nothing else.
    expect(requests.count({ kind: 'write' })).toBe(writes);
    expect(await keys()).toEqual(before);
  });

  test('in Salesforce the same, where they were converted before they signed', async () => {
    const world = await openOrgWorld(redis, { leads: 400, buyers: 'by-rule' });
    const writes = world.writes();
    const past = await readPast(world.connection);
    const { won = 0, converted = 0 } = { won: past.outcomes['deal-won'], converted: past.outcomes.converted };
    expect(past.outcome).toBe('deal-won');
    expect(converted).toBeGreaterThan(won);
    const buyers = buyersOf(past);
    expect(buyers.length).toBeGreaterThan(20);
    expect(buyers.filter(isReady)).toEqual([]);
    // Before they were converted they were leads, who have a company.
    expect(buyers.every(({ lead }) => lead.fields.company !== undefined)).toBe(true);
    const other = await readPast(world.connection, { outcome: 'converted' });
    expect(buyersOf(other).length).toBeGreaterThan(buyers.length);
    expect(world.writes()).toBe(writes);
  });

  test('what was known of a lead and what it did counts up to a day before the sale', async () => {
    const world = await openTestWorld(redis);
    const { people } = world.sandbox;
    const { contact, email } = addProspect(world);
    await world.clock.advance(10 * DAY);
    people.visit(contact.id, '/pricing');
    people.submitForm('ebook', { email });
    await world.clock.advance(3 * DAY);
    people.visit(contact.id, '/docs');
    people.update(contact.id, { jobtitle: 'CEO' });
    const deal = people.createDeal({ name: 'Acme', contactIds: [contact.id] });
    await world.clock.advance(HOUR);
    people.winDeal(deal.id);
    await world.clock.advance(DAY);
    const past = await readPast(world.connection);
    const [buyer] = buyersOf(past);
    expect(buyer?.lead.fields.job_title).toBe('Head of Sales');
    expect(typesOf(buyer)?.toSorted()).toEqual([
      'form-submission ebook',
      expect.stringMatching(/^page-view .*\/pricing$/),
      expect.stringMatching(/^page-view .*\/ebook$/),
    ]);
    const [sooner] = buyersOf(await readPast(world.connection, { before: 5 * DAY }));
    expect(sooner?.activities).toEqual([]);
  });

  test('what changed with the sale and within a month of it is told, once a month has passed', async () => {
    const world = await openTestWorld(redis);
    const { people } = world.sandbox;
    const { contact } = addProspect(world);
    await world.clock.advance(10 * DAY);
    people.update(contact.id, { country: 'Chile' });
    await world.clock.advance(10 * DAY);
    // Sales write down why before they close the deal.
    people.update(contact.id, { timeframe: 'now' });
    await world.clock.advance(HOUR);
    people.winDeal(people.createDeal({ name: 'Acme', contactIds: [contact.id] }).id);
    await world.clock.advance(29 * DAY);
    people.update(contact.id, { jobtitle: 'CEO' });
    expect((await readPast(world.connection)).changedLater(0)).toBeUndefined();
    await world.clock.advance(2 * DAY);
    people.update(contact.id, { website: 'https://acme.example' });
    for (const before of [DAY, 15 * DAY]) {
      const changed = (await readPast(world.connection, { before })).changedLater(0);
      // What changed on the way to the sale is no leak, however far ahead of it leads are looked at.
      expect(changed?.toSorted(), `${before} before`).toEqual(['job_title', 'timeframe']);
    }
  });

  test('who bought long ago is no lead that did not buy, and a sale that was taken back is none', async () => {
    const world = await openTestWorld(redis);
    const { people } = world.sandbox;
    const [ada, bob] = [addProspect(world, 'ada'), addProspect(world, 'bob')];
    await world.clock.advance(20 * DAY);
    const deals = [ada, bob].map(({ contact }) => people.createDeal({ name: 'Acme', contactIds: [contact.id] }));
    for (const { id } of deals) people.winDeal(id);
    await world.clock.advance(400 * DAY);
    people.moveDeal(deals[1]?.id ?? '', 'closedlost');
    await world.clock.advance(HOUR);
    const since = world.clock.now() - 100 * DAY;
    expect(await readPast(world.connection, { since })).toMatchObject({ earlier: { leads: 1, buyers: 1 } });
    const past = await readPast(world.connection);
    expect(past.outcomes['deal-won']).toBe(1);
    expect(past.seen.map(({ bought }) => bought)).toEqual([true, false]);
  });
});

describe('a person in two CRMs', { timeout: 120_000 }, () => {
  test('has done what was done in either, and bought where either says so', async () => {
    const both = await openBothWorlds(redis);
    const { hubspot, salesforce, clock } = both;
    const contact = addProspect(hubspot);
    const lead = addOrgProspect(salesforce);
    addOrgProspect(salesforce, 'eve');
    await clock.advance(10 * DAY);
    hubspot.sandbox.people.visit(contact.contact.id, '/pricing');
    salesforce.sandbox.people.respond('Download the ebook', lead.id);
    await clock.advance(5 * DAY);
    const { contact: converted } = salesforce.sandbox.people.convert(lead.id);
    salesforce.sandbox.people.winOpportunity(converted.id);
    await clock.advance(2 * DAY);

    const inSalesforce = await readPast(salesforce.connection, { beside: [hubspot.connection] });
    expect(inSalesforce.count).toBe(2);
    const [buyer, ...others] = buyersOf(inSalesforce);
    expect(others).toEqual([]);
    expect(typesOf(buyer)).toEqual(
      expect.arrayContaining([expect.stringMatching(/\/pricing$/), expect.stringContaining('form-submission ebook')]),
    );
    const inHubspot = await readPast(hubspot.connection, { beside: [salesforce.connection] });
    expect(inHubspot.count).toBe(1);
    expect(typesOf(buyersOf(inHubspot)[0])).toEqual(
      expect.arrayContaining([expect.stringMatching(/\/pricing$/), expect.stringContaining('form-submission ebook')]),
    );
  });

  test('has done nothing that was done in a CRM whose doings do not count; a sale there counts', async () => {
    const both = await openBothWorlds(redis, { salesforce: { role: 'destination' } });
    const { hubspot, salesforce, clock } = both;
    addProspect(hubspot);
    const lead = addOrgProspect(salesforce);
    await clock.advance(10 * DAY);
    salesforce.sandbox.people.respond('Download the ebook', lead.id);
    await clock.advance(5 * DAY);
    const { contact } = salesforce.sandbox.people.convert(lead.id);
    salesforce.sandbox.people.winOpportunity(contact.id);
    await clock.advance(2 * DAY);
    const past = await readPast(hubspot.connection, { beside: [salesforce.connection] });
    expect(past.outcome).toBe('deal-won');
    expect(buyersOf(past).map(({ activities }) => activities)).toEqual([[]]);
  });
});
