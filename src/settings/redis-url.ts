import { ConfigError } from '../base/errors.ts';

/** Where Redis is: one server, or some of the nodes of a cluster, which tell of the others. */
export interface RedisAddress {
  readonly nodes: readonly RedisNode[];
  readonly isCluster: boolean;
  readonly tls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

/**
 * Reads `REDIS_URL`. A cluster is named by several of its nodes, `redis://one:7000,two:7001`, or by one address that stands for
 * them all, `redis://cluster.example:6379?cluster=true`.
 * @throws ConfigError that says what it must be like, and never what it is, as it may hold a password.
 */
export function parseRedisUrl(text: string): RedisAddress {
  const read = readUrl(text);
  if (typeof read === 'string') throw new ConfigError(`REDIS_URL ${read}`);
  return read;
}

/** What is wrong with it, without the name of the variable; undefined where nothing is. */
export function redisUrlProblem(text: string): string | undefined {
  const read = readUrl(text);
  return typeof read === 'string' ? read : undefined;
}

const LIKE_THIS =
  'must be an address such as redis://127.0.0.1:6379, or rediss:// for TLS; of a cluster, some of its nodes: redis://one:6379,two:6379';
const NO_DATABASES = 'names a database, and a Redis Cluster has only one: leave out what follows the last slash';

/** The scheme, who signs in, the hosts, the database and what follows a question mark. */
const PARTS = /^(rediss?):\/\/(?:([^/?#]*)@)?([^/?#@]*)(\/[^?#]*)?(?:\?([^#]*))?$/i;

function readUrl(text: string): RedisAddress | string {
  const [, scheme, user = '', hosts = '', path = '', query] = PARTS.exec(text) ?? [];
  if (scheme === undefined) return LIKE_THIS;
  const nodes: RedisNode[] = [];
  for (const host of (hosts || 'localhost').split(',')) {
    const node = readNode(host.trim());
    if (node === undefined) return LIKE_THIS;
    nodes.push(node);
  }
  const isCluster = nodes.length > 1 || new URLSearchParams(query).get('cluster') === 'true';
  if (isCluster && !/^\/?0?$/.test(path)) return NO_DATABASES;
  const [, username = '', password = ''] = /^([^:]*):?(.*)$/.exec(user) ?? [];
  try {
    const [name, word] = [decodeURIComponent(username), decodeURIComponent(password)];
    const tls = scheme.toLowerCase() === 'rediss';
    return { nodes, isCluster, tls, username: name || undefined, password: word || undefined };
  } catch {
    return LIKE_THIS;
  }
}

function readNode(host: string): RedisNode | undefined {
  const url = URL.parse(`redis://${host}`);
  if (url === null || url.hostname === '' || url.host !== host) return undefined;
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? 6379 : Number(url.port) };
}
