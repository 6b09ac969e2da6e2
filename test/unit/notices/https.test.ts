import { readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { SECOND } from '../../../src/base/clock.ts';
import { FatalError } from '../../../src/base/errors.ts';
import { createHttps } from '../../../src/notices/https.ts';
import { openHttpTarget } from '../../support/http-target.ts';
import { messageOf } from '../../support/messages.ts';
import { createTestClock, MONDAY } from '../../support/test-clock.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

test('what arrives is signed as Standard Webhooks have it, and says what happened', async () => {
  const target = await openHttpTarget();
  // The package compares with the clock of the machine.
  const clock = createTestClock({ start: Date.now() });
  await createHttps({ url: target.url, secret: SECRET, clock }).send(messageOf());
  const [request] = target.requests;
  const headers = {
    'webhook-id': String(request?.headers['webhook-id']),
    'webhook-timestamp': String(request?.headers['webhook-timestamp']),
    'webhook-signature': String(request?.headers['webhook-signature']),
  };
  expect(headers['webhook-id']).toBe('routed-0123456789abcdef');
  expect(new Webhook(SECRET).verify(request?.body ?? '', headers)).toEqual({
    type: 'notice.routed',
    timestamp: new Date(MONDAY).toISOString(),
    data: {
      connection: 'hubspot',
      lead: '12',
      link: 'https://app.example.com/contacts/1/record/0-1/12',
      to: [{ owner: '7', email: 'ann@example.com' }],
      subject: 'Demo request: follow up by Mon 16 Nov, 09:05 UTC',
      lines: [{ text: 'Score 80, grade A1.' }, { text: '+30 Demo request (16 Nov 2026)' }],
    },
  });
});

test('a second try has the same id and body, and a time of its own', async () => {
  const target = await openHttpTarget();
  target.answerWith({ status: 502 });
  const clock = createTestClock();
  const https = createHttps({ url: target.url, secret: SECRET, clock });
  await expect(https.send(messageOf())).rejects.toThrow('the address of notices answered 502');
  await clock.advance(10 * SECOND);
  await https.send(messageOf());
  const [first, second] = target.requests;
  expect(second?.body).toBe(first?.body);
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  expect(Number(second?.headers['webhook-timestamp'])).toBe(Number(first?.headers['webhook-timestamp']) + 10);
});

test('a certificate that nobody vouches for is not believed', async () => {
  const target = await openHttpTarget({ tls: true });
  const error = await createHttps({ url: target.url, secret: SECRET, clock: createTestClock() })
    .send(messageOf())
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(FatalError);
  expect(String(error)).toMatch(/shows a certificate that cannot be trusted \([A-Z_]+\): check NOTIFY_URL$/);
  expect(target.requests).toEqual([]);
});

test('the documentation shows what really arrives', async () => {
  const page = readFileSync('docs/notices.md', 'utf8');
  const [, shown = ''] = /```json notice\n([\s\S]*?)```/.exec(page) ?? [];
  const target = await openHttpTarget();
  await createHttps({ url: target.url, secret: SECRET, clock: createTestClock() }).send(messageOf());
  expect(JSON.parse(target.requests[0]?.body ?? '')).toEqual(JSON.parse(shown));
});
