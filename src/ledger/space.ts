import type { RedisClient } from './redis-client.ts';

/**
 * Where one connection keeps its things in Redis. Every key of a connection shares a hash tag, so that scripts work on a cluster;
 * those of a person have one of their own, and never are in one command or pipeline with others: see `executeSpread`.
 */
export interface Space {
  readonly redis: RedisClient;
  /** The name of the connection. */
  readonly connection: string;
  /** `space.key('dirty')` is `leadgauge:{hubspot}:dirty`. */
  key(...parts: string[]): string;
  /** The ledger of a person across all connections, by the hash of their e-mail address. */
  personKey(emailHash: string): string;
  /** What the person's records in all CRMs tell of them. */
  personRecordsKey(emailHash: string): string;
  /** The space of another connection of the same installation. */
  of(connection: string): Space;
}

export function createSpace(redis: RedisClient, namespace: string, connection: string): Space {
  return {
    redis,
    connection,
    key: (...parts) => `${namespace}:{${connection}}:${parts.join(':')}`,
    personKey: (emailHash) => `${namespace}:{person-${emailHash}}:ledger`,
    personRecordsKey: (emailHash) => `${namespace}:{person-${emailHash}}:records`,
    of: (other) => createSpace(redis, namespace, other),
  };
}
