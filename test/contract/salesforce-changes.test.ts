import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import { FatalError } from '../../src/base/errors.ts';
import type { ChangedLead, Window } from '../../src/crm/crm.ts';
import { type SalesforceWorld, salesforceWorld } from '../support/salesforce-world.ts';

let world: SalesforceWorld;
beforeEach(async () => {
  world = await salesforceWorld();
});
afterEach(() => world.close());

const people = () => world.sandbox.people;
async function changes(window: Window): Promise<ChangedLead[]> {
  return (await Array.fromAsync(world.crm.changedLeads(window))).flat();
}
/** As the polls ask once the lag is over. */
async function since(from: number): Promise<Window> {
  await world.clock.advance(world.crm.changes.lag + SECOND);
  return { from, to: world.clock.now() - world.crm.changes.lag };
}
const idsOf = (changed: readonly ChangedLead[]) => changed.map(({ id }) => id);

describe('changed leads', () => {
  test('where nothing changed cost one call, Leads and Contacts together', async () => {
    const calls = await world.callsOf(() => changes({ from: world.clock.now() - HOUR, to: world.clock.now() }));
    expect(calls).toBe(1);
    expect(await world.callsOf(() => changes({ from: 5, to: 5 }))).toBe(0);
  });

  test('are each told once, with 4,500 of them in one second', async () => {
    const from = world.clock.now();
    const ids = Array.from({ length: 4_500 }, () => people().createLead({}).id);
    const contacts = Array.from({ length: 100 }, () => people().createContact({}).id);
    const found: ChangedLead[] = [];
    const calls = await world.callsOf(async () => {
      found.push(...(await changes(await since(from))));
    });
    expect(idsOf(found).sort()).toEqual([...ids, ...contacts].sort());
    // Three pages of Leads; where rows are wide, Salesforce gives fewer of them at once.
    expect(calls).toBeLessThan(12);
  });

  test('that bear a time within the second are not told twice, nor left out, by windows side by side', async () => {
    const from = world.clock.now();
    const id = people().createLead({}).id;
    const half = from + SECOND / 2;
    expect(idsOf(await changes({ from, to: half }))).toEqual([id]);
    expect(idsOf(await changes({ from: half, to: from + HOUR }))).toEqual([]);
  });

  test('have the fingerprint of the record as it is read', async () => {
    const from = world.clock.now();
    const acme = people().createAccount({ Name: 'Acme', NumberOfEmployees: 400 }).id;
    const ids = [
      people().createLead({ Title: ' CTO ', NumberOfEmployees: 12, Country: 'Kenya' }).id,
      people().createContact({ Title: 'CTO', AccountId: acme, Description: 'one\r\ntwo' }).id,
    ];
    const records = await world.crm.readLeads(ids);
    const read = records.map(({ lead, fingerprint }) => ({ id: lead.id, changedAt: from, fingerprint }));
    expect(await changes(await since(from))).toEqual(read);
  });
});

describe('an answer that cannot be gone on from', () => {
  /** The answer to every query for changes, as of rows in this order. */
  function answerWith(rows: readonly { readonly Id: string; readonly SystemModstamp: string }[]): void {
    const page = { httpStatusCode: 200, httpHeaders: {}, body: { totalSize: rows.length, done: true, records: rows } };
    const none = { ...page, body: { totalSize: 0, done: true, records: [] } };
    const compositeResponse = [
      { ...page, referenceId: 'query0' },
      { ...none, referenceId: 'query1' },
    ];
    world.sandbox.faults.add({ path: '/services/data/v68.0/composite', body: { compositeResponse } });
  }
  const row = (index: number, second: number) => ({
    Id: `00Q${String(index).padStart(12, '0')}AAA`,
    SystemModstamp: `2026-11-16T09:00:0${second}.000+0000`,
  });

  test('as it is in no order stops the polls, and leaves nobody out', async () => {
    answerWith([row(1, 5), row(2, 4)]);
    await expect(changes(await since(0))).rejects.toBeInstanceOf(FatalError);
  });

  test('as it is the same page again is not asked for for ever', async () => {
    answerWith(Array.from({ length: 2_000 }, (_, index) => row(index, 5)));
    await expect(changes(await since(0))).rejects.toBeInstanceOf(FatalError);
  });
});

test('a window that Salesforce gives up is read half by half, and a call for each part is all it costs', async () => {
  const from = world.clock.now();
  const first = people().createLead({}).id;
  await world.clock.advance(HOUR);
  const last = people().createContact({}).id;
  const tooSlow = {
    httpStatusCode: 400,
    httpHeaders: {},
    body: [{ errorCode: 'QUERY_TIMEOUT', message: 'Your query request was running for too long.' }],
  };
  const compositeResponse = ['query0', 'query1'].map((referenceId) => ({ ...tooSlow, referenceId }));
  world.sandbox.faults.add({ path: '/services/data/v68.0/composite', body: { compositeResponse }, times: 1 });
  const found: ChangedLead[] = [];
  const calls = await world.callsOf(async () => {
    found.push(...(await changes(await since(from))));
  });
  expect(idsOf(found)).toEqual([first, last]);
  expect(calls).toBe(3);
});

describe('what is no longer there', () => {
  test('is told to be looked for: deleted, merged, converted', async () => {
    const [deleted, loser, winner, converted] = Array.from({ length: 4 }, () => people().createLead({}).id);
    if (!deleted || !loser || !winner || !converted) throw new Error('four leads');
    await world.clock.advance(HOUR);
    const from = world.clock.now();
    people().remove(deleted);
    people().merge(winner, loser);
    const { contact } = people().convert(converted);
    const changed = await changes(await since(from));
    expect(new Set(idsOf(changed))).toEqual(new Set([deleted, loser, winner, converted, contact.id]));
    const told = changed.filter(({ fingerprint }) => fingerprint === undefined);
    expect(new Set(idsOf(told))).toEqual(new Set([deleted, loser, converted, contact.id]));
  });

  test('a Lead that was converted to a Contact of before tells of that Contact', async () => {
    const [id, contact] = [people().createLead({}).id, people().createContact({}).id];
    await world.clock.advance(HOUR);
    const from = world.clock.now();
    people().convert(id, { contactId: contact });
    const told = (await changes(await since(from))).filter(({ fingerprint }) => fingerprint === undefined);
    expect(new Set(idsOf(told))).toEqual(new Set([id, contact]));
  });

  test('is told once, though windows overlap, and again once something happens to it', async () => {
    const id = people().createLead({}).id;
    await world.clock.advance(HOUR);
    const from = world.clock.now();
    people().remove(id);
    expect(idsOf(await changes(await since(from)))).toEqual([id]);
    await world.clock.advance(MINUTE);
    expect(await changes(await since(from))).toEqual([]);
    people().restore(id);
    people().remove(id);
    expect(idsOf(await changes(await since(from)))).toEqual([id]);
  });

  test('is told again to whoever did not get as far as the next page', async () => {
    const id = people().createLead({}).id;
    const from = world.clock.now();
    people().remove(id);
    for await (const page of world.crm.changedLeads(await since(from))) {
      expect(idsOf(page)).toEqual([id]);
      break;
    }
    expect(idsOf(await changes(await since(from)))).toEqual([id]);
  });
});
