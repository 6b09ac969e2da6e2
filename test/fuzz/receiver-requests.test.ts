import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { fuzzAsync } from '../support/fuzz.ts';
import { mangled, oddText } from '../support/odd-texts.ts';
import { createReceiverBench } from '../support/receiver-bench.ts';
import { createSalesforceBench, SECRET } from '../support/salesforce-receiver.ts';
import { MONDAY } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

const PATHS = [
  ...[
    '/webhooks/hubspot',
    '/webhooks/hubspot/workflow',
    '/webhooks/form',
    '/webhooks/salesforce/flow',
    `/webhooks/salesforce/${SECRET}`,
    '/healthz',
    '/readyz',
  ],
  ...[
    '/',
    '',
    '//',
    '/%',
    '/%ff',
    '/webhooks/salesforce/%E0%A4%A',
    '/webhooks/salesforce/%00',
    '/../..',
    '/webhooks/hubspot?a[__proto__][b]=c',
    'http://[',
    '*',
  ],
];
const NAMES = [
  ...[
    'content-type',
    'content-length',
    'content-encoding',
    'transfer-encoding',
    'expect',
    'host',
    'connection',
    'upgrade',
    'x-forwarded-for',
    'x-forwarded-proto',
    'forwarded',
  ],
  ...[
    'x-hubspot-signature-v3',
    'x-hubspot-request-timestamp',
    'x-hubspot-signature',
    'x-hubspot-signature-version',
    'webhook-id',
    'webhook-timestamp',
    'webhook-signature',
  ],
  ...['x-leadgauge-secret', '__proto__', 'constructor', 'cookie', 'if-none-match', 'range'],
];
const VALUES = [
  ...[
    'application/json',
    'text/xml',
    'application/json; charset=utf-16',
    'multipart/form-data; boundary=',
    'application/',
    ';',
    'gzip',
    'br, deflate',
    'identity',
    'chunked',
    'chunked, chunked',
  ],
  ...[
    '100-continue',
    'a miracle',
    '0',
    '1',
    '-1',
    '1e9',
    '99999999999999999999',
    String(MONDAY),
    'v1',
    'v2',
    'v3',
    'v1,====',
    'v1,a v1,b',
    '\u00ff',
    'a'.repeat(9_000),
    'close',
    'h2c',
    '127.0.0.1, ::1',
  ],
];
const METHODS = [
  'POST',
  'GET',
  'PUT',
  'HEAD',
  'OPTIONS',
  'DELETE',
  'PATCH',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'NONSENSE',
  '',
];

/** Each character is one byte on the wire. */
const bytes = fc.oneof(
  fc.constantFrom(...VALUES),
  oddText(VALUES, 100).map((text) => Buffer.from(text, 'latin1').toString('latin1')),
);

const header = fc
  .tuple(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: bytes }), bytes)
  .map(([name, value]) => `${name}: ${value}\r\n`);

const requests = fc
  .record({
    method: fc.oneof(
      { weight: 4, arbitrary: fc.constant('POST') },
      { weight: 3, arbitrary: fc.constantFrom(...METHODS) },
    ),
    path: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PATHS) }, { weight: 1, arbitrary: bytes }),
    headers: fc.array(header, { maxLength: 8 }),
    body: fc.constantFrom(
      '',
      '{}',
      '[]',
      '[{"objectId":1}]',
      '<a/>',
      '5\r\nhello\r\n0\r\n\r\n',
      'ffffffffff\r\n',
      '\u0000\u0000',
    ),
    length: fc.constantFrom('right', 'right', 'none', 'wrong'),
  })
  .map(({ method, path, headers, body, length }) => {
    const told = length === 'right' ? body.length : body.length + 5;
    const lines = [`${method} ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n`, ...headers];
    return `${lines.join('')}${length === 'none' ? '' : `content-length: ${told}\r\n`}\r\n${body}`;
  });

/** What comes back for these bytes, until the receiver ends it, or has answered once. */
function exchange(url: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (piece) => {
      answer += piece.toString('latin1');
      if (/^HTTP\/1\.1 (?!1\d\d)/m.test(answer)) socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? undefined : reject(error),
    );
    socket.on('close', () => resolve(answer));
    // Nothing more comes: whoever waits for the rest of a body is told that there is none.
    socket.end(text, 'latin1');
  });
}

/** The first that is none of "go on". */
const statusOf = (answer: string) => /^HTTP\/1\.1 ([2-9]\d\d)/m.exec(answer)?.[1];

async function expectAnswered(url: string, text: string): Promise<void> {
  const answer = await exchange(url, text);
  // A request that is none, or is never finished, may be cut off without a word.
  if (answer !== '') expect(statusOf(answer) ?? '100').toMatch(/^[1-4]\d\d$/);
  expect(answer).not.toMatch(/node_modules|at \w+ \(/);
}

test.each([
  ['of requests', requests],
  ['of requests with parts taken out, doubled or replaced', mangled(requests, bytes)],
  ['of no requests', bytes],
])('whatever the bytes %s, nobody is answered that the receiver is broken, and nothing is taken', async (_, texts) => {
  const hubspot = await createReceiverBench(redis, {
    form: { secrets: [`whsec_${Buffer.alloc(32).toString('base64')}`], forms: ['demo'] },
  });
  const salesforce = await createSalesforceBench(redis, { secrets: [SECRET.replaceAll('a', 'b')] });
  await fuzzAsync(texts, async (text) => {
    await expectAnswered(hubspot.receiver.url, text);
    await expectAnswered(salesforce.url, text);
    expect([...hubspot.lines, ...salesforce.lines]).toEqual([]);
  });
  expect([await hubspot.dirty(), await salesforce.dirty()]).toEqual([[], []]);
  expect([await listDeadLetters(hubspot.space), await listDeadLetters(salesforce.space)]).toEqual([[], []]);
  expect((await fetch(`${hubspot.receiver.url}/readyz`)).status).toBe(200);
});
