import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Clock } from '../base/clock.ts';
import { ConfigError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { createSpace } from '../ledger/space.ts';
import { notReady } from '../queue/not-ready.ts';
import type { OpenRedis } from '../queue/open-redis.ts';
import { createProducerRedis } from '../queue/producer-redis.ts';
import { createQueues } from '../queue/queues.ts';
import type { FormOptions } from '../webhooks/form-route.ts';
import { closeGuarded, createGuardedServer, type ServerLimits } from '../webhooks/guarded-server.ts';
import { createReceiver } from '../webhooks/receiver.ts';
import { inCompany, type Receiving, WOKEN_BY_WEBHOOKS } from '../webhooks/receiving.ts';
import type { SalesforceOptions } from '../webhooks/salesforce-route.ts';
import type { Running } from './run-worker.ts';

export interface ReceiverSettings {
  readonly redis: OpenRedis;
  readonly namespace: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: readonly string[];
  /** How a company's own site tells of its forms; nothing is taken from it when absent. */
  readonly form?: FormOptions;
  /** Whose outbound messages and flows are taken; their addresses are not there when absent. */
  readonly salesforce?: SalesforceOptions;
  readonly publicUrl: string | undefined;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** What a sender may take; `SERVER_LIMITS` when absent. */
  readonly limits?: ServerLimits | undefined;
}

export interface RunningReceiver extends Running {
  /** Such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** From now on `/readyz` fails, so that no more requests are sent here; requests are still answered. */
  drain(): void;
}

/** Serves the webhook receiver. It needs Redis, and no CRM. */
export async function runReceiver(options: ReceiverSettings): Promise<RunningReceiver> {
  const { redis, namespace, clock, log, secrets, form, salesforce, publicUrl, host, port, limits } = options;
  const client = createProducerRedis(redis.url, log);
  const queues = createQueues(client, namespace, WOKEN_BY_WEBHOOKS, log, { producerOnly: true });
  let draining = false;
  const receiving = (connection: string): Receiving =>
    inCompany({
      space: createSpace(client, namespace, connection),
      clock,
      log,
      wake: (job, later) => queues.wake(job, connection, later),
    });
  const app = createReceiver({
    hubspot: { ...receiving('hubspot'), secrets },
    form,
    salesforce: salesforce && { ...receiving('salesforce'), ...salesforce },
    publicUrl,
    notReady: async () => (draining ? 'the process is stopping' : notReady(client, redis.kind)),
  });
  const release = async () => {
    await queues.close();
    client.disconnect();
  };
  const server = createGuardedServer(app, limits).listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    await release();
    throw cannotListen(error, host, port);
  }
  return {
    url: addressOf(server, host),
    drain() {
      draining = true;
    },
    async close() {
      draining = true;
      await closeGuarded(server, limits);
      await release();
    },
  };
}

function cannotListen(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new ConfigError(`port ${port} is taken: set PORT to another, or stop what listens there`);
  if (code === 'EACCES') return new ConfigError(`port ${port} is not allowed to this user: set PORT to one above 1023`);
  if (code === 'EADDRNOTAVAIL') return new ConfigError(`HOST is ${host}, which is no address of this machine`);
  return error;
}

function addressOf(server: Server, host: string): string {
  const address = server.address();
  const port = address === null || typeof address === 'string' ? '' : address.port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
