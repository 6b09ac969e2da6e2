import nock from 'nock';
import { beforeEach, describe, expect, test } from 'vitest';
import { RateLimitedError, RetryableError } from '../../../../src/base/errors.ts';
import { ingest } from '../../../../src/crm/salesforce/api/bulk-ingest.ts';
import { JobGoneError } from '../../../../src/crm/salesforce/api/bulk-job.ts';
import { readResults, startBulkQuery, untilReady } from '../../../../src/crm/salesforce/api/bulk-query.ts';
import { csvLine, parseCsv } from '../../../../src/crm/salesforce/api/csv.ts';
import { SalesforceRefusal } from '../../../../src/crm/salesforce/api/error-table.ts';
import { ingestFiles } from '../../../../src/crm/salesforce/api/ingest-files.ts';
import {
  createBench,
  failure,
  org,
  playTranscripts,
  problem,
  signsIn,
  TOKENS,
} from '../../../support/salesforce-transcript.ts';

playTranscripts();

const JOBS = '/services/data/v68.0/jobs';
const JOB = '7505e00000AbCdEAAV';
const RESULTS = `${JOBS}/query/${JOB}/results`;
const CSV = { 'Content-Type': 'text/csv; charset=UTF-8' };
const READ = { kind: 'read' } as const;

