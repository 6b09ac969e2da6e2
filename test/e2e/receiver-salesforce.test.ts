import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/clock.ts';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { settle, takeDirty } from '../../src/ledger/dirty.ts';
import { isAcknowledged } from '../../src/sandbox/salesforce/outbound/notification-xml.ts';
import { createOrg, startSalesforceSandbox } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { idOf, outboundMessage } from '../support/outbound-message.ts';
import { contentsOf, startStoppableRedis } from '../support/receiver-bench.ts';
import { createSalesforceBench, ORGANIZATION, SECRET } from '../support/salesforce-receiver.ts';
import { createTestClock, MONDAY } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

const LEAD = idOf('00Q', 1);
const CONTACT = idOf('003', 2);
const lead = { fields: { Id: LEAD } };
const message = outboundMessage([lead]);

describe('an outbound message', () => {
  test('is acknowledged as Salesforce reads it, and its leads are to be scored', async () => {
    const bench = await createSalesforceBench(redis);
    const answer = await bench.send(outboundMessage([lead, { object: 'Contact', fields: { Id: CONTACT } }]));
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(isAcknowledged(answer.status, await answer.text())).toBe(true);
    expect(await bench.dirty()).toEqual([CONTACT, LEAD]);
    expect([await bench.waiting('score'), await bench.waiting('hot-poll')]).toEqual([1, 0]);
  });

  test('ten times at once and again later has one effect', async () => {
    const bench = await createSalesforceBench(redis);
    const answers = await Promise.all(Array.from({ length: 10 }, () => bench.send(message)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await settle(bench.space, await takeDirty(bench.space, 10, MONDAY), MONDAY);
    await bench.clock.advance(4 * MINUTE);
    expect((await bench.send(message)).status).toBe(200);
    expect(await bench.dirty()).toEqual([]);
    expect(await bench.waiting('score')).toBe(1);
  });

  test('of the next change of a lead has it looked at once more', async () => {
    const bench = await createSalesforceBench(redis);
    await bench.send(message);
    await settle(bench.space, await takeDirty(bench.space, 10, MONDAY), MONDAY);
    await bench.send(outboundMessage([{ ...lead, notificationId: idOf('04l', 7) }]));
    expect(await bench.dirty()).toEqual([LEAD]);
  });

  test('about a campaign member has its lead looked at, and asks for responses at once', async () => {
    const bench = await createSalesforceBench(redis);
    const fields = { Id: idOf('00v', 1), LeadId: LEAD };
    expect((await bench.send(outboundMessage([{ object: 'CampaignMember', fields }]))).status).toBe(200);
    expect(await bench.dirty()).toEqual([LEAD]);
    expect([await bench.waiting('score'), await bench.waiting('hot-poll')]).toEqual([1, 1]);
  });

  test('one of many about a list that was put into a campaign: responses are asked for twice in a second at most', async () => {
    const bench = await createSalesforceBench(redis);
    for (let sent = 0; sent < 20; sent += 1) {
      const members = Array.from({ length: 5 }, (_, index) => ({
        notificationId: idOf('04l', 5 * sent + index),
        object: 'CampaignMember',
        fields: { Id: idOf('00v', 5 * sent + index), ContactId: idOf('003', 5 * sent + index) },
      }));
      expect((await bench.send(outboundMessage(members))).status).toBe(200);
    }
    expect((await bench.dirty()).length).toBe(100);
    expect([await bench.waiting('hot-poll'), await bench.delayed('hot-poll')]).toEqual([1, 1]);
  });

  test('about tasks and events has the people they are with looked at', async () => {
    const bench = await createSalesforceBench(redis);
    const told = [
      { object: 'Task', fields: { Id: idOf('00T', 1), WhoId: LEAD } },
      { object: 'Event', fields: { Id: idOf('00U', 1), WhoId: CONTACT } },
    ];
    expect((await bench.send(outboundMessage(told))).status).toBe(200);
    expect(await bench.dirty()).toEqual([CONTACT, LEAD]);
  });

  test('about nobody is acknowledged and left alone', async () => {
    const bench = await createSalesforceBench(redis);
    const told = [{ object: 'Account', fields: { Id: idOf('001', 1), Name: 'Acme' } }];
    expect((await bench.send(outboundMessage(told))).status).toBe(200);
    expect(await bench.dirty()).toEqual([]);
    expect(await bench.waiting('score')).toBe(0);
    expect(await listDeadLetters(bench.space)).toEqual([]);
  });

  test('with one malformed record of a hundred leaves a dead letter with its reason, and the others are taken', async () => {
    const bench = await createSalesforceBench(redis);
    const told = Array.from({ length: 100 }, (_, index) => ({ fields: { Id: idOf('00Q', index) } }));
    told[41] = { fields: { Id: 'ada@example.com' } };
    for (let sent = 0; sent < 2; sent += 1) expect((await bench.send(outboundMessage(told))).status).toBe(200);
    expect((await bench.dirty()).length).toBe(99);
    const letters = await listDeadLetters(bench.space);
    expect(letters).toEqual([
      {
        id: expect.stringMatching(/^webhook-/),
        reason: 'a record that Salesforce told of was left out: its Id is no id of Salesforce',
        at: MONDAY,
      },
    ]);
    expect(JSON.stringify([letters, bench.lines])).not.toContain('ada@');
  });

  test.each([
    ['a DOCTYPE', message.replace('<soapenv:Envelope', '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/"><soapenv:Envelope')],
    ['10,000 nested elements', message.replace(LEAD, `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`)],
    ['the first half of it', message.slice(0, 500)],
    ['no XML', 'Id=1'],
    ['nothing', ''],
  ])('with %s is refused, and nothing is written down', async (_, body) => {
    const bench = await createSalesforceBench(redis);
    const answer = await bench.send(body);
    expect(isAcknowledged(answer.status, await answer.text())).toBe(false);
    expect(answer.status).toBe(400);
    expect(await listDeadLetters(bench.space)).toEqual([]);
    expect(await bench.waiting('score')).toBe(0);
    expect(bench.lines.join()).toContain('an outbound message was refused');
  });

  test('of another organization is refused, and the operator is told which', async () => {
    const bench = await createSalesforceBench(redis);
    const other = idOf('00D', 5);
    const answer = await bench.send(outboundMessage([lead], other));
    const reason = `it comes from the organization ${other}: add that to SALESFORCE_ORGANIZATION_IDS if it is yours`;
    expect([answer.status, await answer.json()]).toEqual([400, { error: reason }]);
    expect(bench.lines.join()).toContain(reason);
    expect(await bench.dirty()).toEqual([]);
  });

  test('is taken from every organization that is set, by 15 characters as Setup shows them or by 18', async () => {
    const other = idOf('00D', 5);
    const bench = await createSalesforceBench(redis, { organizationIds: [ORGANIZATION.slice(0, 15), other] });
    expect((await bench.send(message)).status).toBe(200);
    expect((await bench.send(outboundMessage([lead], other))).status).toBe(200);
  });

  test('too large, packed or of another kind is refused', async () => {
    const bench = await createSalesforceBench(redis);
    expect((await bench.send(' '.repeat(2_000_000))).status).toBe(413);
    expect((await bench.send(gzipSync(message), { headers: { 'content-encoding': 'gzip' } })).status).toBe(415);
    const json = await bench.send('{}', { headers: { 'content-type': 'application/json' } });
    expect([json.status, await json.json()]).toEqual([415, { error: 'send text/xml' }]);
    const get = await fetch(`${bench.url}/webhooks/salesforce/${SECRET}`);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await bench.send(message, { headers: { 'content-type': 'application/xml' } })).status).toBe(200);
  });
});

