import { describe, expect, test } from 'vitest';
import { createTask, findTask } from '../../src/crm/salesforce/tasks.ts';
import { writeAccounts, writeLeads } from '../../src/crm/salesforce/write.ts';
import type { SalesforceSandbox } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { openSalesforceOrg } from '../support/salesforce-org.ts';

const LIFECYCLE = { lifecycle: {} };
const scored = (id: string, score = 72) => ({ id, outputs: { platform: { score } } });
const locked = {
  statusCode: 'UNABLE_TO_LOCK_ROW',
  message: 'unable to obtain exclusive access to this record',
  fields: [],
};

/** What the bulk jobs were about, those that got as far as rows. */
const jobsOf = (sandbox: SalesforceSandbox) =>
  sandbox.bulk.ingests.all.filter(({ csv }) => csv !== undefined).map(({ object }) => object);

/** An org that is set up. */
async function ready(given: object = {}) {
  const open = await openSalesforceOrg(given);
  await open.setUp();
  const held = (id: string, field: string) => open.org.findAny(id)?.get(field);
  const write = (changes: Parameters<typeof writeLeads>[1]) => writeLeads(open.writing, changes);
  return { ...open, held, write };
}

describe('writing to an org', () => {
  test('takes one call for 200 leads and contacts, each of which says when it changed', async () => {
    const { people, write, callsOf, held, clock } = await ready();
    const leads = Array.from({ length: 120 }, () => people.createLead({}).id);
    const contacts = Array.from({ length: 80 }, () => people.createContact({}).id);
    await clock.advance(60_000);
    const calls = await callsOf(async () => {
      const outcomes = await write([...leads, ...contacts].map((id) => scored(id)));
      for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'written', changedAt: clock.now() });
      expect(outcomes).toHaveLength(200);
    });
    // Contacts that nobody read lately may be people of the account kind: one call to ask.
    expect(calls).toBe(2);
    expect(held(leads[7] ?? '', 'Leadgauge_Score__c')).toBe(72);
    expect(held(contacts[7] ?? '', 'Leadgauge_Score__c')).toBe(72);
  });

  test('fires no assignment rule', async () => {
    const { people, write, org } = await ready();
    const { id } = people.createLead({});
    org.assignmentRule = () => org.sellers.at(-1)?.id;
    await write([scored(id)]);
    expect(org.assignments).toEqual([]);
  });

  test('reaches person accounts', async () => {
    const { people, write, held } = await ready();
    const contact = people.createPersonAccount({ LastName: 'Grey' });
    expect((await write([scored(contact.id, 9)]))[0]).toMatchObject({ id: contact.id, status: 'written' });
    expect(held(contact.id, 'Leadgauge_Score__c')).toBe(9);
    expect(held(contact.text('AccountId') ?? '', 'Leadgauge_Score__pc')).toBe(9);
  });

  test('goes to the contact of a lead that was converted meanwhile, with its stage', async () => {
    const { people, write, held } = await ready(LIFECYCLE);
    const { id } = people.createLead({});
    const contactId = people.convert(id).contact.id;
    expect(await write([{ ...scored(id), promote: true }])).toMatchObject([{ id, status: 'written', moved: true }]);
    expect(held(contactId, 'Leadgauge_Score__c')).toBe(72);
    expect(held(contactId, 'Leadgauge_Stage__c')).toBe('MQL');
  });

  test('knows who is gone from who was merged', async () => {
    const { people, write } = await ready();
    const [gone, master, loser, purged] = Array.from({ length: 4 }, () => people.createLead({}).id);
    people.remove(gone ?? '');
    people.merge(master ?? '', loser ?? '');
    people.remove(purged ?? '');
    people.purge(purged ?? '');
    const outcomes = new Map(
      (await write([gone, loser, purged].map((id) => scored(id ?? '')))).map((each) => [each.id, each]),
    );
    expect(outcomes.get(gone ?? '')).toEqual({ id: gone, status: 'gone' });
    expect(outcomes.get(purged ?? '')).toEqual({ id: purged, status: 'gone' });
    expect(outcomes.get(loser ?? '')).toMatchObject({ status: 'failed', error: { name: 'RetryableError' } });
  });

  test('tries a locked row again by itself, and leaves the others as they are written', async () => {
    const { people, write, org, callsOf, held } = await ready();
    const ids = Array.from({ length: 5 }, () => people.createLead({}).id);
    const [first = ''] = ids;
    org.refusals.add({ id: first, error: locked, times: 2 });
    const calls = await callsOf(async () => {
      for (const outcome of await write(ids.map((id) => scored(id))))
        expect(outcome).toMatchObject({ status: 'written' });
    });
    expect(calls).toBe(3);
    expect(held(first, 'Leadgauge_Score__c')).toBe(72);
  });

  test('makes a dead letter of what a rule of the org refuses', async () => {
    const { people, write, org } = await ready();
    const [good = '', bad = ''] = [people.createLead({}).id, people.createLead({ City: 'Nowhere' }).id];
    org.validationRules = [
      { type: 'Lead', message: 'a secret of the record', refuses: (lead) => lead.get('City') === 'Nowhere' },
    ];
    const outcomes = new Map((await write([scored(good), scored(bad)])).map((each) => [each.id, each]));
    expect(outcomes.get(good)).toMatchObject({ status: 'written' });
    const refused = outcomes.get(bad);
    expect(refused).toMatchObject({ status: 'failed', error: { name: 'RecordError' } });
    expect(refused?.status === 'failed' && refused.error.message).not.toContain('secret');
  });

  test('makes an owner of somebody active, and leaves the lead where it is for anybody else', async () => {
    const { people, write, org, held } = await ready();
    const { id } = people.createLead({});
    const owner = org.sellers.at(-1)?.id ?? '';
    await write([{ ...scored(id, 1), ownerId: owner }]);
    expect(held(id, 'OwnerId')).toBe(owner);
    people.change(org.sellers[0]?.id ?? '', { IsActive: false });
    const left = org.users.find((user) => !user.flag('IsActive'))?.id ?? '';
    expect(await write([{ ...scored(id, 2), ownerId: left }])).toMatchObject([{ status: 'written' }]);
    expect([held(id, 'OwnerId'), held(id, 'Leadgauge_Score__c')]).toEqual([owner, 2]);
  });

  test('without access to a field stops, and names it', async () => {
    const open = await openSalesforceOrg();
    const { id } = open.people.createLead({});
    await expect(writeLeads(open.writing, [scored(id)])).rejects.toThrow('Leadgauge_Score__c');
  });

  test('takes bulk jobs for thousands of leads, and no more calls for more of them', async () => {
    const { people, write, callsOf, held, clock } = await ready();
    const ids = Array.from({ length: 4_500 }, () => people.createLead({}).id);
    const [gone = ''] = ids.slice(17);
    people.remove(gone);
    await clock.advance(60_000);
    const few = await callsOf(async () => {
      const outcomes = await write(ids.slice(0, 2_100).map((id, index) => scored(id, index)));
      expect(outcomes.filter((outcome) => outcome.status === 'written' && outcome.changedAt > 0)).toHaveLength(2_099);
      expect(outcomes.find(({ id }) => id === gone)).toEqual({ id: gone, status: 'gone' });
    });
    const many = await callsOf(() => write(ids.slice(100).map((id, index) => scored(id, index + 7))));
    expect(few).toBeLessThan(20);
    expect(many).toBeLessThan(few);
    expect(held(ids.at(-1) ?? '', 'Leadgauge_Score__c')).toBe(4_399 + 7);
  });

  test('takes one bulk job for rows of one kind, whatever fields each of them has', async () => {
    const { people, write, held, sandbox } = await ready();
    const leads = Array.from({ length: 2_200 }, () => people.createLead({ Leadgauge_Grade__c: 'C3' }));
    const outputs = (index: number) => {
      if (index % 3 === 0) return { score: index };
      return index % 3 === 1 ? { grade: 'A1', score: index } : { grade: null };
    };
    const outcomes = await write(leads.map(({ id }, index) => ({ id, outputs: { platform: outputs(index) } })));
    expect(outcomes.filter(({ status }) => status === 'written')).toHaveLength(2_200);
    expect(jobsOf(sandbox)).toEqual(['Lead']);
    const [scoreOnly, both, emptied] = leads.map(({ id }) => [
      held(id, 'Leadgauge_Score__c'),
      held(id, 'Leadgauge_Grade__c'),
    ]);
    expect(scoreOnly).toEqual([0, 'C3']);
    expect(both).toEqual([1, 'A1']);
    expect(emptied).toEqual([null, null]);
  });

  test('tells of a row in a bulk job between which times it changed', async () => {
    const { people, write, sandbox, clock } = await ready();
    sandbox.bulk.ingestPace = { polls: 0, ms: 90_000 };
    const ids = Array.from({ length: 2_001 }, () => people.createLead({}).id);
    const began = clock.now();
    const [first] = await write(ids.map((id) => scored(id)));
    expect(clock.now() - began).toBeGreaterThan(90_000);
    const { changedAt = 0, since = 0 } = first?.status === 'written' ? first : {};
    expect(since).toBeLessThanOrEqual(began);
    expect(changedAt).toBeGreaterThanOrEqual(clock.now());
    expect(changedAt - since).toBeLessThan(clock.now() - began + 60_000);
  });

  test('moves no stage and gives away no lead by a bulk job, as sales may do so while it is under way', async () => {
    const { people, org, write, sandbox, held } = await ready(LIFECYCLE);
    const ids = Array.from({ length: 2_003 }, () => people.createLead({}).id);
    const [promoted = '', given = ''] = ids;
    const owner = org.sellers.at(-1)?.id ?? '';
    let duringJob: readonly unknown[] = [];
    org.onChange(({ record, fields }) => {
      if (record.id === ids.at(-1) && fields.includes('Leadgauge_Score__c'))
        duringJob = [held(promoted, 'Leadgauge_Stage__c'), held(given, 'OwnerId')];
    });
    const outcomes = await write(
      ids.map((id) => ({
        ...scored(id),
        ...(id === promoted && { promote: true }),
        ...(id === given && { ownerId: owner }),
      })),
    );
    expect(outcomes.filter(({ status }) => status === 'written')).toHaveLength(2_003);
    expect(duringJob).toEqual(['MQL', owner]);
    expect(jobsOf(sandbox)).toEqual(['Lead']);
    expect(sandbox.bulk.ingests.all[0]?.recordsProcessed).toBe(2_001);
  });

  test('writes what a bulk job left undone or found locked by collections', async () => {
    const { people, write, org, sandbox, held, callsOf } = await ready();
    const ids = Array.from({ length: 2_400 }, () => people.createLead({}).id);
    for (const id of ids.slice(0, 40)) org.lock(id);
    sandbox.bulk.failNext('ingest', { message: 'InternalServerError : Too many lock failures', afterRows: 1_900 });
    const calls = await callsOf(async () => {
      const outcomes = await write(ids.map((id, index) => scored(id, index % 100)));
      expect(outcomes.filter(({ status }) => status === 'written')).toHaveLength(2_400);
    });
    expect(ids.map((id) => held(id, 'Leadgauge_Score__c'))).toEqual(ids.map((_, index) => index % 100));
    expect(calls).toBeLessThan(15);
  });

  test('writes by collections once the org has used up its bulk jobs, and where config has smaller batches', async () => {
    const { people, write, sandbox, writing } = await ready();
    const ids = Array.from({ length: 2_001 }, () => people.createLead({}).id);
    sandbox.bulk.limits.ingestBatches.max = 0;
    const changes = ids.map((id) => scored(id));
    expect((await write(changes)).filter(({ status }) => status === 'written')).toHaveLength(2_001);
    sandbox.bulk.limits.ingestBatches.max = 10;
    const small = { ...writing, config: { ...writing.config, batch_size: 199 } };
    expect((await writeLeads(small, changes)).every(({ status }) => status === 'written')).toBe(true);
    expect(jobsOf(sandbox)).toEqual([]);
  });

  test('stops a bulk job that nobody waits for any more, and leaves the rest as it was', async () => {
    const { people, sandbox, held, clock, writing } = await ready();
    const ids = Array.from({ length: 2_001 }, () => people.createLead({}).id);
    sandbox.bulk.ingestPace = { polls: 100, ms: 0 };
    const stop = new AbortController();
    const reason = new Error('SIGTERM');
    const { sleep } = clock;
    clock.sleep = async (ms, signal) => {
      if (sandbox.bulk.ingests.all.some(({ state }) => state === 'InProgress')) stop.abort(reason);
      await sleep(ms, signal);
    };
    const written = writeLeads(
      writing,
      ids.map((id) => scored(id)),
      { signal: stop.signal },
    );
    await expect(written).rejects.toBe(reason);
    expect(sandbox.bulk.ingests.all.map(({ state }) => state)).toEqual(['Aborted']);
    sandbox.bulk.finishIngests();
    expect(held(ids[0] ?? '', 'Leadgauge_Score__c')).toBeNull();
  });

  test('of accounts goes to accounts', async () => {
    const { people, writing, held } = await ready();
    const { id } = people.createAccount({ Name: 'Acme' });
    expect(await writeAccounts(writing, [{ id, scores: { platform: 40 } }])).toMatchObject([{ id, status: 'written' }]);
    expect(held(id, 'Leadgauge_Account_Score__c')).toBe(40);
  });
});

