import { connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SECOND } from '../../src/base/clock.ts';
import { SERVER_LIMITS, type ServerLimits } from '../../src/webhooks/guarded-server.ts';
import { createReceiverBench, event } from '../support/receiver-bench.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

/** Sockets are watched by the machine's clock, so that a test must wait for real: as little as is certain. */
const QUICK: ServerLimits = { ...SERVER_LIMITS, headers: 300, request: 900, lookEvery: 50, stop: 300 };

const HEADERS = 'POST /webhooks/hubspot HTTP/1.1\r\nHost: leads.example.com\r\nContent-Type: application/json\r\n';

/** A connection without anything that knows HTTP: `heard` is what came back until the other side closed it. */
function dial(url: string): { socket: Socket; heard: Promise<string> } {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  onTestFinished(() => void socket.destroy());
  let text = '';
  socket.on('data', (chunk) => (text += String(chunk)));
  // Whoever is cut off in the midst of writing finds the connection reset.
  socket.on('error', () => {});
  const heard = new Promise<string>((resolve) => socket.on('close', () => resolve(text)));
  return { socket, heard };
}

/** Writes a byte every so often, for as long as the other side listens. */
function drip(socket: Socket): void {
  const timer = setInterval(() => socket.write('a'), 20);
  socket.on('close', () => clearInterval(timer));
}

/** A busy machine may be told to come again, as any sender is. */
async function serves(bench: Awaited<ReturnType<typeof createReceiverBench>>): Promise<void> {
  const send = async () => (await bench.send([event(1)]).catch(() => undefined))?.status;
  await expect.poll(send, { timeout: 30_000 }).toBe(204);
}

/** The status of each answer in what was heard. */
const statuses = (text: string) => [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));

describe('a sender', () => {
  test.each([
    ['that connects and says nothing', () => {}],
    ['whose headers never end', (socket: Socket) => void socket.write(HEADERS)],
    [
      'that sends its headers byte by byte',
      (socket: Socket) => {
        socket.write(`${HEADERS}X-More: `);
        drip(socket);
      },
    ],
    ['whose body never ends', (socket: Socket) => void socket.write(`${HEADERS}Content-Length: 1000\r\n\r\n[`)],
    [
      'that sends its body byte by byte',
      (socket: Socket) => {
        socket.write(`${HEADERS}Content-Length: 100000\r\n\r\n[`);
        drip(socket);
      },
    ],
  ])('%s is cut off, and others are served meanwhile', async (_what, begin) => {
    const bench = await createReceiverBench(redis, { limits: QUICK });
    const { socket, heard } = dial(bench.receiver.url);
    begin(socket);
    await serves(bench);
    expect(statuses(await heard)).toEqual([408]);
    expect(await bench.dirty()).toEqual(['1']);
  });

  test('that never gets to the end does not hold up a stop', async () => {
    const bench = await createReceiverBench(redis, { limits: { ...SERVER_LIMITS, stop: 100 } });
    const { socket, heard } = dial(bench.receiver.url);
    socket.write(`${HEADERS}Content-Length: 1000\r\n\r\n[`);
    // An answer to somebody else: by now that one's connection is known.
    await serves(bench);
    await bench.receiver.close();
    await heard;
  });

  test('with more connections than there may be is turned away; those that are open are served', async () => {
    const connections = 8;
    const bench = await createReceiverBench(redis, { limits: { ...SERVER_LIMITS, connections } });
    const dialled = Array.from({ length: 3 * connections }, () => dial(bench.receiver.url));
    // One that is turned away hears nothing at all.
    const fates = await Promise.all(
      dialled.map(async ({ socket, heard }) => {
        socket.write('GET /healthz HTTP/1.1\r\nHost: leads.example.com\r\n\r\n');
        const answered = new Promise<string>((resolve) => socket.on('data', (chunk) => resolve(String(chunk))));
        return Promise.race([heard, answered]);
      }),
    );
    const served = fates.filter((text) => statuses(text)[0] === 200).length;
    expect(served).toBeGreaterThan(0);
    expect(served).toBeLessThanOrEqual(connections);
    expect(fates.filter((text) => text === '').length).toBe(dialled.length - served);
    for (const { socket } of dialled) socket.destroy();
    await Promise.all(dialled.map(({ heard }) => heard));
    await serves(bench);
  });
});

describe('a request', () => {
  test.each([
    ['with 17 KB of headers', 431, `${HEADERS}X-More: ${'a'.repeat(17_000)}\r\n\r\n`],
    ['with two lengths', 400, `${HEADERS}Content-Length: 2\r\nContent-Length: 3\r\n\r\n[]`],
    [
      'with a length and in chunks',
      400,
      `${HEADERS}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n`,
    ],
    ['with a line break within a header', 400, `${HEADERS}X-More: a\nContent-Length: 2\r\n\r\n[]`],
    ['with a blank before a colon', 400, `${HEADERS}Content-Length : 2\r\n\r\n[]`],
    ['without a host', 400, 'POST /webhooks/hubspot HTTP/1.1\r\n\r\n'],
    ['that is no HTTP', 400, '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n'],
  ])('%s is refused once, and nothing behind it is read', async (_what, status, text) => {
    const bench = await createReceiverBench(redis);
    const { socket, heard } = dial(bench.receiver.url);
    socket.write(text, 'latin1');
    expect(statuses(await heard)).toEqual([status]);
    expect(bench.lines).toEqual([]);
    await serves(bench);
  });
});

test('no limit is so short that a sender on a slow line meets it, nor so long that one holds a connection for a minute', () => {
  const { headers, request, lookEvery } = SERVER_LIMITS;
  expect(Math.min(headers, request)).toBeGreaterThanOrEqual(5 * SECOND);
  expect(request + lookEvery).toBeLessThan(60 * SECOND);
});
