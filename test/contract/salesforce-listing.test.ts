import { afterEach, describe, expect, test } from 'vitest';
import { RetryableError } from '../../src/base/errors.ts';
import type { CallOptions, Crm, LeadRecord } from '../../src/crm/crm.ts';
import { type SalesforceWorld, salesforceWorld } from '../support/salesforce-world.ts';

let world: SalesforceWorld;
afterEach(() => world.close());

const RESULTS = /\/jobs\/query\/[^/]+\/results/;

async function listed(crm: Crm, after?: string, options?: CallOptions): Promise<LeadRecord[]> {
  const records: LeadRecord[] = [];
  for (let next = after, isFirst = true; isFirst || next !== undefined; isFirst = false) {
    const page = await crm.listLeads(next, options);
    records.push(...page.records);
    next = page.next;
  }
  return records;
}
const idsOf = (records: readonly LeadRecord[]) => records.map(({ lead }) => lead.id);

/** Leads, Contacts of an account, and some Leads that were converted or merged. */
function populate(count: number): string[] {
  const { people } = world.sandbox;
  const acme = people.createAccount({ Name: 'Acme', NumberOfEmployees: 400 }).id;
  const leads = Array.from(
    { length: count },
    (_, index) => people.createLead({ Email: `lead-${index}@acme.example`, Description: 'one\n"two", three' }).id,
  );
  const contacts = Array.from(
    { length: count / 2 },
    (_, index) => people.createContact({ Email: `contact-${index}@acme.example`, AccountId: acme }).id,
  );
  const [converted = '', loser = '', winner = ''] = leads;
  people.convert(converted, { contactId: contacts[0] });
  people.merge(winner, loser);
  return [...leads.slice(2), ...contacts];
}

describe('the list of all leads', () => {
  test('has every one once, just as it is read', async () => {
    world = await salesforceWorld();
    const ids = populate(500);
    const records = await listed(world.crm);
    expect(idsOf(records)).toEqual(ids);
    const read = await world.crm.readLeads(ids);
    expect(records).toEqual(ids.map((id) => read.find(({ lead }) => lead.id === id)));
  });

  test('costs a handful of calls, however many there are', async () => {
    world = await salesforceWorld();
    populate(1_000);
    expect(await world.callsOf(() => listed(world.crm))).toBeLessThan(14);
  });

  test('lets all other calls go first where a backfill asks for it', async () => {
    world = await salesforceWorld();
    populate(100);
    const { budget, crm } = world;
    const before = budget.taken.length;
    await listed(crm, undefined, { patient: true });
    const taken = budget.taken.slice(before);
    expect(taken.length).toBeGreaterThan(4);
    expect(taken.filter(({ patient }) => patient !== true)).toEqual([]);
  });

  test('goes on in another process, for the price of one page of results', async () => {
    world = await salesforceWorld();
    const ids = populate(1_000);
    const first = await world.crm.listLeads(undefined);
    const second = await world.crm.listLeads(first.next);
    const another = await world.anew();
    let third: Awaited<ReturnType<Crm['listLeads']>> | undefined;
    // The page of results, and what the recycle bin has of merges.
    expect(
      await world.callsOf(async () => {
        third = await another.listLeads(second.next);
      }),
    ).toBe(2);
    const rest = await listed(another, third?.next);
    const all = [...first.records, ...second.records, ...(third?.records ?? []), ...rest];
    expect(idsOf(all)).toEqual(ids);
  });

  test('begins its kind of records anew where the job is gone, and leaves nobody out', async () => {
    world = await salesforceWorld();
    const ids = populate(1_000);
    const first = await world.crm.listLeads(undefined);
    const [, job = ''] = first.next?.split(':') ?? [];
    const { url } = world.sandbox;
    const headers = { Authorization: `Bearer ${world.sandbox.accessToken()}` };
    const gone = await fetch(`${url}/services/data/v68.0/jobs/query/${job}`, { method: 'DELETE', headers });
    expect(gone.status).toBe(204);
    const rest = await listed(await world.anew(), first.next);
    expect(idsOf(rest)).toEqual(ids);
  });

  test('begins anew where the job is refused, as of another version of the API', async () => {
    world = await salesforceWorld();
    const ids = populate(1_000);
    const first = await world.crm.listLeads(undefined);
    const refused = [{ errorCode: 'INVALID_VERSION', message: 'the job was created with another version' }];
    world.sandbox.faults.add({ path: RESULTS, status: 409, body: refused, times: 1 });
    const rest = await listed(await world.anew(), first.next);
    expect(idsOf(rest)).toEqual(ids);
  });

  test('gives up where one job after another is gone', async () => {
    world = await salesforceWorld();
    populate(10);
    world.sandbox.faults.add({ path: RESULTS, status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'gone' }] });
    await expect(world.crm.listLeads(undefined)).rejects.toBeInstanceOf(RetryableError);
    expect(world.sandbox.requests.all().filter(({ path }) => /\/jobs\/query$/.test(path))).toHaveLength(4);
  });

  test('that cannot read a job says so, and starts another when it is asked again', async () => {
    world = await salesforceWorld();
    const ids = populate(10);
    world.sandbox.faults.add({ path: RESULTS, status: 503, times: 3 });
    await expect(world.crm.listLeads(undefined)).rejects.toBeInstanceOf(RetryableError);
    expect(idsOf(await listed(world.crm))).toEqual(ids);
  });

  test('of nobody is empty', async () => {
    world = await salesforceWorld();
    expect(await world.crm.listLeads(undefined)).toEqual({ records: [], next: undefined });
  });
});

describe('a sample', () => {
  test('has Leads and Contacts by their share, none that was converted', async () => {
    world = await salesforceWorld();
    const ids = populate(1_000);
    const { ids: some, total } = await world.crm.sampleLeads(300);
    expect(total).toBe(ids.length);
    expect(new Set(some).size).toBe(300);
    expect(ids).toEqual(expect.arrayContaining([...some]));
    const contacts = some.filter((id) => id.startsWith('003')).length;
    expect(contacts).toBeGreaterThan(70);
    expect(contacts).toBeLessThan(130);
  });
});
