import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { type OwnedRedis, startSupervised } from '../../src/queue/redis-server.ts';

export interface TestCluster {
  /** Names all masters, as REDIS_URL does. */
  readonly url: string;
  /** The masters first, then a replica of each of the first ones. */
  readonly nodes: readonly TestNode[];
  /** The master that has the keys with this hash tag. */
  masterOf(tag: string): Promise<TestNode>;
  /** Until every node says that all is well. */
  untilWhole(): Promise<void>;
  close(): Promise<void>;
}

export interface TestNode {
  readonly port: number;
  /** A connection to this node alone; it comes back when the node does. */
  readonly client: Redis;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on what it had written down. */
  restart(): Promise<void>;
}

export interface ClusterOptions {
  readonly replicas?: number;
  /** After how many milliseconds without an answer a node counts as gone; a busy machine must not make one seem so. */
  readonly nodeTimeout?: number;
}

const MASTERS = 3;
const SLOTS = 16_384;

/** Three masters on loopback, each with an append-only file, and as many replicas as asked for; all end with this process. */
export async function startRedisCluster(binary: string, options: ClusterOptions = {}): Promise<TestCluster> {
  const { replicas = 0, nodeTimeout = 15_000 } = options;
  const folder = await mkdtemp(join(tmpdir(), 'leadgauge-cluster-'));
  const nodes: (TestNode & { close(): Promise<void> })[] = [];
  for (let count = 0; count < MASTERS + replicas; count += 1) nodes.push(await startNode(binary, folder, nodeTimeout));
  const masters = nodes.slice(0, MASTERS);

  async function untilWhole(): Promise<void> {
    for (const { client } of nodes) {
      await until(async () => {
        const info = await client.cluster('INFO');
        return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${nodes.length}\r`);
      });
    }
  }

  // Before any of them meets another: each needs a number of its own then.
  for (const [index, { client }] of masters.entries()) {
    const from = Math.ceil((SLOTS * index) / MASTERS);
    const to = Math.ceil((SLOTS * (index + 1)) / MASTERS);
    await client.cluster('SET-CONFIG-EPOCH', index + 1);
    await client.cluster('ADDSLOTS', ...Array.from({ length: to - from }, (_, slot) => from + slot));
  }
  for (const { client, port } of masters)
    for (const other of nodes) if (other.port !== port) await client.cluster('MEET', '127.0.0.1', other.port);
  await untilWhole();
  for (const [index, { client }] of nodes.slice(MASTERS).entries()) {
    const id = await masters[index]?.client.cluster('MYID');
    await until(() =>
      client.cluster('REPLICATE', id ?? '').then(
        () => true,
        () => false,
      ),
    );
    await until(async () => (await client.info('replication')).includes('master_link_status:up'));
  }
  return {
    url: `redis://${masters.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    nodes,
    untilWhole,
    async masterOf(tag) {
      const slot = await masters[0]?.client.cluster('KEYSLOT', `{${tag}}`);
      const found = masters[Math.floor(((slot ?? 0) * MASTERS) / SLOTS)];
      if (found === undefined) throw new Error('no master has that slot');
      return found;
    },
    async close() {
      await Promise.all(nodes.map((node) => node.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startNode(binary: string, folder: string, nodeTimeout: number) {
  const port = await freePair();
  const dir = join(folder, String(port));
  await mkdir(dir);
  const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', dir];
  const safe = ['--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction'];
  const cluster = ['--cluster-enabled', 'yes', '--cluster-node-timeout', String(nodeTimeout)];
  const command = [binary, ...place, ...safe, ...cluster, '--repl-diskless-sync-delay', '0'];
  let server: OwnedRedis = await startSupervised(command, port);
  const client = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null, retryStrategy: () => 20 });
  client.on('error', () => {});
  async function kill(): Promise<void> {
    const pid = Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1]);
    const gone = once(client, 'close');
    process.kill(pid, 'SIGKILL');
    await gone;
    await server.close();
  }
  return {
    port,
    client,
    kill,
    async restart() {
      server = await startSupervised(command, port);
    },
    async close() {
      // Told to end, a replica goes on for as long as it writes its first append-only file.
      if (client.status === 'ready') await kill();
      client.disconnect();
    },
  };
}

/** Below those that the system gives out by itself, so that nobody gets one between this and the start. */
let next = 20_000 + ((process.pid * 17) % 2_600);

/** A port that nobody listens at, nor at the one that nodes of a cluster talk to each other by, 10,000 above. */
async function freePair(): Promise<number> {
  for (;;) {
    next = next >= 22_700 ? 20_000 : next + 1;
    if ((await isFree(next)) && (await isFree(next + 10_000))) return next;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
    probe.close();
    await once(probe, 'close');
    return true;
  } catch {
    return false;
  }
}

/** Redis tells nobody when a cluster has come together: it must be asked. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(20);
}