describe('the secret in the address', () => {
  test('that is wrong finds the same nothing as any other address, whatever is sent there', async () => {
    const bench = await createSalesforceBench(redis);
    const seen = async (answer: Response) => [
      answer.status,
      await answer.text(),
      [...answer.headers.keys()].toSorted(),
    ];
    const nothing = await seen(await fetch(`${bench.url}/webhooks/nothing`, { method: 'POST', body: message }));
    expect(nothing.slice(0, 2)).toEqual([404, '{"error":"there is nothing here"}']);
    const wrong = `${bench.url}/webhooks/salesforce/${SECRET.slice(0, -1)}`;
    for (const init of [
      { method: 'POST', body: message, headers: { 'content-type': 'text/xml' } },
      { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } },
      { method: 'POST', body: ' '.repeat(2_000_000), headers: { 'content-type': 'text/xml' } },
      { method: 'PUT', body: message },
      {},
    ])
      expect(await seen(await fetch(wrong, init))).toEqual(nothing);
    for (const path of ['', '/', `/${SECRET}/`.toUpperCase(), `/${SECRET}x`, `/x/${SECRET}`])
      expect((await fetch(`${bench.url}/webhooks/salesforce${path}`, { method: 'POST' })).status).toBe(404);
    expect(await bench.dirty()).toEqual([]);
  });

  test('is replaced without losing a message: both are good for a while', async () => {
    const bench = await createSalesforceBench(redis, { secrets: ['old'.repeat(16), 'new'.repeat(16)] });
    expect((await bench.send(message, { secret: 'old'.repeat(16) })).status).toBe(200);
    expect((await bench.send(message, { secret: 'new'.repeat(16) })).status).toBe(200);
    expect((await bench.send(message, { secret: SECRET })).status).toBe(404);
  });

  test('that is guessed too often holds the guesser up, and not Salesforce', async () => {
    const bench = await createSalesforceBench(redis);
    const statuses = new Set<number>();
    for (let sent = 0; sent < 62; sent += 1) statuses.add((await bench.send('', { secret: String(sent) })).status);
    expect([...statuses]).toEqual([404, 429]);
    expect((await bench.send(message)).status).toBe(200);
  });

  test.each([
    ['SALESFORCE_WEBHOOK_SECRETS', { secrets: [] }],
    ['SALESFORCE_ORGANIZATION_IDS', { organizationIds: [] }],
  ])('is asked of nobody while %s is not set: it is said so', async (variable, options) => {
    const bench = await createSalesforceBench(redis, options);
    const answer = await bench.send(message);
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { error: `${variable} is not set where leadgauge runs: nothing is taken here` },
    ]);
  });
});

