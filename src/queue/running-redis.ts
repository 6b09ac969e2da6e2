import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { z } from 'zod';

/**
 * A Redis that one leadgauge process started is used by the others of the same data folder, so that `dead-letters`
 * sees what `start` does. The file names it while it runs.
 */
const schema = z.strictObject({ kind: z.enum(['server', 'embedded']), url: z.string() });
type RunningRedis = z.infer<typeof schema>;

export async function findRunningRedis(dataDir: string): Promise<RunningRedis | undefined> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const found = schema.safeParse(parseJson(text));
  // A process that was killed leaves its file behind.
  return found.success && (await answers(found.data.url)) ? found.data : undefined;
}

/** Returns a function that takes the file away again. */
export async function rememberRedis(
  dataDir: string,
  redis: { kind: string; url: string },
): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(fileIn(dataDir), JSON.stringify({ kind: redis.kind, url: redis.url }), { mode: 0o600 });
  return () => rm(fileIn(dataDir), { force: true });
}

const fileIn = (dataDir: string) => join(dataDir, 'running-redis.json');

async function answers(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
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
