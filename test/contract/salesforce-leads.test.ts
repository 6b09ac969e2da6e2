import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import type { LeadRecord } from '../../src/crm/crm.ts';
import { FIELDS, type SalesforceWorld, salesforceWorld } from '../support/salesforce-world.ts';

let world: SalesforceWorld;
beforeEach(async () => {
  world = await salesforceWorld({
    config: { fields: FIELDS, lifecycle: { stages: ['Lead', 'MQL', 'Customer'] } },
  });
});
afterEach(() => world.close());

const people = () => world.sandbox.people;
const lead = (values: object = {}) => people().createLead({ ...values }).id;
const contact = (values: object = {}) => people().createContact({ ...values }).id;
async function read(...ids: readonly string[]): Promise<LeadRecord[]> {
  return world.crm.readLeads(ids);
}
const idsOf = (records: readonly LeadRecord[]) => records.map((record) => record.lead.id);

describe('reading leads', () => {
  test('a hundred Leads and Contacts are one call, whatever was converted to them', async () => {
    const acme = people().createAccount({ Name: 'Acme', NumberOfEmployees: 400 }).id;
    const leads = Array.from({ length: 50 }, () => lead());
    const contacts = Array.from({ length: 50 }, () => contact({ AccountId: acme }));
    for (const id of contacts.slice(0, 10)) people().convert(lead(), { contactId: id });
    const ids = [...leads, ...contacts];
    let records: LeadRecord[] = [];
    const calls = await world.callsOf(async () => {
      records = await read(...ids);
    });
    expect(calls).toBe(1);
    expect(new Set(idsOf(records))).toEqual(new Set(ids));
  });

  test('an id of 15 characters is the same as that of 18', async () => {
    const id = lead({ Email: 'ada@acme.example' });
    expect(idsOf(await read(id.slice(0, 15)))).toEqual([id]);
    expect(idsOf(await read(id.slice(0, 15), id))).toEqual([id]);
  });

  test('a Contact has the size of its account', async () => {
    const acme = people().createAccount({ Name: 'Acme', NumberOfEmployees: 400 }).id;
    const [record] = await read(contact({ AccountId: acme }));
    expect(record?.lead).toMatchObject({ accountId: acme, fields: { employees: '400' } });
  });

  test('a person account is read as its Contact, and belongs to no company', async () => {
    const { id } = people().createPersonAccount({ LastName: 'Lovelace', Email: 'ada@home.example' });
    const [record] = await read(id);
    expect(record?.lead).toMatchObject({ id, emails: ['ada@home.example'] });
    expect(record?.lead).not.toHaveProperty('accountId');
  });
});

describe('a converted Lead', () => {
  test('is its Contact, with its id, its address and how far it got', async () => {
    const id = lead({ Email: 'ada@acme.example', Leadgauge_Stage__c: 'MQL' });
    const converted = people().convert(id).contact.id;
    people().change(converted, { Email: 'ada.lovelace@acme.example' });
    const records = await read(id);
    expect(records).toMatchObject([
      {
        lead: {
          id: converted,
          formerIds: [id],
          emails: ['ada.lovelace@acme.example', 'ada@acme.example'],
        },
        stage: 'mql',
      },
    ]);
    expect(await read(converted)).toEqual(records);
    expect(await read(id, converted)).toEqual(records);
  });

  test('is found by its address, as the Contact that it is', async () => {
    const id = lead({ Email: 'ada@acme.example' });
    const converted = people().convert(id).contact.id;
    people().change(converted, { Email: 'ada.lovelace@acme.example' });
    expect(idsOf(await world.crm.findLeads(['ada@acme.example']))).toEqual([converted]);
  });

  test('whose Contact was merged lives on in what is left', async () => {
    const id = lead({ Email: 'ada@acme.example' });
    const converted = people().convert(id).contact.id;
    const twin = contact({ Email: 'ada@home.example' });
    people().merge(twin, converted);
    const records = await read(id);
    expect(records).toMatchObject([{ lead: { id: twin, formerIds: [converted, id].sort() } }]);
    expect(await read(twin)).toEqual(records);
  });

  test('whose Contact was deleted is nobody any more', async () => {
    const id = lead();
    people().remove(people().convert(id).contact.id);
    expect(await read(id)).toEqual([]);
  });
});

describe('a merged record', () => {
  test('lives on over several merges, until the recycle bin forgets it', async () => {
    const [first, second, third] = ['a', 'b', 'c'].map((name) => lead({ Email: `${name}@acme.example` }));
    if (first === undefined || second === undefined || third === undefined) throw new Error('three leads');
    people().merge(second, first);
    people().merge(third, second);
    for (const asked of [first, second, third]) {
      expect(await read(asked)).toMatchObject([
        {
          lead: {
            id: third,
            formerIds: [first, second].sort(),
            emails: ['c@acme.example', 'a@acme.example', 'b@acme.example'],
          },
        },
      ]);
    }
    people().purge(first);
    people().purge(second);
    expect(await read(first, third)).toMatchObject([
      { lead: { id: third, formerIds: [], emails: ['c@acme.example'] } },
    ]);
  });
});