describe('a flow or Apex', () => {
  test.each([
    ['one record', { object: 'Lead', id: LEAD }, [LEAD]],
    [
      'several',
      {
        records: [
          { object: 'Lead', id: LEAD },
          { object: 'Contact', id: CONTACT },
        ],
      },
      [CONTACT, LEAD],
    ],
    ['a list', [{ id: LEAD }, { id: CONTACT }], [CONTACT, LEAD]],
    ['the records of a trigger', [{ attributes: { type: 'Lead' }, Id: LEAD, Email: 'ada@example.com' }], [LEAD]],
    ['the id of 15 characters', { object: 'Lead', id: LEAD.slice(0, 15) }, [LEAD]],
    ['a task', { object: 'Task', id: idOf('00T', 1), whoId: LEAD }, [LEAD]],
    ['a deleted lead', { object: 'Lead', id: LEAD, deleted: true }, [LEAD]],
    ['a record of no lead', { object: 'Account', id: idOf('001', 1) }, []],
    ['no record', { records: [] }, []],
  ])('that sends %s is answered at once, with the empty object that a flow can read', async (_, content, leads) => {
    const bench = await createSalesforceBench(redis);
    const answer = await bench.call(content);
    expect([answer.status, await answer.text()]).toEqual([200, '{}']);
    expect(await bench.dirty()).toEqual(leads);
    expect(await bench.waiting('score')).toBe(leads.length === 0 ? 0 : 1);
  });

  test('that tells of the same lead twice has it looked at twice: there is no other sign of a second change', async () => {
    const bench = await createSalesforceBench(redis);
    await bench.call({ id: LEAD });
    await settle(bench.space, await takeDirty(bench.space, 10, MONDAY), MONDAY);
    await bench.call({ id: LEAD });
    expect(await bench.dirty()).toEqual([LEAD]);
  });

  test('that tells of a campaign member asks for responses at once', async () => {
    const bench = await createSalesforceBench(redis);
    await bench.call({ object: 'CampaignMember', id: idOf('00v', 1), contactId: CONTACT, leadId: null });
    expect(await bench.dirty()).toEqual([CONTACT]);
    expect(await bench.waiting('hot-poll')).toBe(1);
  });

  test.each([
    ['no header', {}, 'it has no X-Leadgauge-Secret: add that header to the external credential'],
    ['an empty one', { 'x-leadgauge-secret': '' }, 'it has no X-Leadgauge-Secret'],
    ['another secret', { 'x-leadgauge-secret': SECRET.slice(1) }, 'is none of SALESFORCE_WEBHOOK_SECRETS'],
    ['two secrets', { 'x-leadgauge-secret': `${SECRET},${SECRET}` }, 'is none of SALESFORCE_WEBHOOK_SECRETS'],
  ])('with %s is refused with the reason', async (_, headers, reason) => {
    const bench = await createSalesforceBench(redis);
    const answer = await bench.call({ id: LEAD }, headers);
    expect([answer.status, await answer.json()]).toEqual([401, { error: expect.stringContaining(reason) }]);
    expect(await bench.dirty()).toEqual([]);
  });

  test.each([
    ['no JSON', '{"id":', 'send { "records"'],
    ['a text', '"00Q"', 'send { "records"'],
    ['records that are no list', { records: LEAD }, 'send { "records"'],
    ['an id with a typo', { object: 'Lead', id: 'ada@example.com' }, 'its id is no id of Salesforce: send { "records"'],
    ['a merge field that was not filled in', { object: 'Lead', id: '' }, 'it has no Id: send { "records"'],
    ['10,000 nested lists', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'send { "records"'],
    ['2,001 records', Array.from({ length: 2_001 }, () => ({ id: LEAD })), 'send at most 2,000 records at once'],
  ])('that sends %s is told how to send it', async (_, content, reason) => {
    const bench = await createSalesforceBench(redis);
    const answer = await bench.call(content);
    expect([answer.status, await answer.json()]).toEqual([400, { error: expect.stringContaining(reason) }]);
    expect(await bench.dirty()).toEqual([]);
    expect(await listDeadLetters(bench.space)).toEqual([]);
  });

  test('that sends one malformed record among others loses none of them', async () => {
    const bench = await createSalesforceBench(redis);
    expect((await bench.call([{ id: 'x' }, { id: LEAD }])).status).toBe(200);
    expect(await bench.dirty()).toEqual([LEAD]);
    expect(await listDeadLetters(bench.space)).toHaveLength(1);
  });

  test('too large, of another kind or by another method is refused', async () => {
    const bench = await createSalesforceBench(redis);
    const headers = { 'x-leadgauge-secret': SECRET };
    expect((await bench.call(' '.repeat(2_000_000))).status).toBe(413);
    const xml = await bench.call(message, { ...headers, 'content-type': 'text/xml' });
    expect([xml.status, await xml.json()]).toEqual([415, { error: 'send application/json' }]);
    const get = await fetch(`${bench.url}/webhooks/salesforce/flow`, { headers });
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
  });

  test('that fails too often is held up, and no other', async () => {
    const bench = await createSalesforceBench(redis);
    const statuses = new Set<number>();
    for (let sent = 0; sent < 62; sent += 1) statuses.add((await bench.call({ id: LEAD }, {})).status);
    expect([...statuses]).toEqual([401, 429]);
    expect((await bench.call({ id: LEAD })).status).toBe(200);
  });

  test('is told where no secret is set', async () => {
    const bench = await createSalesforceBench(redis, { secrets: [] });
    const answer = await bench.call({ id: LEAD });
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { error: expect.stringContaining('SALESFORCE_WEBHOOK_SECRETS is not set') },
    ]);
  });
});

