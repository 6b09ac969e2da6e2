import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import { SECOND } from '../base/clock.ts';
import type { RedisClient } from '../ledger/redis-client.ts';
import { parseRedisUrl } from '../settings/redis-url.ts';

/**
 * What becomes of a command while Redis is away, or a cluster has not put another node in the place of a master yet. `patient`: it
 * waits as long as it takes. `quick`: it fails at once, and after 800 ms where Redis hangs; the client connects again by itself.
 * `once`: it fails, and the client stays away.
 */
export type Patience = 'patient' | 'quick' | 'once';

/** A client of the Redis, or of the cluster, that `REDIS_URL` names. All but a quick one wait for `connect()` or the first command. */
export function createRedis(url: string, patience: Patience): RedisClient {
  const { isCluster, nodes, tls, username, password } = parseRedisUrl(url);
  if (!isCluster) return new Redis(url, ONE[patience]);
  const { maxRetriesPerRequest, commandTimeout, connectTimeout } = ONE[patience];
  return new Cluster([...nodes], {
    ...MANY[patience],
    // Looked up when a node is connected to: a certificate is made out to the name.
    dnsLookup: (host, callback) => callback(null, host),
    // Else whoever waits for `connect()` while the cluster is down waits for ever, as ioredis begins anew without telling them, and a
    // worker of BullMQ takes no job any more. Commands are tried again until the cluster is up as it is.
    enableReadyCheck: false,
    // A node whose machine is gone closes no connection: only another node tells that it was replaced.
    slotsRefreshInterval: 10 * SECOND,
    redisOptions: {
      ...{ maxRetriesPerRequest, commandTimeout, connectTimeout, username, password },
      ...(tls && { tls: {} }),
    },
  });
}

const ONE: Readonly<Record<Patience, RedisOptions>> = {
  patient: { lazyConnect: true, maxRetriesPerRequest: null },
  quick: {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // What had been sent when the connection broke was answered with an error already: the sender comes again.
    autoResendUnfulfilledCommands: false,
    commandTimeout: 800,
    connectTimeout: SECOND,
    retryStrategy: (times) => Math.min(50 * times, SECOND),
  },
  once: { lazyConnect: true, retryStrategy: () => null, connectTimeout: 5 * SECOND },
};

/**
 * A command for a master that is away is sent to another node, which names that master again until it is replaced: two
 * redirections, with the pause of a failover between them, for as often as there are redirections left.
 */
const MANY: Readonly<Record<Patience, ClusterOptions>> = {
  patient: {
    lazyConnect: true,
    maxRedirections: Number.POSITIVE_INFINITY,
    // Else nodes that name one another would be asked without a pause.
    retryDelayOnMoved: 20,
  },
  quick: {
    enableOfflineQueue: false,
    maxRedirections: 6,
    retryDelayOnFailover: 50,
    retryDelayOnClusterDown: 50,
    clusterRetryStrategy: (times) => Math.min(50 * times, SECOND),
  },
  once: { lazyConnect: true, maxRedirections: 6, clusterRetryStrategy: () => null },
};
