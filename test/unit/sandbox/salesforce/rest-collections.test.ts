import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openSalesforce } from './open-salesforce.ts';

const lead = (name: string, more: Record<string, unknown> = {}) => ({
  attributes: { type: 'Lead' },
  LastName: name,
  Company: 'Acme',
  ...more,
});
const rowsOf = z.array(z.looseObject({ success: z.boolean(), id: z.string().optional() }));

async function withLeads(count: number) {
  const opened = await openSalesforce();
  const ids = Array.from({ length: count }, (_, n) => opened.sandbox.people.createLead({ LastName: `L${n}` }).id);
  const titles = () => ids.map((id) => opened.sandbox.org.findAny(id)?.get('Title'));
  return { ...opened, ids, titles };
}

const title = (id: string | undefined, Title: string) => ({ attributes: { type: 'Lead' }, id, Title });

describe('a collection', () => {
  it('is created, read by ids, and deleted in one call each', async () => {
    const { sandbox, ask } = await openSalesforce();
    const made = await ask('POST', '/composite/sobjects', { records: [lead('A'), lead('B')] });
    const ids = rowsOf.parse(made.body).map(({ id }) => id ?? '');
    expect(made.body).toEqual(ids.map((id) => ({ id, success: true, errors: [] })));
    const read = await ask('POST', '/composite/sobjects/Lead', {
      ids: [ids[1], '00Q000000000000AAA', ids[0]],
      fields: ['LastName'],
    });
    expect(read.body).toMatchObject([{ LastName: 'B' }, null, { LastName: 'A' }]);
    const byGet = await ask('GET', `/composite/sobjects/Lead?ids=${ids.join(',')}&fields=LastName`);
    expect(byGet.body).toMatchObject([{ LastName: 'A' }, { LastName: 'B' }]);
    expect((await ask('DELETE', `/composite/sobjects?ids=${ids.join(',')}`)).body).toMatchObject([
      { success: true },
      { success: true },
    ]);
    expect(sandbox.org.type('Lead').live()).toEqual([]);
    expect(sandbox.org.dailyRequests.used).toBe(4);
  });

  it('tells of each row in order, without an id where it failed', async () => {
    const { ask, sandbox, ids, titles } = await withLeads(4);
    sandbox.people.remove(ids[1] ?? '');
    sandbox.org.lock(ids[2] ?? '', 1);
    const answer = await ask('PATCH', '/composite/sobjects', {
      allOrNone: false,
      records: ids.map((id, n) => title(id, `T${n}`)),
    });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual([
      { id: ids[0], success: true, errors: [] },
      { success: false, errors: [{ statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }] },
      { success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW', message: expect.any(String), fields: [] }] },
      { id: ids[3], success: true, errors: [] },
    ]);
    expect(titles()).toEqual(['T0', null, null, 'T3']);
  });

  it('with all or none leaves nothing of itself where one row fails', async () => {
    const { ask, sandbox, ids, titles } = await withLeads(2);
    const stamps = () => ids.map((id) => sandbox.org.findAny(id)?.systemModstamp);
    const before = stamps();
    const answer = await ask('PATCH', '/composite/sobjects', {
      allOrNone: true,
      records: [title(ids[0], 'CEO'), title('00Q000000000000AAA', 'CEO'), title(ids[1], 'CTO')],
    });
    expect(answer).toMatchObject({
      status: 200,
      body: [
        { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
        { success: false, errors: [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY' }] },
        { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      ],
    });
    expect([titles(), stamps()]).toEqual([[null, null], before]);
    await ask('POST', '/composite/sobjects', {
      allOrNone: true,
      records: [lead('C'), { ...lead('D'), Company: null }],
    });
    await ask('DELETE', `/composite/sobjects?ids=${ids[0]},00Q000000000000AAA&allOrNone=true`);
    expect(
      sandbox.org
        .type('Lead')
        .live()
        .map(({ id }) => id),
    ).toEqual(ids);
    const fine = await ask('PATCH', '/composite/sobjects', {
      allOrNone: true,
      records: ids.map((id) => title(id, 'CEO')),
    });
    expect(rowsOf.parse(fine.body).every(({ success }) => success)).toBe(true);
    expect(titles()).toEqual(['CEO', 'CEO']);
  });

  it('takes 200 rows and ten changes of object, and no more', async () => {
    const { ask, ids } = await withLeads(1);
    const rows = (count: number) => ({ records: Array.from({ length: count }, () => title(ids[0], 'CEO')) });
    expect((await ask('PATCH', '/composite/sobjects', rows(200))).status).toBe(200);
    expect(await ask('PATCH', '/composite/sobjects', rows(201))).toMatchObject({
      status: 400,
      body: [{ errorCode: 'EXCEEDED_ID_LIMIT', message: expect.stringContaining('200 records') }],
    });
    const mixed = (count: number) => ({
      records: Array.from({ length: count }, (_, n) => ({ attributes: { type: n % 2 ? 'Lead' : 'Contact' }, id: 'x' })),
    });
    expect((await ask('PATCH', '/composite/sobjects', mixed(10))).status).toBe(200);
    expect((await ask('PATCH', '/composite/sobjects', mixed(11))).body).toMatchObject([
      { errorCode: 'LIMIT_EXCEEDED' },
    ]);
  });

  it('is refused whole for a field that is not there, row by row for an id that is none', async () => {
    const { ask, ids, titles } = await withLeads(1);
    const records = [title(ids[0], 'CEO'), { ...title(ids[0], 'CEO'), Bogus__c: 1 }];
    expect(await ask('PATCH', '/composite/sobjects', { records })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_FIELD', message: "No such column 'Bogus__c' on sobject of type Lead" }],
    });
    expect(titles()).toEqual([null]);
    const strange = [title(undefined, 'A'), { ...title(ids[0], 'B'), attributes: { type: 'Contact' } }];
    expect((await ask('PATCH', '/composite/sobjects', { records: strange })).body).toMatchObject([
      { errors: [{ statusCode: 'MISSING_ARGUMENT' }] },
      { errors: [{ statusCode: 'MALFORMED_ID', fields: ['Id'] }] },
    ]);
  });

  it('is upserted by its ids', async () => {
    const { ask, ids, titles } = await withLeads(1);
    const answer = await ask('PATCH', '/composite/sobjects/Lead/Id', {
      records: [{ attributes: { type: 'Lead' }, Id: ids[0], Title: 'CEO' }],
    });
    expect(answer.body).toEqual([{ id: ids[0], success: true, errors: [], created: false }]);
    expect(titles()).toEqual(['CEO']);
  });
});