test('with Redis away Salesforce is told within a second to come again, and its retry succeeds', async () => {
  const own = await startStoppableRedis();
  const bench = await createSalesforceBench(own);
  await own.stop();
  const began = performance.now();
  const refused = await bench.send(message);
  expect(refused.status).toBe(503);
  expect(await refused.text()).toContain('<Ack>false</Ack>');
  const flow = await bench.call({ id: LEAD });
  expect([flow.status, await flow.json()]).toEqual([503, { error: 'the change is found by the next poll' }]);
  expect(performance.now() - began).toBeLessThan(2 * SECOND);
  expect(bench.lines.join()).toContain('could not be taken in');
  await own.restart();
  await bench.ready();
  const again = await bench.send(message);
  expect(isAcknowledged(again.status, await again.text())).toBe(true);
  expect(await bench.dirty()).toEqual([LEAD]);
  expect(await bench.waiting('score')).toBe(1);
});

test('nothing of a record but its id is in Redis, in jobs or in the logs, and no secret', async () => {
  const bench = await createSalesforceBench(redis);
  const canary = { Email: 'canary@example.com', LastName: 'Canary' };
  await bench.send(outboundMessage([{ fields: { Id: LEAD, ...canary } }, { fields: { Id: 'canary', ...canary } }]));
  await bench.send(outboundMessage([{ fields: { Id: LEAD, ...canary } }], 'canary'));
  await bench.send(message, { secret: 'canary' });
  await bench.call([
    { id: LEAD, ...canary },
    { id: 'canary', ...canary },
  ]);
  await bench.call({ id: 'canary' });
  await bench.call({ id: LEAD, ...canary }, { 'x-leadgauge-secret': 'canary' });
  const left = JSON.stringify([bench.lines, await contentsOf(bench.space.redis)]);
  expect(left).toContain(LEAD);
  expect(left).not.toMatch(/canary/i);
  expect(left).not.toContain(SECRET);
});