describe('a promotion', () => {
  test('moves a lead forward, with its status, and never back', async () => {
    const { people, write, held } = await ready({
      ...LIFECYCLE,
      lead_status: { mql: 'Working - Contacted' },
      rating: { mql: 'Hot' },
    });
    const [fresh, sold] = [people.createLead({}).id, people.createLead({ Leadgauge_Stage__c: 'Customer' }).id];
    const outcomes = new Map(
      (await write([fresh, sold].map((id) => ({ ...scored(id), promote: true })))).map((each) => [each.id, each]),
    );
    expect(outcomes.get(fresh)).toMatchObject({ moved: true });
    expect(outcomes.get(sold)).toMatchObject({ moved: false });
    expect(['Leadgauge_Stage__c', 'Status', 'Rating'].map((field) => held(fresh, field))).toEqual([
      'MQL',
      'Working - Contacted',
      'Hot',
    ]);
    expect(held(sold, 'Leadgauge_Stage__c')).toBe('Customer');
    expect(await write([{ id: fresh, outputs: {}, demote: true }])).toMatchObject([{ moved: true }]);
    expect(held(fresh, 'Leadgauge_Stage__c')).toBe('Lead');
  });
});

describe('a follow-up task', () => {
  test('stands with the lead, in the hands of its owner, and is found again', async () => {
    const { people, api, setup, writing, org, held } = await ready();
    const { id } = people.createLead({});
    const owner = org.sellers[0]?.id ?? '';
    const task = {
      leadId: id,
      ownerId: owner,
      subject: 'Demo',
      body: 'Call now',
      dueAt: 1_800_000_000_000,
      reference: 'demo-1',
    };
    const context = { api, config: setup.config, fallbackOwner: undefined, dayOf: writing.dayOf };
    const created = await createTask(context, task);
    expect([held(created, 'OwnerId'), held(created, 'WhoId'), held(created, 'Priority')]).toEqual([owner, id, 'High']);
    expect(await findTask(api, id, 'demo-1')).toBe(created);
    expect(await findTask(api, id, 'demo')).toBeUndefined();
    people.convert(id);
  });
});
