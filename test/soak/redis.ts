import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { findRedisServer } from '../../src/queue/redis-server.ts';
import { startRedis } from '../bench/processes/redis.ts';
import type { Stage } from '../bench/processes/stage.ts';
import { quietPorts } from './quiet-ports.ts';

/** What the world is kept in meanwhile. */
export interface SoakRedis {
  readonly kind: 'server' | 'embedded';
  readonly url: string;
  /** A client of the soak's own, which comes back by itself. */
  readonly client: Redis;
  /** How many clients it has, those of the soak left out; leadgauge's own lists nobody. */
  connections?(): Promise<number>;
  /** What can be done to it; undefined where all would be lost with it. */
  readonly trouble?: {
    /** As a power cut would end it; after that it starts again on what it had written down. */
    killAndRestart(after: () => Promise<void>): Promise<void>;
    freeze(): void;
    thaw(): void;
  };
}

/** The name by which Redis lists the clients of the soak. */
const OWN = 'soak';

/** A redis-server where there is one, which writes down what it acknowledges before it does; else leadgauge's own. */
export async function startSoakRedis(stage: Stage): Promise<SoakRedis> {
  const binary = findRedisServer(process.env.PATH);
  const { kind, url, ...more } = binary === undefined ? await startRedis(stage) : await startOwn(stage, binary);
  const client = new Redis(url, { maxRetriesPerRequest: null, connectionName: OWN });
  client.on('error', () => {});
  stage.add(async () => client.disconnect());
  if (!('trouble' in more)) return { kind, url, client };
  return {
    kind,
    url,
    client,
    trouble: more.trouble,
    async connections() {
      const list = String(await client.client('LIST'));
      return list.split('\n').filter((line) => line !== '' && !line.includes(` name=${OWN} `)).length;
    },
  };
}

async function startOwn(stage: Stage, binary: string) {
  const [folder, [port = 0]] = [await stage.folder(), await quietPorts(1)];
  const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', ''];
  const safe = ['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'];
  const compact = ['--zset-max-ziplist-value', '256'];
  const start = async () => {
    const child = spawn(binary, [...place, ...safe, ...compact], { stdio: 'ignore' });
    stage.addProcess(child);
    await untilAnswering(port);
    return child;
  };
  let server: ChildProcess = await start();
  return {
    kind: 'server',
    url: `redis://127.0.0.1:${port}`,
    trouble: {
      async killAndRestart(after: () => Promise<void>) {
        const gone = once(server, 'exit');
        server.kill('SIGKILL');
        await gone;
        await after();
        server = await start();
      },
      freeze: () => void server.kill('SIGSTOP'),
      thaw: () => void server.kill('SIGCONT'),
    },
  } as const;
}

async function untilAnswering(port: number): Promise<void> {
  const client = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null, retryStrategy: () => 20 });
  client.on('error', () => {});
  await client.ping();
  client.disconnect();
}
