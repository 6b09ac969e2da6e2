import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/clock.ts';
import { hashEmail } from '../../src/leads/email.ts';
import { readExpected } from '../../src/ledger/expected.ts';
import { contentsOf, createReceiverBench, startStoppableRedis } from '../support/receiver-bench.ts';
import { MONDAY } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const PATH = '/webhooks/form';
const FORMS = ['demo-request', 'free-trial', 'newsletter'];

const secretOf = (word: string) => `whsec_${Buffer.from(word.padEnd(32, '.')).toString('base64')}`;
const SECRET = secretOf('canary');

interface Sent {
  readonly id?: string;
  /** What is signed, if another body is sent. */
  readonly signedBody?: string;
  readonly secret?: string;
  /** When it was signed, in milliseconds since 1970. */
  readonly at?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A receiver with forms, and a site that signs what it sends. */
async function openBench(secrets = [SECRET], server: Parameters<typeof createReceiverBench>[0] = redis) {
  const bench = await createReceiverBench(server, { form: { secrets, forms: FORMS } });
  function tell(content: unknown, { id = 'msg_1', signedBody, secret = SECRET, at = MONDAY, headers }: Sent = {}) {
    const body = typeof content === 'string' ? content : JSON.stringify(content);
    return bench.post(PATH, body, {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at / SECOND)),
      'webhook-signature': new Webhook(secret).sign(id, new Date(at), signedBody ?? body),
      ...headers,
    });
  }
  return { ...bench, tell };
}

/** A submission as a site tells of it. */
function submitted(data: object = {}, changes: object = {}) {
  const timestamp = new Date(MONDAY - SECOND).toISOString();
  return {
    type: 'form.submitted',
    timestamp,
    data: { form: 'demo-request', email: 'Ada@Acme.example', ...data },
    ...changes,
  };
}

describe('a submission that the site tells of', () => {
  test('is expected from the CRM, and its form is fetched at once', async () => {
    const bench = await openBench();
    const answer = await bench.tell(submitted());
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    const emailHash = hashEmail('ada@acme.example');
    expect(await readExpected(bench.space)).toEqual([
      { form: 'demo-request', emailHash, sentAt: MONDAY - SECOND, toldAt: MONDAY },
    ]);
    expect(await bench.waiting('pull-expected')).toBe(1);
    expect(await bench.dirty()).toEqual([]);
  });

  test('ten times at once and again later, by one webhook-id, is expected once', async () => {
    const bench = await openBench();
    const answers = await Promise.all(Array.from({ length: 10 }, () => bench.tell(submitted())));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    await bench.space.redis.del(bench.space.key('expected'));
    await bench.clock.advance(MINUTE);
    expect((await bench.tell(submitted())).status).toBe(204);
    expect(await readExpected(bench.space)).toEqual([]);
    expect(await bench.waiting('pull-expected')).toBe(1);
  });

  test.each([
    ['left out', undefined],
    ['null', null],
    ['empty', ' '],
  ])('whose e-mail is %s still has the form fetched', async (_, email) => {
    const bench = await openBench();
    expect((await bench.tell(submitted({ email }))).status).toBe(204);
    expect(await readExpected(bench.space)).toMatchObject([{ form: 'demo-request', emailHash: undefined }]);
    expect(await bench.waiting('pull-expected')).toBe(1);
  });

  test('from the future counts as sent now, one without a time as well', async () => {
    const bench = await openBench();
    const timestamp = '2030-01-01T00:00:00+01:00';
    expect((await bench.tell(submitted({ form: 'newsletter' }, { timestamp }))).status).toBe(204);
    expect((await bench.tell(submitted({}, { timestamp: undefined }), { id: 'msg_2' })).status).toBe(204);
    expect((await readExpected(bench.space)).map(({ sentAt }) => sentAt)).toEqual([MONDAY, MONDAY]);
  });

  test('long after it happened is acknowledged, and left to the polls that found it long ago', async () => {
    const bench = await openBench();
    const timestamp = new Date(MONDAY - 11 * MINUTE).toISOString();
    expect((await bench.tell(submitted({}, { timestamp }))).status).toBe(204);
    expect(await readExpected(bench.space)).toEqual([]);
    expect(await bench.waiting('pull-expected')).toBe(0);
  });

  test('by whoever never stops telling fills no memory', async () => {
    const bench = await openBench();
    const fill = Array.from({ length: 1_000 }, (_, index) => [`demo-request ${index}`, `${MONDAY} ${MONDAY}`]).flat();
    await bench.space.redis.hset(bench.space.key('expected'), ...fill);
    expect((await bench.tell(submitted())).status).toBe(204);
    expect((await readExpected(bench.space)).length).toBe(1_000);
  });
});

describe('what cannot be used is refused with the reason', () => {
  test.each([
    ['a form with a typo', submitted({ form: 'demo-reqest' }), 'did you mean "demo-request"?'],
    ['a form of nobody', submitted({ form: 'xyz' }), 'use one of demo-request, free-trial, newsletter'],
    ['what is no address', submitted({ email: 'notmail' }), 'its data.email is no e-mail address: leave it out'],
    ['no form', submitted({ form: undefined }), 'its data.form is unusable'],
    ['another type', submitted({}, { type: 'form.opened' }), 'its type is unusable'],
    ['no time', submitted({}, { timestamp: 'yesterday' }), 'its timestamp is unusable'],
    ['a list', [submitted()], 'send { "type": "form.submitted"'],
    ['no JSON', '{"type":', 'send { "type": "form.submitted"'],
    ['nothing', '', 'send { "type": "form.submitted"'],
    ['10,000 nested arrays', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'send { "type": "form.submitted"'],
  ])('%s', async (_, content, reason) => {
    const bench = await openBench();
    const answer = await bench.tell(content);
    expect([answer.status, await answer.json()]).toEqual([400, { error: expect.stringContaining(reason) }]);
    expect(await readExpected(bench.space)).toEqual([]);
  });

  test('too much, and what is no JSON by its own word', async () => {
    const bench = await openBench();
    expect((await bench.tell(' '.repeat(2_000_000))).status).toBe(413);
    expect((await bench.tell(submitted(), { headers: { 'content-type': 'text/plain' } })).status).toBe(415);
    expect((await bench.tell(submitted(), { headers: { 'content-encoding': 'gzip' } })).status).toBe(415);
    expect((await fetch(bench.receiver.url + PATH)).status).toBe(405);
  });
});

