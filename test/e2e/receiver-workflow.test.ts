import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DAY, SECOND } from '../../src/base/clock.ts';
import { settle, takeDirty } from '../../src/ledger/dirty.ts';
import { isSignedByWorkflow } from '../../src/webhooks/hubspot-signature-v2.ts';
import {
  type BenchOptions,
  contentsOf,
  createReceiverBench,
  SECRET,
  startStoppableRedis,
} from '../support/receiver-bench.ts';
import { keysLike } from '../support/redis-keys.ts';
import { MONDAY } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const PATH = '/webhooks/hubspot/workflow';

/** A contact as workflows have always sent it. */
const CONTACT = {
  vid: 101,
  'canonical-vid': 101,
  'merged-vids': [],
  'portal-id': 24_500_001,
  'is-contact': true,
  properties: { email: { value: 'ada@acme.example' }, hs_object_id: { value: '101' } },
};

/** A receiver, and a workflow that signs what it sends. */
async function openBench(options: BenchOptions = {}, server: Parameters<typeof createReceiverBench>[0] = redis) {
  const bench = await createReceiverBench(server, options);
  const sign = (body: string, secret: string) =>
    createHash('sha256')
      .update(`${secret}POST${options.publicUrl ?? bench.receiver.url}${PATH}${body}`)
      .digest('hex');
  async function run(content: unknown, headers: Readonly<Record<string, string>> = {}, secret = SECRET) {
    const body = typeof content === 'string' ? content : JSON.stringify(content);
    const signature = { 'x-hubspot-signature': sign(body, secret), 'x-hubspot-signature-version': 'v2' };
    return bench.post(PATH, body, { ...signature, ...headers });
  }
  return { ...bench, run };
}

describe('the signature of a workflow', () => {
  test('of HubSpot’s own examples is accepted', () => {
    const uri = 'https://www.example.com/webhook_uri';
    const secrets = ['yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy'];
    const bare = { method: 'GET', uri, body: Buffer.alloc(0) };
    const signature = 'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e';
    expect(isSignedByWorkflow(bare, signature, secrets)).toBe(true);
    expect(isSignedByWorkflow({ ...bare, method: 'POST' }, signature, secrets)).toBe(false);
    expect(isSignedByWorkflow(bare, signature, [])).toBe(false);
    const full = { method: 'POST', uri, body: Buffer.from('{"example_field":"example_value"}') };
    const other = '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900';
    expect(isSignedByWorkflow(full, other, secrets)).toBe(true);
    expect(isSignedByWorkflow(full, other.slice(0, 62), secrets)).toBe(false);
  });

  test('that fits has the contact looked at again, and the forms as well', async () => {
    const bench = await openBench();
    const answer = await bench.run(CONTACT);
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(await bench.dirty()).toEqual(['101']);
    expect([await bench.waiting('score'), await bench.waiting('hot-poll')]).toEqual([1, 1]);
  });

  test.each([
    ['missing', { 'x-hubspot-signature': '' }],
    ['short', { 'x-hubspot-signature': 'eee2' }],
    ['not hexadecimal', { 'x-hubspot-signature': 'z'.repeat(64) }],
    ['of nobody', { 'x-hubspot-signature': 'a'.repeat(64) }],
    ['of another version', { 'x-hubspot-signature-version': 'v1' }],
  ])('that is %s is refused', async (_, headers) => {
    const bench = await openBench();
    expect((await bench.run(CONTACT, headers)).status).toBe(401);
    expect(await bench.dirty()).toEqual([]);
  });

  test('covers the body: one that was serialised anew is refused', async () => {
    const bench = await openBench();
    const signature = createHash('sha256')
      .update(`${SECRET}POST${bench.receiver.url}${PATH}${JSON.stringify(CONTACT)}`)
      .digest('hex');
    const headers = { 'x-hubspot-signature': signature, 'x-hubspot-signature-version': 'v2' };
    expect((await bench.post(PATH, JSON.stringify(CONTACT, undefined, 1), headers)).status).toBe(401);
    expect((await bench.post(PATH, JSON.stringify(CONTACT), headers)).status).toBe(204);
  });

  test('while one secret replaces the other both are good, behind a proxy as well', async () => {
    const bench = await openBench({ secrets: ['old', 'new'], publicUrl: 'https://leads.example.com/in' });
    expect((await bench.run({ vid: 1 }, {}, 'old')).status).toBe(204);
    expect((await bench.run({ vid: 2 }, {}, 'new')).status).toBe(204);
    expect((await bench.run({ vid: 3 }, {}, 'removed')).status).toBe(401);
    expect(await bench.dirty()).toEqual(['1', '2']);
  });

  test('may be of version 3, which covers the time', async () => {
    const bench = await openBench();
    expect((await bench.send(CONTACT, { path: PATH })).status).toBe(204);
    expect((await bench.send({ vid: 2 }, { path: PATH, timestamp: String(MONDAY - DAY) })).status).toBe(401);
    expect(await bench.dirty()).toEqual(['101']);
  });

  test('that is not there, or of another time, is refused with this reason', async () => {
    const bench = await openBench();
    const bare = await bench.run(CONTACT, { 'x-hubspot-signature': '' });
    expect(await bare.json()).toEqual({ error: 'it is not signed: it has no X-HubSpot-Signature' });
    const old = await bench.send(CONTACT, { path: PATH, timestamp: String(MONDAY - DAY) });
    expect(await old.json()).toEqual({ error: expect.stringContaining('its time is more than five minutes from now') });
  });
});