describe('finding leads', () => {
  test('brings Leads and Contacts with an address, in one call more than reading them', async () => {
    const ids = [
      lead({ Email: 'Ada@acme.example' }),
      lead({ Email: 'ada@acme.example' }),
      contact({ Email: 'ada@acme.example' }),
    ];
    let records: LeadRecord[] = [];
    const calls = await world.callsOf(async () => {
      records = await world.crm.findLeads(['ada@acme.example', "o'neil@acme.example", 'a\\b@acme.example', 'nonsense']);
    });
    expect(idsOf(records).sort()).toEqual(ids.sort());
    expect(calls).toBe(2);
  });

  test('of nobody is one call', async () => {
    expect(await world.callsOf(() => world.crm.findLeads(['ada@acme.example']))).toBe(1);
    expect(await world.callsOf(() => world.crm.findLeads(['nonsense']))).toBe(0);
  });
});

describe('the recycle bin', () => {
  test('has what was deleted, and not what lives on in others', async () => {
    const [deleted, loser, winner, converted] = [lead(), lead(), lead(), lead()];
    const gone = contact();
    people().merge(winner, loser);
    people().convert(converted);
    people().remove(deleted);
    people().remove(gone);
    const archived = (await Array.fromAsync(world.crm.archivedLeads())).flat();
    expect(archived.sort()).toEqual([deleted, gone].sort());
    people().restore(deleted);
    expect((await Array.fromAsync(world.crm.archivedLeads())).flat()).toEqual([gone]);
    expect(idsOf(await read(deleted))).toEqual([deleted]);
  });
});

test('what Salesforce gives up as a query is asked for by Bulk', async () => {
  const acme = people().createAccount({ Name: 'Acme' }).id;
  await world.crm.writeAccounts([{ id: acme, scores: { platform: 72 } }]);
  const gone = lead();
  people().remove(gone);
  const body = [{ errorCode: 'QUERY_TIMEOUT', message: 'Your query request was running for too long.' }];
  const path = /\/query(?:All)?$/;
  const slow = world.sandbox.faults.add({ method: 'GET', path, status: 400, body });
  expect((await Array.fromAsync(world.crm.archivedLeads())).flat()).toEqual([gone]);
  expect((await Array.fromAsync(world.crm.scoredAccounts())).flat()).toEqual([acme]);
  slow();
});

describe('accounts as what is related', () => {
  test('tell of a change with the version that their Contacts then have, and of no other', async () => {
    const acme = people().createAccount({ Name: 'Acme', NumberOfEmployees: 400 }).id;
    const id = contact({ AccountId: acme });
    const [source] = world.crm.related;
    if (source === undefined) throw new Error('nothing is related');
    await world.clock.advance(HOUR);
    const from = world.clock.now();
    people().change(acme, { NumberOfEmployees: 500 });
    await world.clock.advance(MINUTE);
    const changed = (await Array.fromAsync(source.changed({ from, to: world.clock.now() }))).flat();
    const [record] = await read(id);
    expect(record?.lead.fields.employees).toBe('500');
    expect(changed).toEqual([{ id: acme, version: record?.related?.[0]?.version, changedAt: from }]);
    expect((await Array.fromAsync(source.leadsOf([acme, 'nonsense']))).flat()).toEqual([id]);
    expect((await Array.fromAsync(source.changed({ from: from + MINUTE, to: from + HOUR }))).flat()).toEqual([]);
  });

  test('whose score is written have the same version as before', async () => {
    const acme = people().createAccount({ Name: 'Acme', NumberOfEmployees: 400 }).id;
    const id = contact({ AccountId: acme });
    const [before] = await read(id);
    await world.crm.writeAccounts([{ id: acme, scores: { platform: 72 } }]);
    const [after] = await read(id);
    expect(after?.related).toEqual(before?.related);
  });
});

test('the portal’s id is that of the org, in 18 characters, and asked for once', async () => {
  expect(await world.crm.portalId()).toBe(world.sandbox.org.settings.organizationId);
  expect(await world.callsOf(() => world.crm.portalId())).toBe(0);
});

test('check warns of a field that Salesforce calculates, as its changes leave no trace', async () => {
  const other = await salesforceWorld({ config: { fields: { tier: { lead: 'Tier' } } }, isSetUp: false });
  try {
    const { org } = other.sandbox;
    org.type('Lead').addField({ name: 'Tier', label: 'Tier', type: 'string', calculated: true });
    const findings = await other.crm.check();
    expect(findings.filter(({ message }) => message.startsWith('Lead.Tier: '))).toMatchObject([{ level: 'warning' }]);
  } finally {
    await other.close();
  }
});
