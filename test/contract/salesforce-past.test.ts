import { afterEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, SECOND } from '../../src/base/clock.ts';
import type { Crm, PastRecord } from '../../src/crm/crm.ts';
import { leadAt } from '../../src/leads/lead-at.ts';
import { FIELDS, type SalesforceWorld, salesforceWorld } from '../support/salesforce-world.ts';

let world: SalesforceWorld;
afterEach(() => world.close());

async function listed(crm: Crm): Promise<PastRecord[]> {
  const records: PastRecord[] = [];
  for (let next: string | undefined, isFirst = true; isFirst || next !== undefined; isFirst = false) {
    const page = await crm.listPast(next);
    records.push(...page.records);
    next = page.next;
  }
  return records;
}
async function pastOf(id: string): Promise<PastRecord> {
  const found = (await listed(world.crm)).find(({ lead }) => lead.id === id);
  if (found === undefined) throw new Error('the lead is not there');
  return found;
}
const people = () => world.sandbox.people;
const now = () => Math.floor(world.clock.now() / SECOND) * SECOND;

describe('the past of leads', () => {
  test('is what the history of the org has of their fields', async () => {
    world = await salesforceWorld();
    const made = now();
    const { id } = people().createLead({ Email: 'ada@acme.example', Title: 'Analyst', Country: 'France' });
    const { id: contact } = people().createContact({ Title: 'Engineer', MailingCountry: 'Spain' });
    await world.clock.advance(DAY);
    const changed = now();
    people().change(id, { Title: 'CTO', Country: null });
    people().change(contact, { MailingCountry: 'Italy' });
    const record = await pastOf(id);
    expect(record.past).toEqual({
      job_title: [
        { value: 'Analyst', since: made },
        { value: 'CTO', since: changed },
      ],
      country: [
        { value: 'France', since: made },
        { value: undefined, since: changed },
      ],
    });
    expect(leadAt(record.lead, record.past, made + HOUR).fields).toMatchObject({
      job_title: 'Analyst',
      country: 'France',
    });
    expect(record).not.toHaveProperty('convertedAt');
    expect((await pastOf(contact)).past).toEqual({
      job_title: [{ value: 'Engineer', since: made }],
      country: [
        { value: 'Spain', since: made },
        { value: 'Italy', since: changed },
      ],
    });
  });

  test('of a Contact goes back to the Lead that it was', async () => {
    world = await salesforceWorld();
    const made = now();
    const lead = people().createLead({ Title: 'Analyst', NumberOfEmployees: 40, Company: 'Acme' }).id;
    await world.clock.advance(DAY);
    const titled = now();
    people().change(lead, { Title: 'Head of Data' });
    await world.clock.advance(DAY);
    const handover = now();
    const { contact, account } = people().convert(lead);
    await world.clock.advance(DAY);
    const later = now();
    people().change(contact.id, { Title: 'CTO' });
    people().change(account.id, { NumberOfEmployees: 400 });

    const record = await pastOf(contact.id);
    expect(record.lead).toMatchObject({ createdAt: made, fields: { job_title: 'CTO', employees: '400' } });
    expect(record.convertedAt).toBe(handover);
    expect(record.past.job_title).toEqual([
      { value: 'Analyst', since: made },
      { value: 'Head of Data', since: titled },
      { value: 'CTO', since: later },
    ]);
    // Of accounts no history is read: since the Lead is one of its people, what it has now counts.
    expect(record.past.employees).toEqual([
      { value: '40', since: made },
      { value: '400', since: handover },
    ]);
    expect(leadAt(record.lead, record.past, handover - SECOND).fields).toMatchObject({
      job_title: 'Head of Data',
      employees: '40',
    });
  });

  test('of a Contact that was there before the Lead is its own, and the conversion was not later than told', async () => {
    world = await salesforceWorld();
    const made = now();
    const { id } = people().createContact({ Title: 'Engineer' });
    await world.clock.advance(3 * DAY);
    people().convert(people().createLead({ Title: 'Analyst' }).id, { contactId: id });
    const record = await pastOf(id);
    expect(record.past.job_title).toEqual([{ value: 'Engineer', since: made }]);
    expect(record.convertedAt).toBeLessThanOrEqual(now());
    expect(record.convertedAt).toBeGreaterThan(now() - 2 * DAY);
  });

  const MQL_AT = ['Leadgauge_MQL_At__c'];
  const config = { fields: FIELDS, model_outputs: { services: {} } };

  /** A lead that came to be an MQL by the first model twice, a day between. */
  async function twiceMql(): Promise<{ readonly id: string; readonly at: readonly number[] }> {
    const { id } = people().createLead({ Email: 'ada@acme.example' });
    const at = [now(), now() + DAY];
    await world.crm.writeLeads([{ id, outputs: { platform: { mqlAt: at[0] ?? 0 } } }]);
    await world.clock.advance(DAY);
    await world.crm.writeLeads([{ id, outputs: { platform: { mqlAt: at[1] ?? 0 } } }]);
    return { id, at };
  }

  test('has each time that they came to be MQLs where a history is kept of that, also once they are Contacts', async () => {
    world = await salesforceWorld({ config, org: { tracked: { Lead: MQL_AT, Contact: MQL_AT } } });
    const { id, at } = await twiceMql();
    people().createLead({ Email: 'bob@acme.example' });
    expect((await listed(world.crm)).map(({ mqls }) => mqls)).toEqual([{ platform: { at, isWhole: true } }, {}]);
    const { contact } = people().convert(id);
    expect((await pastOf(contact.id)).mqls).toEqual({ platform: { at, isWhole: true } });
  });

  test('has the last time alone where none is kept', async () => {
    world = await salesforceWorld({ config });
    const { id, at } = await twiceMql();
    const last = { platform: { at: at.slice(1), isWhole: false } };
    expect((await pastOf(id)).mqls).toEqual(last);
    const { contact } = people().convert(id);
    expect((await pastOf(contact.id)).mqls).toEqual(last);
  });

  test('is of the same leads as the list', async () => {
    world = await salesforceWorld();
    const leads = Array.from(
      { length: 230 },
      (_, index) => people().createLead({ Email: `a${index}@acme.example` }).id,
    );
    const [first = '', second = ''] = leads;
    people().merge(second, first);
    people().createContact({ Email: 'bob@acme.example' });
    const { records } = await world.crm.listLeads(undefined);
    const past = await listed(world.crm);
    expect(past).toHaveLength(230);
    expect(past.slice(0, records.length).map(({ past: _, mqls: __, ...record }) => record)).toEqual(records);
  });

  test('takes two dozen calls, however many there are', async () => {
    world = await salesforceWorld();
    for (let index = 0; index < 900; index++) people().createLead({ Title: `Analyst ${index}` });
    for (let index = 0; index < 300; index++) people().createContact({ Title: `Engineer ${index}` });
    expect(await world.callsOf(() => listed(world.crm))).toBeLessThan(24);
  });

  test('is read page by page where Bulk does not take the history', async () => {
    world = await salesforceWorld();
    const { id } = people().createLead({ Title: 'Analyst' });
    people().change(id, { Title: 'CTO' });
    const refused = [{ errorCode: 'INVALID_TYPE', message: 'not in bulk' }];
    world.sandbox.faults.add({ method: 'POST', path: /\/jobs\/query$/, skip: 1, times: 1, status: 400, body: refused });
    expect((await pastOf(id)).past.job_title?.map(({ value }) => value)).toEqual(['Analyst', 'CTO']);
  });
});

