import { createHmac } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { Log } from '../../src/base/log.ts';
import { runReceiver } from '../../src/cli/run-receiver.ts';
import type { RedisClient } from '../../src/ledger/redis-client.ts';
import { createSpace } from '../../src/ledger/space.ts';
import { createRedis } from '../../src/queue/create-redis.ts';
import { startEmbeddedRedis } from '../../src/queue/embedded-redis.ts';
import type { OpenRedis } from '../../src/queue/open-redis.ts';
import type { FormOptions } from '../../src/webhooks/form-route.ts';
import type { ServerLimits } from '../../src/webhooks/guarded-server.ts';
import { keysLike } from './redis-keys.ts';
import { createTestClock, MONDAY } from './test-clock.ts';

export const SECRET = 'canary-client-secret';

export interface SendOptions {
  /** What is signed and sent, unless the fields below say otherwise. */
  readonly body?: string | Buffer;
  /** What was signed, if another body is sent. */
  readonly signedBody?: string;
  readonly path?: string;
  /** The address that is signed; the receiver's own unless told. */
  readonly signedUri?: string;
  readonly secret?: string;
  readonly timestamp?: string;
  /** In place of the right signature; undefined leaves the header out. */
  readonly signature?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface BenchOptions {
  readonly secrets?: readonly string[];
  readonly form?: FormOptions;
  readonly publicUrl?: string;
  /** Where they are not to be those of every receiver. */
  readonly limits?: ServerLimits;
}

/** A receiver over HTTP on a clock that stands still on a Monday, and a HubSpot that signs what it sends. */
export async function createReceiverBench(
  redis: Pick<OpenRedis, 'kind' | 'url'>,
  { secrets = [SECRET], form, publicUrl, limits }: BenchOptions = {},
) {
  const clock = createTestClock();
  const lines: string[] = [];
  const receiver = await runReceiver({
    redis: { ...redis, close: async () => {} },
    namespace: 'test',
    clock,
    log: rememberIn(lines),
    secrets,
    form,
    publicUrl,
    host: '127.0.0.1',
    port: 0,
    limits,
  });
  const own = createRedis(redis.url, 'patient');
  own.on('error', () => {});
  onTestFinished(async () => {
    own.disconnect();
    await receiver.close();
  });
  while ((await fetch(`${receiver.url}/readyz`)).status !== 200);

  async function send(events: unknown, options: SendOptions = {}): Promise<Response> {
    const path = options.path ?? '/webhooks/hubspot';
    const body = options.body ?? JSON.stringify(events);
    const timestamp = options.timestamp ?? String(MONDAY);
    const uri = options.signedUri ?? `${publicUrl ?? receiver.url}${path}`;
    const hmac = createHmac('sha256', options.secret ?? SECRET).update(`POST${uri}`);
    const right = hmac
      .update(options.signedBody ?? body)
      .update(timestamp)
      .digest('base64');
    const signature = 'signature' in options ? options.signature : right;
    return fetch(receiver.url + path, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: {
        'content-type': 'application/json',
        'x-hubspot-request-timestamp': timestamp,
        ...(signature === undefined ? {} : { 'x-hubspot-signature-v3': signature }),
        ...options.headers,
      },
    });
  }

  /** Posts JSON with these headers, whatever they sign. */
  function post(path: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const all = { 'content-type': 'application/json', ...headers };
    return fetch(receiver.url + path, { method: 'POST', body, headers: all });
  }

  const space = createSpace(own, 'test', 'hubspot');
  return {
    receiver,
    post,
    space,
    clock,
    lines,
    send,
    /** The leads that wait to be scored, sorted. */
    dirty: async () => (await space.redis.zrange(space.key('dirty'), '0', '-1')).toSorted(),
    /** How many jobs of a kind wait. */
    waiting: (job: string) => space.redis.llen(`test:{queues}:${job}:wait`),
    /** How many reminders of a job are to come. */
    delayed: (job: string) => space.redis.zcard(`test:{queues}:${job}:delayed`),
  };
}

/** An event as HubSpot sends it. */
export function event(objectId: number, changes: object = {}): Record<string, unknown> {
  return {
    eventId: 3_816_279_340,
    subscriptionId: 25,
    portalId: 24_500_001,
    appId: 1_160_452,
    occurredAt: MONDAY - 1_000,
    subscriptionType: 'contact.propertyChange',
    attemptNumber: 0,
    objectId,
    changeSource: 'CRM_UI',
    propertyName: 'jobtitle',
    propertyValue: 'VP of Engineering',
    ...changes,
  };
}

/** A Redis of the test's own, to be stopped; `restart` brings an empty one back at the same port. */
export async function startStoppableRedis() {
  let server = await startEmbeddedRedis();
  onTestFinished(() => server.close());
  const { url } = server;
  return {
    url,
    kind: 'embedded' as const,
    stop: () => server.close(),
    async restart() {
      server = await startEmbeddedRedis(Number(new URL(url).port));
    },
  };
}

/** Everything that a Redis holds, by key. */
export async function contentsOf(redis: RedisClient): Promise<Record<string, unknown>> {
  const contents: Record<string, unknown> = {};
  for (const key of await keysLike(redis, '*')) contents[key] = await contentOf(redis, key);
  return contents;
}

async function contentOf(redis: RedisClient, key: string): Promise<unknown> {
  switch (await redis.type(key)) {
    case 'string':
      return redis.get(key);
    case 'hash':
      return redis.hgetall(key);
    case 'list':
      return redis.lrange(key, 0, -1);
    case 'set':
      return redis.smembers(key);
    case 'zset':
      return redis.zrange(key, '0', '-1');
    default:
      return redis.xrange(key, '-', '+');
  }
}

function rememberIn(lines: string[]): Log {
  const remember = (message: string, facts?: object) => void lines.push(`${message} ${JSON.stringify(facts ?? {})}`);
  return { debug: remember, info: remember, warn: remember, error: remember };
}
