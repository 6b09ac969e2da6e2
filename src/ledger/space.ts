import type { Redis } from 'ioredis';

/** Where one connection keeps its things in Redis. Every key of a connection shares a hash tag, so that scripts work on a cluster. */
export interface Space {
  readonly redis: Redis;
  /** `space.key('dirty')` is `leadgauge:{hubspot}:dirty`. */
  key(...parts: string[]): string;
  /** The ledger of a person across all connections, by the hash of their e-mail address. */
  personKey(emailHash: string): string;
}

export function createSpace(redis: Redis, namespace: string, connection: string): Space {
  return {
    redis,
    key: (...parts) => `${namespace}:{${connection}}:${parts.join(':')}`,
    personKey: (emailHash) => `${namespace}:{person-${emailHash}}:ledger`,
  };
}
