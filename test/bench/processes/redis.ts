import { Redis } from 'ioredis';
import { z } from 'zod';
import { findRedisServer, startRedisServer } from '../../../src/queue/redis-server.ts';
import type { Stage } from './stage.ts';
import { talkTo } from './talk.ts';

const MODULE = new URL('redis-process.ts', import.meta.url).pathname;

export interface RedisProcess {
  readonly kind: 'server' | 'embedded';
  readonly url: string;
  /** Bytes in use; undefined where this Redis does not tell. */
  memory(): Promise<number | undefined>;
  /** How many commands it has carried out, those of scripts among them; undefined where it does not tell. */
  commands(): Promise<number | undefined>;
}

/** A Redis in a process of its own: redis-server where there is one, else leadgauge's own. */
export async function startRedis(stage: Stage): Promise<RedisProcess> {
  const binary = findRedisServer(process.env.PATH);
  const { kind, url } = binary === undefined ? await startEmbedded(stage) : await startServer(stage, binary);
  const client = new Redis(url, { maxRetriesPerRequest: null });
  client.on('error', () => {});
  stage.add(async () => client.disconnect());
  // The one of leadgauge's own knows no figures.
  const info = (section: string) => (kind === 'server' ? client.info(section) : Promise.resolve(''));
  return {
    kind,
    url,
    async memory() {
      const [, bytes] = /used_memory:(\d+)/.exec(await info('memory')) ?? [];
      return bytes === undefined ? undefined : Number(bytes);
    },
    async commands() {
      const counts = [...(await info('commandstats')).matchAll(/:calls=(\d+)/g)].map(([, count]) => Number(count));
      return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
    },
  };
}

async function startServer(stage: Stage, binary: string) {
  const { url, close } = await startRedisServer(binary, await stage.folder());
  stage.add(close);
  return { kind: 'server', url } as const;
}

async function startEmbedded(stage: Stage) {
  const talk = talkTo(stage, MODULE, {});
  return { kind: 'embedded', url: await talk.ask('url', {}, z.string()) } as const;
}