describe('the signature of a site', () => {
  test.each([
    ['of another body', { signedBody: '{}' }],
    ['by another secret', { secret: secretOf('other') }],
    ['missing', { headers: { 'webhook-signature': '' } }],
    ['short', { headers: { 'webhook-signature': 'v1,abc' } }],
    ['of another version', { headers: { 'webhook-signature': `v1a,${'A'.repeat(44)}` } }],
    ['over another id', { headers: { 'webhook-id': 'msg_2' } }],
    ['without an id', { headers: { 'webhook-id': '' } }],
    ['five minutes old', { at: MONDAY - 301 * SECOND }],
    ['of the future', { at: MONDAY + 301 * SECOND }],
    ['at no time', { headers: { 'webhook-timestamp': 'NaN' } }],
    ['at a time that is no number of seconds', { headers: { 'webhook-timestamp': `${MONDAY / SECOND}.5` } }],
  ])('that is %s is refused', async (_, sent) => {
    const bench = await openBench();
    expect((await bench.tell(submitted(), sent)).status).toBe(401);
    expect(await readExpected(bench.space)).toEqual([]);
  });

  test.each([
    ['is not there', { headers: { 'webhook-signature': '' } }, 'it is not signed: it has no webhook-signature'],
    ['is old', { at: MONDAY - 301 * SECOND }, 'its time is more than five minutes from now'],
    ['has no time', { headers: { 'webhook-timestamp': 'NaN' } }, 'it has no time that can be read'],
    ['is by another secret', { secret: secretOf('other') }, 'the signature does not fit'],
  ])('that %s is refused with this reason', async (_, sent, reason) => {
    const bench = await openBench();
    expect(await (await bench.tell(submitted(), sent)).json()).toEqual({ error: expect.stringContaining(reason) });
  });

  test('may be almost five minutes off, and one of several', async () => {
    const bench = await openBench();
    expect((await bench.tell(submitted(), { at: MONDAY - 299 * SECOND })).status).toBe(204);
    const body = JSON.stringify(submitted());
    const right = new Webhook(SECRET).sign('msg_2', new Date(MONDAY), body);
    const headers = { 'webhook-signature': `v1,${'A'.repeat(44)} v1a,abc ${right}` };
    expect((await bench.tell(body, { id: 'msg_2', headers })).status).toBe(204);
  });

  test('while one secret replaces the other both are good, and one that was removed is not', async () => {
    const bench = await openBench([secretOf('old'), secretOf('new')]);
    expect((await bench.tell(submitted(), { id: 'a', secret: secretOf('old') })).status).toBe(204);
    expect((await bench.tell(submitted(), { id: 'b', secret: secretOf('new') })).status).toBe(204);
    expect((await bench.tell(submitted(), { id: 'c', secret: secretOf('removed') })).status).toBe(401);
  });

  test('is asked of nobody where no secret is set: it is said so', async () => {
    const bench = await openBench([]);
    const answer = await bench.tell(submitted());
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { error: expect.stringContaining('FORM_WEBHOOK_SECRETS is not set') },
    ]);
  });

  test('that fails too often holds the sender up, and no other', async () => {
    const bench = await openBench();
    const statuses = new Set<number>();
    for (let sent = 0; sent < 62; sent += 1) statuses.add((await bench.tell({}, { secret: secretOf('no') })).status);
    expect([...statuses]).toEqual([401, 429]);
    expect((await bench.tell(submitted())).status).toBe(204);
  });
});

test('with Redis away the site is told to come again within a second, and its retry succeeds', async () => {
  const own = await startStoppableRedis();
  const bench = await openBench([SECRET], own);
  await own.stop();
  const began = performance.now();
  const refused = await bench.tell(submitted());
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  expect(performance.now() - began).toBeLessThan(SECOND);
  expect(bench.lines.join()).toContain('could not be taken in');
  expect(bench.lines.join()).not.toMatch(/acme|msg_1/i);
  await own.restart();
  while ((await fetch(`${bench.receiver.url}/readyz`)).status !== 200);
  expect((await bench.tell(submitted())).status).toBe(204);
  expect(await readExpected(bench.space)).toHaveLength(1);
});

test('nothing that a site sends is in Redis, in jobs or in the logs', async () => {
  const bench = await openBench();
  await bench.tell(submitted({ email: 'canary@example.com', phone: 'canary' }), { id: 'canary-id' });
  await bench.tell(submitted({ form: 'canary@example.com' }), { id: 'msg_2' });
  await bench.tell({ canary: 'canary@example.com' }, { id: 'msg_3' });
  await bench.tell(submitted({ email: 'canary@example.com' }), { secret: secretOf('canary-other') });
  expect(await readExpected(bench.space)).toHaveLength(1);
  const left = JSON.stringify([bench.lines, await contentsOf(bench.space.redis)]);
  expect(left).not.toMatch(/canary/i);
  expect(left).not.toContain(SECRET.slice(6, 20));
});
