import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DATA, openSalesforce, query } from './open-salesforce.ts';

interface Sub {
  readonly method?: string;
  readonly url: string;
  readonly body?: unknown;
  readonly httpHeaders?: Readonly<Record<string, string>>;
}

const answers = z.object({
  compositeResponse: z.array(
    z.object({ httpStatusCode: z.number(), referenceId: z.string().nullable(), body: z.unknown() }),
  ),
});

async function openComposite() {
  const opened = await openSalesforce();
  /** Subrequests by their referenceIds. */
  const composite = async (subs: Readonly<Record<string, Sub>>, allOrNone = false) => {
    const compositeRequest = Object.entries(subs).map(([referenceId, { method = 'GET', url, ...rest }]) => ({
      method,
      url: DATA + url,
      referenceId,
      ...rest,
    }));
    const { body } = await opened.ask('POST', '/composite', { allOrNone, compositeRequest });
    return answers.parse(body).compositeResponse;
  };
  const statuses = async (...args: Parameters<typeof composite>) =>
    (await composite(...args)).map(({ httpStatusCode }) => httpStatusCode);
  return { ...opened, composite, statuses };
}

const LEAD = { LastName: 'Lovelace', Company: 'Acme', Email: 'ada@acme.example' };
const create = (body: object): Sub => ({ method: 'POST', url: '/sobjects/Lead', body });

describe('a composite request', () => {
  it('answers five queries, and counts as one request', async () => {
    const { sandbox, composite } = await openComposite();
    for (let n = 0; n < 3; n++) sandbox.people.createLead({ LastName: `L${n}` });
    const lead = { url: query("SELECT Id FROM Lead WHERE LastName = 'L1'") };
    const found = await composite({ a: lead, b: lead, c: lead, d: { url: query('SELECT Id FROM Contact') }, e: lead });
    expect(found.map(({ referenceId, httpStatusCode }) => [referenceId, httpStatusCode])).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map((id) => [id, 200]),
    );
    expect(found[0]?.body).toMatchObject({ totalSize: 1, done: true, records: [{ attributes: { type: 'Lead' } }] });
    expect(sandbox.org.dailyRequests.used).toBe(1);
    expect(sandbox.requests.all()).toMatchObject([{ kind: 'read', template: '/services/data/{version}/composite' }]);
  });

  it('hands what one part answered on to the next', async () => {
    const { sandbox, composite } = await openComposite();
    const done = await composite({
      made: create(LEAD),
      found: { url: `${query("SELECT Id, Email FROM Lead WHERE Id = '")}@{made.id}${encodeURIComponent("'")}` },
      written: {
        method: 'PATCH',
        url: '/sobjects/Lead/@{found.records[0].Id}',
        body: { Title: 'Writes to @{found.records[0].Email}' },
      },
      gone: { method: 'DELETE', url: '/sobjects/Lead/@{made.nothing}' },
    });
    expect(done.map(({ httpStatusCode }) => httpStatusCode)).toEqual([201, 200, 204, 400]);
    expect(done[3]?.body).toMatchObject([{ errorCode: 'PROCESSING_HALTED' }]);
    const [lead] = sandbox.org.type('Lead').live();
    expect(lead?.get('Title')).toBe('Writes to ada@acme.example');
    expect(sandbox.requests.all()).toMatchObject([{ kind: 'write' }]);
  });

  it('lets what failed fail alone, or takes all of it back', async () => {
    const { sandbox, statuses, composite } = await openComposite();
    const subs = { a: create(LEAD), b: create({ LastName: 'No company' }), c: create(LEAD) };
    expect(await statuses(subs)).toEqual([201, 400, 201]);
    expect(sandbox.org.type('Lead').live()).toHaveLength(2);
    const undone = await composite(subs, true);
    expect(undone).toMatchObject([
      { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
      { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
      { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
    ]);
    expect(sandbox.org.type('Lead').live()).toHaveLength(2);
  });

  it('has headers of its parts, each its own', async () => {
    const { sandbox, statuses } = await openComposite();
    sandbox.org.assignmentRule = () => sandbox.org.users[0]?.id;
    const quiet = { ...create(LEAD), httpHeaders: { 'Sforce-Auto-Assign': 'FALSE' } };
    expect(await statuses({ a: quiet, b: create(LEAD) })).toEqual([201, 201]);
    expect(sandbox.org.assignments).toHaveLength(1);
  });

  it('has 25 parts, of which five are queries or collections, and no others inside', async () => {
    const { composite, statuses } = await openComposite();
    const many = (count: number, sub: Sub) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`r${n}`, sub]));
    const get = { url: '/sobjects/Lead/describe' };
    expect(await statuses(many(25, get))).toEqual(Array(25).fill(200));
    const refused = { httpStatusCode: 400, referenceId: null, body: [{ errorCode: 'LIMIT_EXCEEDED' }] };
    expect(await composite(many(26, get))).toMatchObject([refused]);
    const asked = { url: query('SELECT Id FROM Lead') };
    expect(await statuses(many(5, asked))).toEqual(Array(5).fill(200));
    expect(await composite(many(6, asked))).toMatchObject([refused]);
    expect(await composite(many(6, { url: '/composite/sobjects/Lead?ids=x&fields=Id' }))).toMatchObject([refused]);
    expect(await composite({ a: { url: '/limits' } })).toMatchObject([{ body: [{ errorCode: 'PROCESSING_HALTED' }] }]);
  });

  it('carries a collection with its own all or none', async () => {
    const { sandbox, composite } = await openComposite();
    const records = [LEAD, { LastName: 'No company' }].map((one) => ({ attributes: { type: 'Lead' }, ...one }));
    const collection = (allOrNone: boolean): Sub => ({
      method: 'POST',
      url: '/composite/sobjects',
      body: { allOrNone, records },
    });
    const done = await composite({ loose: collection(false), strict: collection(true) });
    expect(done[0]?.body).toMatchObject([{ success: true }, { success: false }]);
    expect(done[1]?.body).toMatchObject([{ success: false }, { success: false }]);
    expect(sandbox.org.type('Lead').live()).toHaveLength(1);
  });
});

describe('a batch', () => {
  it('carries requests out one by one, and counts each', async () => {
    const { sandbox, ask } = await openComposite();
    const batch = (haltOnError: boolean) =>
      ask('POST', '/composite/batch', {
        haltOnError,
        batchRequests: [
          { method: 'POST', url: 'v68.0/sobjects/Lead', richInput: LEAD },
          { method: 'POST', url: 'v68.0/sobjects/Lead', richInput: {} },
          { method: 'GET', url: `v68.0${query('SELECT COUNT() FROM Lead')}` },
        ],
      });
    const statuses = ({ body }: Awaited<ReturnType<typeof batch>>) =>
      z.object({ hasErrors: z.boolean(), results: z.array(z.object({ statusCode: z.number() })) }).parse(body);
    expect(statuses(await batch(false))).toEqual({
      hasErrors: true,
      results: [{ statusCode: 201 }, { statusCode: 400 }, { statusCode: 200 }],
    });
    expect(sandbox.org.dailyRequests.used).toBe(3);
    expect(statuses(await batch(true)).results.map(({ statusCode }) => statusCode)).toEqual([201, 400, 412]);
  });
});
