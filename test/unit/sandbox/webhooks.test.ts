import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { signatureHeaders } from '../../../src/sandbox/webhooks/sign.ts';
import { CONTACTS, NOW, openSandbox } from './open-sandbox.ts';

const SECRET = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';

interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly events: readonly Told[];
}

/** What the tests look at in one event. */
interface Told {
  readonly eventId: number;
  readonly subscriptionType: string;
  readonly portalId: number;
  readonly objectId: number;
  readonly attemptNumber: number;
  /** Of a change of a property alone. */
  readonly propertyName?: string;
}

/** A receiver that answers with these statuses, one after the other, then 204; 0 is no answer at all. */
async function openReceiver(statuses: number[] = []) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
    request.on('end', () => {
      received.push({ headers: request.headers, text, events: JSON.parse(text) });
      const status = statuses.shift() ?? 204;
      if (status !== 0) response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}/webhooks/hubspot`, received };
}

async function withWebhooks(
  statuses: number[] = [],
  portal: Parameters<typeof openSandbox>[0] = {},
  more: object = {},
) {
  const receiver = await openReceiver(statuses);
  const webhooks = { url: receiver.url, secret: SECRET, flushMs: 0, backoffMs: () => 0, ...more };
  const opened = await openSandbox(portal, { webhooks });
  const sender = opened.sandbox.webhooks!;
  return { ...opened, ...receiver, sender };
}

describe('the signature', () => {
  it('is HubSpot’s own for its test vector', () => {
    const body = "{'example_field':'example_value'}";
    const headers = signatureHeaders(SECRET, 'https://www.example.com/webhook_uri', body, 1693657560000);
    expect(headers).toMatchObject({
      'X-HubSpot-Signature-v3': 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=',
      'X-HubSpot-Request-Timestamp': '1693657560000',
    });
  });

  it('is over the address with some escapes undone', () => {
    const expected = createHmac('sha256', SECRET).update('POSThttps://a.example/x?u=a:b/c%20d{}5').digest('base64');
    const headers = signatureHeaders(SECRET, 'https://a.example/x?u=a%3Ab%2Fc%20d', '{}', 5);
    expect(headers['X-HubSpot-Signature-v3']).toBe(expected);
  });

  it('is on what is sent', async () => {
    const { sandbox, sender, received, url } = await withWebhooks();
    sandbox.people.createContact({ email: 'a@acme.example' });
    await sender.settled();
    const { headers, text } = received[0]!;
    const signed = `POST${url}${text}${headers['x-hubspot-request-timestamp']}`;
    expect(headers['x-hubspot-signature-v3']).toBe(createHmac('sha256', SECRET).update(signed).digest('base64'));
  });
});

describe('webhooks', () => {
  it('tell of creation, subscribed changes, merges and deletions', async () => {
    const clock = { ...systemClock, now: () => NOW };
    const { sandbox, sender, received } = await withWebhooks([], { clock });
    const { people } = sandbox;
    const a = people.createContact({ email: 'a@acme.example' });
    const b = people.createContact({ email: 'b@acme.example', city: 'Leeds' });
    people.update(a.id, { jobtitle: 'CTO', city: 'Lyon' });
    people.submitForm('demo', { email: 'a@acme.example' });
    const merged = people.merge(a.id, b.id);
    people.remove(merged.id);
    people.eraseForPrivacy(merged.id);
    await sender.settled();
    const told = received.flatMap(({ events }) => events);
    expect(told.map((one) => [one.subscriptionType, one.propertyName].filter(Boolean).join(' '))).toEqual([
      'contact.creation',
      'contact.propertyChange email',
      'contact.creation',
      'contact.propertyChange email',
      'contact.propertyChange jobtitle',
      'contact.propertyChange recent_conversion_date',
      'contact.merge',
      'contact.deletion',
      'contact.privacyDeletion',
      'contact.deletion',
    ]);
    expect(told[5]).toMatchObject({
      objectId: Number(a.id),
      propertyValue: String(NOW),
      occurredAt: NOW,
      attemptNumber: 0,
      changeSource: 'FORM',
    });
    expect(told[6]).toMatchObject({
      primaryObjectId: Number(a.id),
      mergedObjectIds: [Number(b.id)],
      newObjectId: Number(merged.id),
    });
    expect(new Set(told.map((one) => one.portalId))).toEqual(new Set([sandbox.portal.settings.portalId]));
  });

  it('tell of changes through the API as well, and of none that change nothing', async () => {
    const { sandbox, ask, sender, received } = await withWebhooks();
    const { id } = sandbox.people.createContact({ email: 'a@acme.example' });
    await sender.settled();
    received.length = 0;
    for (const jobtitle of ['CTO', 'CTO'])
      await ask('PATCH', `${CONTACTS}/${id}`, { properties: { jobtitle, lifecyclestage: 'subscriber' } });
    await sender.settled();
    const told = received.flatMap(({ events }) => events);
    expect(told).toEqual([
      expect.objectContaining({ propertyName: 'jobtitle', propertyValue: 'CTO', changeSource: 'INTEGRATION' }),
    ]);
  });

  it('come a hundred at a time at most', async () => {
    const { sandbox, sender, received } = await withWebhooks(
      [],
      {},
      { subscriptions: { types: ['contact.creation'] } },
    );
    for (let n = 0; n < 250; n++) sandbox.people.createContact({ email: `${n}@acme.example` });
    await sender.settled();
    expect(received.map(({ events }) => events.length).toSorted((x, y) => x - y)).toEqual([50, 100, 100]);
  });

  it('come again until they are taken, whatever the refusal', async () => {
    const { sandbox, sender, received } = await withWebhooks([500, 404, 302]);
    sandbox.people.createContact({});
    await sender.settled();
    expect(sender.deliveries.map(({ attempt, status }) => [attempt, status])).toEqual([
      [0, 500],
      [1, 404],
      [2, 302],
    ]);
    expect(received.map(({ events }) => events[0]!.attemptNumber)).toEqual([0, 1, 2]);
    expect(new Set(received.map(({ events }) => events[0]!.eventId)).size).toBe(1);
  });

  it('are given up after ten retries', async () => {
    const { sandbox, sender } = await withWebhooks(Array.from({ length: 20 }, () => 503));
    sandbox.people.createContact({});
    await sender.settled();
    expect(sender.deliveries).toHaveLength(11);
  });

  it('do not wait for ever for an answer', async () => {
    const { sandbox, sender } = await withWebhooks([0], {}, { timeoutMs: 20 });
    sandbox.people.createContact({});
    await sender.settled();
    expect(sender.deliveries.map(({ status }) => status)).toEqual([undefined, 204]);
  });

  it('end with the sandbox', async () => {
    const { sandbox, sender, received } = await withWebhooks([0], {}, { timeoutMs: 60_000 });
    sandbox.people.createContact({});
    await expect.poll(() => received.length).toBe(1);
    await sandbox.close();
    expect(sender.deliveries).toEqual([]);
  });

  it('can be dropped, held back, doubled and turned round', async () => {
    const { sandbox, sender, received } = await withWebhooks(
      [],
      {},
      { subscriptions: { types: ['contact.creation'] } },
    );
    const create = () => sandbox.people.createContact({}).id;
    sender.mode = 'drop';
    create();
    sender.mode = 'hold';
    sender.copies = 2;
    sender.reversed = true;
    const ids = [create(), create()];
    await sender.settled();
    expect(received).toEqual([]);
    sender.mode = 'send';
    await sender.settled();
    expect(received.flatMap(({ events }) => events.map((one) => String(one.objectId)))).toEqual([
      ids[1],
      ids[1],
      ids[0],
      ids[0],
    ]);
  });
});
