import { jobs } from '../../jobs/index.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { CallKind } from '../crm/api-budget.ts';
import type { ActivityType } from '../leads/activity.ts';
import type { RedisClient } from '../ledger/redis-client.ts';
import { type OpenRedis, openRedis } from '../queue/open-redis.ts';
import { createQueues, type Queues } from '../queue/queues.ts';
import type { Settings } from '../settings/settings.ts';
import type { Connection } from '../sync/connection.ts';
import { connectRedis } from './connect-redis.ts';
import { NAMESPACE } from './namespace.ts';
import { openConnections, requireCredentials } from './open-connections.ts';

export { NAMESPACE };

/** Everything of leadgauge, put together and open. */
export interface App {
  readonly settings: Settings;
  /** One for each CRM that is on, at least one. */
  readonly connections: readonly Connection[];
  readonly redis: OpenRedis;
  readonly client: RedisClient;
  readonly queues: Queues;
  /** The first word of every Redis key. */
  readonly namespace: string;
  /** HTTP requests sent to the CRMs so far. */
  readonly calls: Readonly<Record<CallKind, number>>;
  close(): Promise<void>;
}

export interface AppOptions {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** Where executables are looked for, such as a redis-server. */
  readonly path: string | undefined;
  /** The first word of every Redis key. */
  readonly namespace?: string;
  /** Sales are told nothing by this app: no way to tell them is opened, whatever is on. Else one that cannot be used is an error. */
  readonly sendsNothing?: boolean;
  /** Types of activity that are read as well, whatever models ask for. */
  readonly alsoAsked?: readonly ActivityType[];
  /** An open Redis, which the caller closes; one is opened and closed by the app when absent. */
  readonly redis?: OpenRedis;
}

/** Opens Redis and the connections. Nothing is read from a CRM before `connection.crm.connect()`. */
export async function openApp(options: AppOptions): Promise<App> {
  const { settings, clock, log, random, path, namespace = NAMESPACE, sendsNothing = false, alsoAsked = [] } = options;
  const { environment } = settings;
  requireCredentials(settings);
  const { redisUrl, dataDir, production } = environment;
  const redis = options.redis ?? (await openRedis({ redisUrl, dataDir, production, path, log }));
  const client = await connectRedis(redis.url, log);
  const queues = createQueues(
    client,
    namespace,
    jobs.map(({ name }) => name),
    log,
  );
  const calls: Record<CallKind, number> = { read: 0, search: 0, write: 0, activity: 0, related: 0, setup: 0 };
  const onCall = (kind: CallKind) => {
    calls[kind] += 1;
  };
  const connections = openConnections({
    settings,
    client,
    namespace,
    queues,
    clock,
    random,
    log,
    onCall,
    sendsNothing,
    alsoAsked,
  });
  return {
    settings,
    connections,
    redis,
    client,
    queues,
    namespace,
    calls,
    async close() {
      await queues.close();
      client.disconnect();
      if (options.redis === undefined) await redis.close();
    },
  };
}
