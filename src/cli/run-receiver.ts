import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jobs } from '../../jobs/index.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { createSpace } from '../ledger/space.ts';
import { notReady } from '../queue/not-ready.ts';
import type { OpenRedis } from '../queue/open-redis.ts';
import { createProducerRedis } from '../queue/producer-redis.ts';
import { createQueues } from '../queue/queues.ts';
import { createReceiver } from '../webhooks/receiver.ts';
import type { Running } from './run-worker.ts';

export interface ReceiverSettings {
  readonly redis: OpenRedis;
  readonly namespace: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: readonly string[];
  readonly publicUrl: string | undefined;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
}

export interface RunningReceiver extends Running {
  /** Such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** From now on `/readyz` fails, so that no more requests are sent here; requests are still answered. */
  drain(): void;
}

/** Serves the webhook receiver. It needs Redis, and no CRM. */
export async function runReceiver(options: ReceiverSettings): Promise<RunningReceiver> {
  const { redis, namespace, clock, log, secrets, publicUrl, host, port } = options;
  const client = createProducerRedis(redis.url, log);
  const names = jobs.map(({ name }) => name);
  const queues = createQueues(client, namespace, names, log, { producerOnly: true });
  let draining = false;
  const app = createReceiver({
    hubspot: {
      space: createSpace(client, namespace, 'hubspot'),
      clock,
      log,
      secrets,
      wake: (job) => queues.wake(job, 'hubspot'),
    },
    publicUrl,
    notReady: async () => (draining ? 'the process is stopping' : notReady(client, redis.kind)),
  });
  const server: Server = app.listen(port, host);
  await once(server, 'listening');
  return {
    url: addressOf(server, host),
    drain() {
      draining = true;
    },
    async close() {
      draining = true;
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
      await queues.close();
      client.disconnect();
    },
  };
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
