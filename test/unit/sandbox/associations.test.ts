import { describe, expect, it } from 'vitest';
import { NOW, openSandbox } from './open-sandbox.ts';

const BATCH = '/crm/associations/2026-09';
const OBJECTS = '/crm/objects/2026-09';
const hubspot = (typeId: number, label: string | null = null) => ({ category: 'HUBSPOT_DEFINED', typeId, label });

describe('associations', () => {
  it.each([
    ['calls', 193, 194],
    ['meetings', 199, 200],
    ['emails', 197, 198],
    ['deals', 4, 3],
  ] as const)('between contacts and %s are read from both ends', async (kind, there, back) => {
    const { sandbox, ask } = await openSandbox();
    const { people } = sandbox;
    const [a, b, lonely] = ['a', 'b', 'c'].map((name) => people.createContact({ email: `${name}@acme.example` }).id);
    const contactIds = [a!, b!];
    const { id } = {
      calls: () => people.logCall({ contactIds }),
      meetings: () => people.bookMeeting({ contactIds }),
      emails: () => people.logEmail({ contactIds }),
      deals: () => people.createDeal({ name: 'Acme', contactIds }),
    }[kind]();
    const read = await ask('POST', `${BATCH}/contacts/${kind}/batch/read`, {
      inputs: [a, b, lonely, '1'].map((one) => ({ id: one })),
    });
    expect(read.status).toBe(207);
    expect(read.body.results).toEqual([
      { from: { id: a }, to: [{ toObjectId: id, associationTypes: [hubspot(there)] }] },
      { from: { id: b }, to: [{ toObjectId: id, associationTypes: [hubspot(there)] }] },
    ]);
    expect(read.body.errors!.map(({ context }) => context.fromObjectId)).toEqual([[lonely], ['1']]);
    const other = await ask('POST', `${BATCH}/${kind}/contacts/batch/read`, { inputs: [{ id }] });
    expect(other.status).toBe(200);
    expect(other.body.results![0]!.to).toEqual(
      contactIds.map((toObjectId) => ({ toObjectId, associationTypes: [hubspot(back)] })),
    );
    const list = await ask('GET', `${OBJECTS}/${kind}/${id}/associations/contacts`);
    expect(list.body.results!.map((row) => row.toObjectId)).toEqual(contactIds);
    const none = await ask('GET', `${OBJECTS}/contacts/${lonely}/associations/${kind}`);
    expect(none).toMatchObject({ status: 200, body: { results: [] } });
    expect((await ask('GET', `${OBJECTS}/${kind}/1/associations/contacts`)).status).toBe(404);
  });

  it('between deals and companies name the primary one, and follow the company through a merge', async () => {
    const { sandbox, ask } = await openSandbox();
    const { people } = sandbox;
    const [acme, twin] = ['Acme', 'Acme Inc'].map((name) => people.createCompany({ name }).id);
    const deal = people.createDeal({ name: 'Acme', companyId: acme });
    const read = async (from: string, to: string, id: string) =>
      (await ask('POST', `${BATCH}/${from}/${to}/batch/read`, { inputs: [{ id }] })).body.results![0]!.to;
    expect(await read('deals', 'companies', deal.id)).toEqual([
      { toObjectId: acme, associationTypes: [hubspot(5, 'Primary'), hubspot(341)] },
    ]);
    expect(await read('companies', 'deals', acme!)).toEqual([
      { toObjectId: deal.id, associationTypes: [hubspot(6, 'Primary'), hubspot(342)] },
    ]);
    const merged = people.mergeCompanies(acme!, twin!);
    expect(await read('deals', 'companies', deal.id)).toMatchObject([{ toObjectId: merged.id }]);
  });

  it('come in pages where a record has many', async () => {
    const { sandbox, ask } = await openSandbox();
    const { id } = sandbox.people.createContact({ email: 'a@acme.example' });
    const ids = Array.from({ length: 501 }, () => sandbox.people.logCall({ contactIds: [id], at: NOW }).id);
    const page = async (after?: string) =>
      (await ask('POST', `${BATCH}/contacts/calls/batch/read`, { inputs: [{ id, after }] })).body.results![0]!;
    const first = await page();
    expect(first.to).toHaveLength(500);
    expect(first).toMatchObject({ paging: { next: { after: '500' } } });
    const last = await page('500');
    expect(last.to!.map((to) => to.toObjectId)).toEqual([ids[500]]);
    expect(last).not.toHaveProperty('paging');
    const listed = await ask('GET', `${OBJECTS}/contacts/${id}/associations/calls?limit=2&after=499`);
    expect(listed.body.results!.map((row) => row.toObjectId)).toEqual(ids.slice(499));
  });

  it('are asked for of a thousand records and no more', async () => {
    const { ask } = await openSandbox();
    const inputs = (count: number) => ({ inputs: Array.from({ length: count }, (_, i) => ({ id: String(i) })) });
    const path = `${BATCH}/contacts/meetings/batch/read`;
    expect((await ask('POST', path, inputs(1_000))).status).toBe(207);
    expect((await ask('POST', path, inputs(1_001))).status).toBe(400);
    expect((await ask('POST', path, inputs(0))).status).toBe(400);
  });

  it('name no record that is deleted', async () => {
    const { sandbox, ask } = await openSandbox();
    const { people } = sandbox;
    const contacts = ['a', 'b'].map((name) => people.createContact({ email: `${name}@acme.example` }).id);
    const { id } = people.bookMeeting({ contactIds: contacts });
    people.remove(contacts[0]!);
    const list = async () =>
      (await ask('GET', `${OBJECTS}/meetings/${id}/associations/contacts`)).body.results!.map((row) => row.toObjectId);
    expect(await list()).toEqual([contacts[1]]);
    people.restore(contacts[0]!);
    expect(await list()).toEqual(contacts);
    people.eraseForPrivacy(contacts[0]!);
    expect(await list()).toEqual([contacts[1]]);
  });
});
