import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { jobs } from '../../jobs/index.ts';
import type { Log } from '../../src/base/log.ts';
import { createSpace } from '../../src/ledger/space.ts';
import { createRedis } from '../../src/queue/create-redis.ts';
import { notReady } from '../../src/queue/not-ready.ts';
import type { OpenRedis } from '../../src/queue/open-redis.ts';
import { createProducerRedis } from '../../src/queue/producer-redis.ts';
import { createQueues } from '../../src/queue/queues.ts';
import { createReceiver } from '../../src/webhooks/receiver.ts';
import { createTestClock } from './test-clock.ts';

/** As `openssl rand -hex 32` gives them. */
export const SECRET = 'ca9a17'.padEnd(64, '0123456789abcdef');
/** As Salesforce sends it; its pages show the first 15. */
export const ORGANIZATION = '00DGg0000001aBcMAI';

export interface SalesforceBenchOptions {
  readonly secrets?: readonly string[];
  readonly organizationIds?: readonly string[];
}

/** A receiver over HTTP that takes from Salesforce, on a clock that stands still on a Monday. */
export async function createSalesforceBench(
  redis: Pick<OpenRedis, 'kind' | 'url'>,
  { secrets = [SECRET], organizationIds = [ORGANIZATION] }: SalesforceBenchOptions = {},
) {
  const clock = createTestClock();
  const lines: string[] = [];
  const log = rememberIn(lines);
  const client = createProducerRedis(redis.url, log);
  const names = jobs.map(({ name }) => name);
  const queues = createQueues(client, 'test', names, log, { producerOnly: true });
  const receiving = (connection: string) => ({
    space: createSpace(client, 'test', connection),
    clock,
    log,
    wake: (job: Parameters<typeof queues.wake>[0], later?: { readonly delay: number }) =>
      queues.wake(job, connection, later),
  });
  const app = createReceiver({
    hubspot: { ...receiving('hubspot'), secrets: ['client-secret'] },
    salesforce: { ...receiving('salesforce'), secrets, organizationIds },
    publicUrl: undefined,
    notReady: () => notReady(client, redis.kind),
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the receiver has no port');
  const url = `http://127.0.0.1:${address.port}`;
  const own = createRedis(redis.url, 'patient');
  own.on('error', () => {});
  onTestFinished(async () => {
    own.disconnect();
    server.close();
    server.closeAllConnections();
    await queues.close();
    client.disconnect();
  });
  const ready = async () => {
    while ((await fetch(`${url}/readyz`)).status !== 200);
  };
  await ready();
  // The Redis inside this process takes its time over the first script, which the receiver would not wait for on a busy machine.
  await own.eval('return 1', 0);

  const space = createSpace(own, 'test', 'salesforce');
  return {
    url,
    space,
    clock,
    lines,
    ready,
    /** Posts an outbound message, or whatever `body` is, to the address with this secret. */
    send(body: string | Buffer, { secret = SECRET, headers = {} }: SentMessage = {}): Promise<Response> {
      return fetch(`${url}/webhooks/salesforce/${secret}`, {
        method: 'POST',
        body: typeof body === 'string' ? body : new Uint8Array(body),
        headers: { 'content-type': 'text/xml; charset=UTF-8', soapaction: '""', ...headers },
      });
    },
    /** Posts JSON as a flow does. */
    call(content: unknown, headers: Readonly<Record<string, string>> = { 'x-leadgauge-secret': SECRET }) {
      return fetch(`${url}/webhooks/salesforce/flow`, {
        method: 'POST',
        body: typeof content === 'string' ? content : JSON.stringify(content),
        headers: { 'content-type': 'application/json', ...headers },
      });
    },
    /** The leads that wait to be scored, sorted. */
    dirty: async () => (await own.zrange(space.key('dirty'), '0', '-1')).toSorted(),
    /** How many jobs of a kind wait. */
    waiting: (job: string) => own.llen(`test:{queues}:${job}:wait`),
    /** How many reminders of a job are to come. */
    delayed: (job: string) => own.zcard(`test:{queues}:${job}:delayed`),
  };
}

export interface SentMessage {
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function rememberIn(lines: string[]): Log {
  const remember = (message: string, facts?: object) => void lines.push(`${message} ${JSON.stringify(facts ?? {})}`);
  return { debug: remember, info: remember, warn: remember, error: remember };
}
