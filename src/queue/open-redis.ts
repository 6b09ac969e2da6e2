import { join, resolve } from 'node:path';
import { ConfigError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { startEmbeddedRedis } from './embedded-redis.ts';
import { findRedisServer, startRedisServer } from './redis-server.ts';
import { findRunningRedis, rememberRedis } from './running-redis.ts';

export interface OpenRedis {
  /** Where it came from: `REDIS_URL`, a redis-server started for us, or the one inside this process. */
  readonly kind: 'url' | 'server' | 'embedded';
  readonly url: string;
  /** Stops what was started here, also if called twice; does nothing to a Redis of someone else's. */
  close(): Promise<void>;
}

export interface OpenRedisOptions {
  readonly redisUrl: string | undefined;
  /** Where a redis-server keeps its append-only file, and where other processes find ours. */
  readonly dataDir: string;
  readonly production: boolean;
  readonly path: string | undefined;
  readonly log: Log;
  /** Tell that what is kept lasts no longer than the process, because this one is to run for long. */
  readonly announce?: boolean;
  /** A Redis for this process alone, whatever else runs: for the demo. */
  readonly isolated?: boolean;
  /** Leave the PATH aside. */
  readonly embeddedOnly?: boolean;
}

/** Decides which Redis to use, in the order that `docs/redis.md` gives. */
export async function openRedis(options: OpenRedisOptions): Promise<OpenRedis> {
  const { redisUrl, log } = options;
  if (redisUrl !== undefined) return { kind: 'url', url: redisUrl, close: async () => {} };
  if (options.production) {
    throw new ConfigError('REDIS_URL is not set: in production, name a Redis with an append-only file and noeviction');
  }
  const dataDir = resolve(options.dataDir);
  const running = options.isolated ? undefined : await findRunningRedis(dataDir);
  if (running !== undefined) return { ...running, close: async () => {} };
  const opened = await start(options, dataDir);
  if (opened.kind === 'embedded') {
    log[options.announce ? 'info' : 'debug'](
      'Redis runs inside this process and in memory only: for trying out. Set REDIS_URL to keep what it holds.',
    );
  } else {
    log.debug('started a private redis-server', { folder: join(dataDir, 'redis') });
  }
  if (options.isolated) return opened;
  try {
    const forget = await rememberRedis(dataDir, opened);
    return { ...opened, close: () => forget().then(() => opened.close()) };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function start({ path, embeddedOnly }: OpenRedisOptions, dataDir: string): Promise<OpenRedis> {
  const binary = embeddedOnly ? undefined : findRedisServer(path);
  if (binary !== undefined) {
    return { kind: 'server', ...(await startRedisServer(binary, join(dataDir, 'redis'))) };
  }
  return { kind: 'embedded', ...(await startEmbeddedRedis()) };
}
