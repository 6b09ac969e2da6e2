import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { SECOND } from '../base/clock.ts';

/**
 * A Redis that one leadgauge process started is used by the others of the same data folder, so that `dead-letters`
 * sees what `start` does. The file names it while it runs.
 */
const schema = z.strictObject({ kind: z.enum(['server', 'embedded']), url: z.string() });
type RunningRedis = z.infer<typeof schema>;

export async function findRunningRedis(dataDir: string): Promise<RunningRedis | undefined> {
  const named = await readRunning(dataDir);
  // A process that was killed leaves its file behind.
  return named !== undefined && (await answers(named.url)) ? named : undefined;
}

/** Returns a function that takes the file away again. */
export async function rememberRedis(
  dataDir: string,
  redis: { kind: string; url: string },
): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(fileIn(dataDir), JSON.stringify({ kind: redis.kind, url: redis.url }), { mode: 0o600 });
  return async () => {
    // Another process may have written down its own meanwhile.
    const named = await readRunning(dataDir);
    if (named?.url === redis.url) await rm(fileIn(dataDir), { force: true });
  };
}

async function readRunning(dataDir: string): Promise<RunningRedis | undefined> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : schema.safeParse(parseJson(text)).data;
}

const fileIn = (dataDir: string) => join(dataDir, 'running-redis.json');

async function answers(url: string): Promise<boolean> {
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    // Something else may listen at that port by now, and never say a word.
    connectTimeout: SECOND,
    commandTimeout: SECOND,
  });
  redis.on('error', () => {});
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