describe('the fields whose past is known', () => {
  test('are those of which a history is kept on leads and on contacts; the others are named', async () => {
    world = await salesforceWorld();
    const { known, findings } = await world.crm.pastFields();
    expect([...known]).toEqual(['job_title', 'country']);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ level: 'warning', message: expect.stringContaining('Set History Tracking') });
    for (const name of ['email (Lead)', 'email (Contact)', 'employees (Lead)', 'employees (Account)', 'notes (Lead)'])
      expect(findings[0]?.message).toContain(name);
  });

  test('are asked for once', async () => {
    world = await salesforceWorld();
    expect(await world.callsOf(() => world.crm.pastFields())).toBe(1);
    expect(await world.callsOf(() => world.crm.pastFields())).toBe(0);
  });

  test('are none where no history is kept, and no history is asked for', async () => {
    world = await salesforceWorld({ org: { tracked: {} } });
    const { id } = people().createLead({ Title: 'Analyst' });
    people().change(id, { Title: 'CTO' });
    expect((await pastOf(id)).past).toEqual({});
    const jobs = world.sandbox.requests
      .all()
      .filter(({ method, path }) => method === 'POST' && /jobs\/query$/.test(path));
    expect(jobs).toHaveLength(2);
    expect((await world.crm.pastFields()).known.size).toBe(0);
  });
});