describe('a bulk query', () => {
  beforeEach(() => signsIn(TOKENS[0]));

  test('is started once, by a POST that may be repeated', async () => {
    const { api, calls } = createBench();
    const body = { operation: 'queryAll', query: 'SELECT Id FROM Lead', columnDelimiter: 'COMMA', lineEnding: 'LF' };
    org().post(`${JOBS}/query`, body).reply(503);
    org().post(`${JOBS}/query`, body).reply(200, { id: JOB, state: 'UploadComplete', operation: 'queryAll' });
    await expect(startBulkQuery(api, 'SELECT Id FROM Lead', { ...READ, all: true })).resolves.toBe(JOB);
    expect(calls).toHaveLength(2);
  });

  test('that Salesforce could not split is never sent', async () => {
    const { api } = createBench();
    nock.cleanAll();
    await expect(startBulkQuery(api, 'SELECT Id FROM Lead ORDER BY Id', READ)).rejects.toThrow(TypeError);
  });

  test('of which there were too many today waits, without keeping anything else up', async () => {
    const { api, clock, budget } = createBench();
    const text = 'Max bulk v2 query jobs (10000) per 24 hrs has been reached (10000)';
    org().post(`${JOBS}/query`).reply(400, problem('LIMIT_EXCEEDED', text));
    org().post(`${JOBS}/ingest`).reply(400, problem('LIMIT_EXCEEDED', 'ApiBatchItems Limit exceeded.'));
    const errors = [
      await failure(startBulkQuery(api, 'SELECT Id FROM Lead', READ)),
      await failure(ingest(api, 'Lead', [{ Id: '00Q000000000001AAA', Score__c: 1 }], { clock })),
    ];
    for (const error of errors) expect(error).toMatchObject({ retryAfter: 900_000 });
    expect(errors[0]).toBeInstanceOf(RateLimitedError);
    expect(budget.pauses).toEqual([]);
  });

  test('is looked after ever less often', async () => {
    const { api, clock } = createBench();
    org().get(`${JOBS}/query/${JOB}`).times(7).reply(200, { id: JOB, state: 'InProgress' });
    org().get(`${JOBS}/query/${JOB}`).reply(200, { id: JOB, state: 'JobComplete', numberRecordsProcessed: 3 });
    await untilReady(api, JOB, clock, READ);
    expect(clock.slept).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  test('is not waited for for ever', async () => {
    const { api, clock } = createBench();
    org().get(`${JOBS}/query/${JOB}`).times(3).reply(200, { id: JOB, state: 'InProgress' });
    const error = await failure(untilReady(api, JOB, clock, { ...READ, longest: 5_000 }));
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toContain('Bulk Data Load Jobs');
  });

  test.each([
    { state: 'Aborted', errorMessage: undefined, error: RetryableError, says: 'somebody stopped' },
    {
      state: 'Failed',
      errorMessage: 'QUERY_TIMEOUT: too long for ada@example.com',
      error: RetryableError,
      says: '(QUERY_TIMEOUT)',
    },
    { state: 'Failed', errorMessage: 'ADA LOVELACE', error: RetryableError, says: 'failed in Salesforce' },
    {
      state: 'Failed',
      errorMessage: "InvalidBatch : Failed to process query: INVALID_FIELD: No such column 'A__c'",
      error: SalesforceRefusal,
      says: '(INVALID_FIELD)',
    },
  ])('that ended as $state ($says) is told as what it is', async ({ state, errorMessage, error, says }) => {
    const { api, clock } = createBench();
    org().get(`${JOBS}/query/${JOB}`).reply(200, { id: JOB, state, errorMessage });
    const failed = await failure(untilReady(api, JOB, clock, READ));
    expect(failed).toBeInstanceOf(error);
    expect(failed.message).toContain(says);
    expect(failed.message).not.toMatch(/ada|LOVELACE/);
  });

  test('that Salesforce no longer has is one to start anew', async () => {
    const { api, clock } = createBench();
    org().get(`${JOBS}/query/${JOB}`).reply(404, problem('NOT_FOUND', 'The requested resource does not exist'));
    org().get(RESULTS).query(true).reply(404, problem('NOT_FOUND', 'The requested resource does not exist'));
    expect(await failure(untilReady(api, JOB, clock, READ))).toBeInstanceOf(JobGoneError);
    expect(await failure(readResults(api, JOB, undefined, { maxRecords: 2 }))).toBeInstanceOf(JobGoneError);
  });

  test('is read page by page to the locator that is the word null', async () => {
    const { api } = createBench();
    const header = '"Id","Company","Account.Name","Score__c"\n';
    org()
      .get(RESULTS)
      .query({ maxRecords: '2' })
      .reply(200, `${header}"00Q1","Miller, ""Sons"" & Cie","Zoë\nGmbH",""\n"00Q2","","","7.0"\n`, {
        ...CSV,
        'Sforce-Locator': 'MTAwMDA',
        'Sforce-NumberOfRecords': '2',
      });
    org()
      .get(RESULTS)
      .query({ maxRecords: '2', locator: 'MTAwMDA' })
      .reply(200, `${header}"00Q3","x","y","1.0"\n`, {
        ...CSV,
        'Sforce-Locator': 'null',
        'Sforce-NumberOfRecords': '1',
      });
    const first = await readResults(api, JOB, undefined, { maxRecords: 2 });
    expect(first).toEqual({
      next: 'MTAwMDA',
      rows: [
        { Id: '00Q1', Company: 'Miller, "Sons" & Cie', 'Account.Name': 'Zoë\nGmbH', Score__c: '' },
        { Id: '00Q2', Company: '', 'Account.Name': '', Score__c: '7.0' },
      ],
    });
    const last = await readResults(api, JOB, first.next, { maxRecords: 2 });
    expect(last.next).toBeUndefined();
    expect(last.rows).toHaveLength(1);
  });

  test('without rows has none', async () => {
    const { api } = createBench();
    org()
      .get(RESULTS)
      .query(true)
      .times(2)
      .reply(200, '', { ...CSV, 'Sforce-Locator': 'null', 'Sforce-NumberOfRecords': '0' });
    await expect(readResults(api, JOB, undefined, { maxRecords: 2 })).resolves.toEqual({ rows: [], next: undefined });
    await expect(readResults(api, JOB, 'MTAwMDA', { maxRecords: 2 })).resolves.toEqual({ rows: [], next: undefined });
  });

  test.each<{ wrong: string; body: string; headers: Record<string, string> }>([
    { wrong: 'does not say whether another follows', body: '"Id"\n"a"\n', headers: {} },
    { wrong: 'named itself', body: '"Id"\n"a"\n', headers: { 'Sforce-Locator': 'SAME' } },
    {
      wrong: 'has 1 rows and says that it has 2',
      body: '"Id"\n"a"\n',
      headers: { 'Sforce-Locator': 'null', 'Sforce-NumberOfRecords': '2' },
    },
    { wrong: 'was cut off', body: '"Id","Company"\n"a","b"\n"ada@exam', headers: { 'Sforce-Locator': 'null' } },
    { wrong: 'was cut off', body: '"Id","Company"\n"a","b"\n"ada"\n', headers: { 'Sforce-Locator': 'null' } },
  ])('loses no page: one that $wrong is asked for again later', async ({ wrong, body, headers }) => {
    const { api } = createBench();
    org()
      .get(RESULTS)
      .query(true)
      .reply(200, body, { ...CSV, ...headers });
    const error = await failure(readResults(api, JOB, 'SAME', { maxRecords: 2 }));
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toContain(wrong);
    expect(error.message).not.toContain('ada');
  });
});

describe('CSV', () => {
  test('is read whole wherever its pieces are cut, letters of several bytes too', async () => {
    const names = Array.from({ length: 20_000 }, (_, place) => `${'é😀'.repeat(3)}"${place},\n`);
    const text = csvLine(['Name']) + names.map((name) => csvLine([name])).join('');
    const rows = await Array.fromAsync(parseCsv(text));
    expect(rows.map(({ Name }) => Name)).toEqual(names);
  });

  test('leaves alone what is absent and empties what is null', () => {
    expect(csvLine(['a"b', 1, true, null, undefined, ''])).toBe('"a""b","1","true","#N/A",,""\n');
  });
});

describe('a bulk update', () => {
  beforeEach(() => signsIn(TOKENS[0]));

  const INGEST = `${JOBS}/ingest`;
  const ids = ['00Q000000000001AAA', '00Q000000000002AAA', '00Q000000000003AAA', '00Q000000000004AAA'] as const;
  const rows = ids.map((Id, place) => ({
    Id,
    Score__c: place,
    Reasons__c: place === 0 ? null : 'one "line"\nanother',
  }));
  const call = { kind: 'write' } as const;
  const file =
    '"Id","Score__c","Reasons__c"\n' +
    rows.map(({ Id, Score__c, Reasons__c }) => csvLine([Id, Score__c, Reasons__c])).join('');

  function created() {
    org()
      .post(INGEST, {
        object: 'Lead',
        operation: 'update',
        contentType: 'CSV',
        columnDelimiter: 'COMMA',
        lineEnding: 'LF',
      })
      .reply(200, { id: JOB, state: 'Open', contentUrl: `services/data/v68.0/jobs/ingest/${JOB}/batches` });
  }

  function begun(more: object = {}) {
    created();
    org().put(`${INGEST}/${JOB}/batches`, file).reply(201);
    org().patch(`${INGEST}/${JOB}`, { state: 'UploadComplete' }).reply(200, { id: JOB, state: 'UploadComplete' });
    org()
      .get(`${INGEST}/${JOB}`)
      .reply(200, { id: JOB, state: 'JobComplete', ...TIMES, ...more });
  }

  const TIMES = { createdDate: '2026-11-16T09:00:00.000+0000', systemModstamp: '2026-11-16T09:02:30.000+0000' };
  const written = { success: true, from: TIMES.createdDate, to: TIMES.systemModstamp };

  function finished(state: string, successful: string, failed: string) {
    org().get(`${INGEST}/${JOB}`).reply(200, { id: JOB, state: 'InProgress' });
    org().get(`${INGEST}/${JOB}`).reply(200, { id: JOB, state });
    org().get(`${INGEST}/${JOB}/successfulResults/`).reply(200, successful, CSV);
    org().get(`${INGEST}/${JOB}/failedResults/`).reply(200, failed, CSV);
  }

  const SUCCESSFUL = `"sf__Id","sf__Created","Id","Score__c","Reasons__c"\n"${ids[1]}","false","${ids[1]}","1","x"\n`;
  const FAILED =
    '"sf__Id","sf__Error","Id","Score__c","Reasons__c"\n' +
    `"${ids[0]}","UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--","${ids[0]}","0","#N/A"\n` +
    `"","INVALID_FIELD_FOR_INSERT_UPDATE:Unable to create/update fields: Rating.:Rating --","${ids[2]}","2","x"\n`;

  test('tells of every row what became of it, and of those left undone that they must be tried again', async () => {
    const { api, clock, calls } = createBench();
    created();
    org().put(`${INGEST}/${JOB}/batches`, file).reply(201);
    org().patch(`${INGEST}/${JOB}`, { state: 'UploadComplete' }).reply(200, { id: JOB, state: 'UploadComplete' });
    finished('Failed', SUCCESSFUL, FAILED);
    const results = await ingest(api, 'Lead', rows, { ...call, clock });
    expect(Object.fromEntries(results)).toEqual({
      [ids[0]]: { success: false, errors: [expect.objectContaining({ statusCode: 'UNABLE_TO_LOCK_ROW', fields: [] })] },
      [ids[1]]: { success: true },
      [ids[2]]: {
        success: false,
        errors: [expect.objectContaining({ statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['Rating'] })],
      },
      [ids[3]]: { success: false, errors: [{ statusCode: 'UNPROCESSED', message: '', fields: [] }] },
    });
    expect(calls).toHaveLength(7);
  });

  test('that wrote every row says so by itself, and between which times', async () => {
    const { api, clock, calls } = createBench();
    begun({ numberRecordsProcessed: 4, numberRecordsFailed: 0 });
    const results = await ingest(api, 'Lead', rows, { ...call, clock });
    expect([...results]).toEqual(ids.map((id) => [id, written]));
    expect(calls).toHaveLength(4);
  });

  test('that failed for some rows is asked for these alone', async () => {
    const { api, clock, calls } = createBench();
    begun({ numberRecordsProcessed: 4, numberRecordsFailed: 2 });
    org().get(`${INGEST}/${JOB}/failedResults/`).reply(200, FAILED, CSV);
    const results = await ingest(api, 'Lead', rows, { ...call, clock });
    expect(ids.map((id) => results.get(id)?.success)).toEqual([false, true, false, true]);
    expect(calls).toHaveLength(5);
  });

  test.each([
    ['has not processed all', { numberRecordsProcessed: 3, numberRecordsFailed: 2 }],
    ['counts other failures than it names', { numberRecordsProcessed: 4, numberRecordsFailed: 3 }],
    ['says no numbers', {}],
  ])('that %s is not believed to have written the rest', async (_, numbers) => {
    const { api, clock } = createBench();
    begun(numbers);
    org().get(`${INGEST}/${JOB}/successfulResults/`).reply(200, SUCCESSFUL, CSV);
    org().get(`${INGEST}/${JOB}/failedResults/`).times(2).reply(200, FAILED, CSV);
    const results = await ingest(api, 'Lead', rows, { ...call, clock });
    expect(ids.map((id) => results.get(id)?.success)).toEqual([false, true, false, false]);
    nock.cleanAll();
  });

  test('waits until an earlier one of the same user is done: it may be left behind by a process that died', async () => {
    const { api, clock, calls } = createBench();
    const ours = { object: 'Lead', operation: 'update', createdById: 'me' };
    const earlier = '7505e00000EarlierA';
    const listed = [
      { id: 'done', state: 'JobComplete', ...ours },
      { id: JOB, state: 'Open', ...ours },
      { id: 'of-contacts', state: 'InProgress', ...ours, object: 'Contact' },
      { id: 'of-another', state: 'InProgress', ...ours, createdById: 'somebody' },
    ];
    org().post(INGEST).reply(200, { id: JOB, state: 'Open', createdById: 'me' });
    const more = `${INGEST}?queryLocator=1000`;
    org().get(INGEST).query({ jobType: 'V2Ingest' }).reply(200, { records: listed, nextRecordsUrl: more });
    org()
      .get(INGEST)
      .query({ queryLocator: '1000' })
      .reply(200, { records: [{ id: earlier, state: 'InProgress', ...ours }], nextRecordsUrl: null });
    org().get(`${INGEST}/${earlier}`).reply(200, { id: earlier, state: 'InProgress' });
    org().get(`${INGEST}/${earlier}`).reply(200, { id: earlier, state: 'JobComplete' });
    org().put(`${INGEST}/${JOB}/batches`, file).reply(201);
    org().patch(`${INGEST}/${JOB}`).reply(200, {});
    org()
      .get(`${INGEST}/${JOB}`)
      .reply(200, { state: 'JobComplete', numberRecordsProcessed: 4, numberRecordsFailed: 0 });
    await ingest(api, 'Lead', rows, { ...call, clock });
    expect(calls).toHaveLength(8);
    // The next one of this process needs not look again.
    org().post(INGEST).reply(200, { id: JOB, state: 'Open', createdById: 'me' });
    org().put(`${INGEST}/${JOB}/batches`, file).reply(201);
    org().patch(`${INGEST}/${JOB}`).reply(200, {});
    org()
      .get(`${INGEST}/${JOB}`)
      .reply(200, { state: 'JobComplete', numberRecordsProcessed: 4, numberRecordsFailed: 0 });
    await ingest(api, 'Lead', rows, { ...call, clock });
    expect(calls).toHaveLength(12);
  });

  test('of a user who may not see the jobs of the org does not wait for others', async () => {
    const { api, clock } = createBench();
    org().post(INGEST).reply(200, { id: JOB, state: 'Open', createdById: 'me' });
    org().get(INGEST).query(true).reply(403, problem('INSUFFICIENT_ACCESS', 'no'));
    org().put(`${INGEST}/${JOB}/batches`, file).reply(201);
    org().patch(`${INGEST}/${JOB}`).reply(200, {});
    org()
      .get(`${INGEST}/${JOB}`)
      .reply(200, { state: 'JobComplete', numberRecordsProcessed: 4, numberRecordsFailed: 0 });
    expect((await ingest(api, 'Lead', rows, { ...call, clock })).size).toBe(4);
  });

  test('is stopped in Salesforce as well where nobody waits for it any more', async () => {
    const { api, clock } = createBench();
    const stop = new AbortController();
    const reason = new Error('SIGTERM');
    created();
    org().put(`${INGEST}/${JOB}/batches`, file).reply(201);
    org().patch(`${INGEST}/${JOB}`, { state: 'UploadComplete' }).reply(200, {});
    org()
      .get(`${INGEST}/${JOB}`)
      .reply(200, () => {
        stop.abort(reason);
        return { state: 'InProgress' };
      });
    const aborted = org().patch(`${INGEST}/${JOB}`, { state: 'Aborted' }).reply(200, { state: 'Aborted' });
    await expect(ingest(api, 'Lead', rows, { ...call, clock, signal: stop.signal })).rejects.toBe(reason);
    expect(aborted.isDone()).toBe(true);
  });

  test('is not begun where its upload got lost: a second one would be refused, and another job takes its place', async () => {
    const { api, clock, calls } = createBench();
    created();
    org().put(`${INGEST}/${JOB}/batches`).reply(504);
    begun({ numberRecordsProcessed: 4, numberRecordsFailed: 0 });
    expect((await ingest(api, 'Lead', rows, { ...call, clock })).get(ids[1])).toEqual(written);
    expect(calls).toHaveLength(6);
  });

  test('is given up once the uploads of three jobs got lost', async () => {
    const { api, clock, calls } = createBench();
    for (let lost = 0; lost < 3; lost += 1) {
      created();
      org().put(`${INGEST}/${JOB}/batches`).reply(504);
    }
    expect(await failure(ingest(api, 'Lead', rows, { ...call, clock }))).toBeInstanceOf(RetryableError);
    expect(calls).toHaveLength(6);
  });

  test('whose beginning was told, but not to us, is found begun', async () => {
    const { api, clock } = createBench();
    created();
    org().put(`${INGEST}/${JOB}/batches`).reply(201);
    org().patch(`${INGEST}/${JOB}`).reply(504);
    org().patch(`${INGEST}/${JOB}`).reply(400, problem('INVALIDJOBSTATE', 'Updates are not allowed'));
    org().get(`${INGEST}/${JOB}`).reply(200, { id: JOB, state: 'InProgress' });
    finished('JobComplete', SUCCESSFUL, '');
    const results = await ingest(api, 'Lead', rows, { ...call, clock });
    expect(results.get(ids[1])).toEqual({ success: true });
  });

  test('whose beginning no answer told is looked at: done later, it would put old values over newer ones', async () => {
    const { api, clock } = createBench();
    created();
    org().put(`${INGEST}/${JOB}/batches`).reply(201);
    for (let lost = 0; lost < 3; lost += 1) org().patch(`${INGEST}/${JOB}`).reply(504);
    org().get(`${INGEST}/${JOB}`).reply(200, { id: JOB, state: 'InProgress' });
    finished('JobComplete', SUCCESSFUL, '');
    const results = await ingest(api, 'Lead', rows, { ...call, clock });
    expect(results.get(ids[1])).toEqual({ success: true });
  });

  test('that tells of strange records is not believed', async () => {
    const { api, clock } = createBench();
    created();
    org().put(`${INGEST}/${JOB}/batches`).reply(201);
    org().patch(`${INGEST}/${JOB}`).reply(200, {});
    org().get(`${INGEST}/${JOB}`).reply(200, { id: JOB, state: 'JobComplete' });
    org().get(`${INGEST}/${JOB}/successfulResults/`).reply(200, '"sf__Id","Id"\n"00Qx","00Qx"\n', CSV);
    expect(await failure(ingest(api, 'Lead', rows, { ...call, clock }))).toBeInstanceOf(RetryableError);
  });
});

describe('the file of a bulk update', () => {
  test('of very many rows is several, each with a header, of all of them once and in order', () => {
    const many = Array.from({ length: 130 }, (_, place) => ({ Id: `00Q${place}`, Reasons__c: 'x'.repeat(1_000_000) }));
    const files = [...ingestFiles(many)];
    expect(files.length).toBe(3);
    expect(files.flatMap((each) => each.ids)).toEqual(many.map(({ Id }) => Id));
    for (const { csv } of files) {
      expect(csv.startsWith('"Id","Reasons__c"\n')).toBe(true);
      expect(Buffer.byteLength(csv)).toBeLessThan(100_000_000);
    }
    expect([...ingestFiles([])]).toEqual([]);
  });

  test('leaves a field alone that only other rows have', () => {
    const [only] = ingestFiles([
      { Id: '00Q1', A__c: 1 },
      { Id: '00Q2', B__c: null },
    ]);
    expect(only?.csv).toBe('"Id","A__c","B__c"\n"00Q1","1",\n"00Q2",,"#N/A"\n');
  });
});