describe('the contact of a workflow', () => {
  test.each([
    ['as the first API had it', CONTACT],
    ['with objectId', { objectId: 101, objectType: 'CONTACT', properties: {} }],
    ['with the number of its type', { objectId: '101', objectTypeId: '0-1' }],
    ['in a body of the company’s own', { hs_object_id: 101, companyId: '7', anything: ['else'] }],
    ['with its properties alone', { properties: { hs_object_id: '101', email: 'ada@acme.example' } }],
    ['with properties as the first API had them', { properties: { hs_object_id: { value: 101 } } }],
  ])('%s is understood', async (_, content) => {
    const bench = await openBench();
    expect((await bench.run(content)).status).toBe(204);
    expect(await bench.dirty()).toEqual(['101']);
  });

  test.each([
    ['a company', { companyId: 7, properties: { hs_object_id: { value: '7' } } }, 'it names no contact'],
    ['a deal', { objectId: 7, objectType: 'DEAL' }, 'it names no contact'],
    ['nobody', { properties: { email: { value: 'ada@acme.example' } } }, 'it names no contact'],
    ['no id', { hs_object_id: 'ada@acme.example' }, 'its hs_object_id is unusable'],
    ['a list', [CONTACT], 'send a contact as a JSON object'],
    ['no JSON', '{"vid":1', 'send a contact as a JSON object'],
    [
      '10,000 nested arrays',
      `{"vid":1,"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      'send a contact as a JSON object',
    ],
  ])('that is %s is refused with the reason', async (_, content, reason) => {
    const bench = await openBench();
    const answer = await bench.run(content);
    expect([answer.status, await answer.json()]).toEqual([400, { error: expect.stringContaining(reason) }]);
    expect(await bench.dirty()).toEqual([]);
  });

  test('sent again and again, as its signature allows for ever, costs one mark in five seconds', async () => {
    const bench = await openBench();
    await Promise.all(Array.from({ length: 10 }, () => bench.run(CONTACT)));
    await settle(bench.space, await takeDirty(bench.space, 10, MONDAY), MONDAY);
    expect((await bench.run(CONTACT)).status).toBe(204);
    expect(await bench.dirty()).toEqual([]);
    expect([await bench.waiting('score'), await bench.waiting('hot-poll')]).toEqual([1, 1]);
    const holds = (await keysLike(bench.space.redis, '*event*')).map((key) => bench.space.redis.pttl(key));
    expect(Math.max(...(await Promise.all(holds)))).toBeLessThanOrEqual(5 * SECOND);
  });

  test('that changed once more is looked at once more', async () => {
    const bench = await openBench();
    await bench.run(CONTACT);
    await settle(bench.space, await takeDirty(bench.space, 10, MONDAY), MONDAY);
    await bench.run({ ...CONTACT, properties: { jobtitle: { value: 'CEO' } } });
    expect(await bench.dirty()).toEqual(['101']);
  });

  test('is one of thousands that are enrolled at once: the forms are asked for twice in five seconds at most', async () => {
    const bench = await openBench();
    for (let vid = 1; vid <= 30; vid += 1) await bench.run({ vid });
    expect((await bench.dirty()).length).toBe(30);
    expect([await bench.waiting('hot-poll'), await bench.delayed('hot-poll')]).toEqual([1, 1]);
  });
});

test('a GET is answered with what to choose in the workflow', async () => {
  const { receiver } = await openBench();
  const answer = await fetch(receiver.url + PATH);
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  expect(await answer.json()).toEqual({ error: 'choose POST as the method of the webhook in the workflow' });
});

test('with Redis away HubSpot is told to come again, and at no time, which it would take for milliseconds', async () => {
  const own = await startStoppableRedis();
  const bench = await openBench({}, own);
  await own.stop();
  const began = performance.now();
  const refused = await bench.run(CONTACT);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, null]);
  expect(performance.now() - began).toBeLessThan(SECOND);
  await own.restart();
  while ((await fetch(`${bench.receiver.url}/readyz`)).status !== 200);
  expect((await bench.run(CONTACT)).status).toBe(204);
  expect(await bench.dirty()).toEqual(['101']);
});

test('nothing of a contact is in Redis or the logs but its id', async () => {
  const bench = await openBench();
  const canary = { email: 'canary@example.com', lastname: 'Canary' };
  await bench.run({ vid: 1, properties: canary });
  await bench.run({ hs_object_id: 'canary@example.com' });
  await bench.run({ vid: 2, canary }, { 'x-hubspot-signature': 'canary' });
  expect(bench.lines.join()).not.toMatch(/canary/i);
  expect(JSON.stringify(await contentsOf(bench.space.redis))).not.toMatch(/canary/i);
});