test('what an org sends is taken end to end, by outbound messages and by a flow', async () => {
  const bench = await createSalesforceBench(redis);
  const org = createOrg({ clock: createTestClock(), organizationId: ORGANIZATION });
  const url = `${bench.url}/webhooks/salesforce/${SECRET}`;
  const sandbox = await startSalesforceSandbox({
    org,
    outbound: {
      messages: [
        { name: 'lead', object: 'Lead', url },
        { name: 'member', object: 'CampaignMember', url, fields: ['ContactId', 'LeadId'] },
      ],
      callouts: [
        {
          name: 'contact',
          object: 'Contact',
          url: `${bench.url}/webhooks/salesforce/flow`,
          headers: { 'X-Leadgauge-Secret': SECRET },
        },
      ],
    },
  });
  onTestFinished(() => sandbox.close());
  const ada = sandbox.people.createLead({ Email: 'ada@acme.example' });
  const bo = sandbox.people.createContact({ Email: 'bo@acme.example' });
  await sandbox.outbound?.settled();
  expect(await bench.dirty()).toEqual([ada.id, bo.id].toSorted());
  expect(await bench.waiting('hot-poll')).toBe(0);

  await settle(bench.space, await takeDirty(bench.space, 10, MONDAY), MONDAY);
  sandbox.people.respond('Request a demo', ada.id);
  await sandbox.outbound?.settled();
  expect(await bench.dirty()).toEqual([ada.id]);
  expect(await bench.waiting('hot-poll')).toBe(1);
  expect(sandbox.outbound?.deliveries.filter(({ taken, attempt }) => !taken || attempt > 0)).toEqual([]);
  expect(await listDeadLetters(bench.space)).toEqual([]);
});
