import { createHash, createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { SECOND } from '../../src/base/clock.ts';
import { salesforceConfig } from '../support/cli-org.ts';
import { freePort } from '../support/free-port.ts';
import { idOf, outboundMessage } from '../support/outbound-message.ts';
import { residentMb } from '../support/resident-memory.ts';
import { runProcess, until } from '../support/run-process.ts';
import { SECRET as ADDRESS_SECRET, ORGANIZATION } from '../support/salesforce-receiver.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const CLIENT_SECRET = 'a-client-secret';
const FORM_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const MEGABYTES = 50;

/** An address of the receiver, and headers that are right for any body. */
interface Route {
  readonly path: string;
  readonly type: string;
  headers(url: string, body: Buffer): Record<string, string>;
}

const ROUTES: readonly Route[] = [
  {
    path: '/webhooks/hubspot',
    type: 'application/json',
    headers(url, body) {
      const timestamp = String(Date.now());
      const hmac = createHmac('sha256', CLIENT_SECRET).update(`POST${url}`).update(body).update(timestamp);
      return { 'x-hubspot-request-timestamp': timestamp, 'x-hubspot-signature-v3': hmac.digest('base64') };
    },
  },
  {
    path: '/webhooks/hubspot/workflow',
    type: 'application/json',
    headers(url, body) {
      const hash = createHash('sha256').update(`${CLIENT_SECRET}POST${url}`).update(body);
      return { 'x-hubspot-signature': hash.digest('hex'), 'x-hubspot-signature-version': 'v2' };
    },
  },
  {
    path: '/webhooks/form',
    type: 'application/json',
    headers(_, body) {
      const [id, at] = ['msg_1', new Date()];
      const signature = new Webhook(FORM_SECRET).sign(id, at, body.toString());
      const timestamp = String(Math.floor(at.getTime() / SECOND));
      return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
    },
  },
  { path: `/webhooks/salesforce/${ADDRESS_SECRET}`, type: 'text/xml; charset=UTF-8', headers: () => ({}) },
  {
    path: '/webhooks/salesforce/flow',
    type: 'application/json',
    headers: () => ({ 'x-leadgauge-secret': ADDRESS_SECRET }),
  },
];

const LARGE = Buffer.alloc(5_000_000, ' ');
const BOMB = gzipSync(Buffer.alloc(50_000_000, ' '));
const NESTED_JSON = Buffer.from(`${'['.repeat(10_000)}${']'.repeat(10_000)}`);
const LEAD = idOf('00Q', 1);
const NESTED_XML = Buffer.from(
  outboundMessage([{ fields: { Id: LEAD } }]).replace(LEAD, `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`),
);

it(`bodies too large, packed, of another type or nested 10,000 deep, again and again: each is refused, and the receiver grows by less than ${MEGABYTES} MB`, async () => {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const env = {
    PATH: process.env.PATH,
    REDIS_URL: redis.url,
    PORT: String(port),
    PUBLIC_URL: base,
    LEADGAUGE_CONFIG: salesforceConfig({ hubspot: 'both' }),
    HUBSPOT_WEBHOOK_SECRETS: CLIENT_SECRET,
    FORM_WEBHOOK_SECRETS: FORM_SECRET,
    SALESFORCE_WEBHOOK_SECRETS: ADDRESS_SECRET,
    SALESFORCE_ORGANIZATION_IDS: ORGANIZATION,
  };
  const receiver = runProcess(env, ['start', 'receiver']);
  const readyz = async () => (await fetch(`${base}/readyz`).catch(() => undefined))?.status;
  await until(async () => (await readyz()) === 200);

  async function attack(): Promise<number[]> {
    const statuses: number[] = [];
    for (const { path, type, headers } of ROUTES) {
      const send = async (body: Buffer, more: Readonly<Record<string, string>> = {}) => {
        // Nobody looks at the signature of what is refused unread.
        const signed = body === LARGE ? {} : headers(base + path, body);
        const answer = await fetch(base + path, {
          method: 'POST',
          body: new Uint8Array(body.buffer, body.byteOffset, body.byteLength),
          headers: { 'content-type': type, ...signed, ...more },
        });
        await answer.arrayBuffer();
        statuses.push(answer.status);
      };
      await send(LARGE);
      await send(BOMB, { 'content-encoding': 'gzip' });
      await send(Buffer.from('{}'), { 'content-type': 'text/plain' });
      await send(type.startsWith('text/xml') ? NESTED_XML : NESTED_JSON);
    }
    return statuses;
  }

  const expected = ROUTES.flatMap(() => [413, 415, 415, 400]);
  for (let warm = 0; warm < 5; warm += 1) expect(await attack()).toEqual(expected);
  const before = await residentMb(receiver.child.pid);
  // Of large bodies alone that is half a gigabyte.
  for (let round = 0; round < 20; round += 1) expect(await attack()).toEqual(expected);
  expect((await residentMb(receiver.child.pid)) - before).toBeLessThan(MEGABYTES);
  expect(await readyz()).toBe(200);
  receiver.child.kill('SIGTERM');
  expect(await receiver.code, receiver.output()).toBe(0);
}, 240_000);
