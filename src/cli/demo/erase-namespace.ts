import { Redis } from 'ioredis';

/** Takes away every key that begins with this word. */
export async function eraseNamespace(url: string, namespace: string): Promise<void> {
  const client = new Redis(url);
  try {
    for await (const keys of client.scanStream({ match: `${namespace}:*`, count: 500 })) {
      if (Array.isArray(keys) && keys.length > 0) await client.unlink(...keys);
    }
  } finally {
    client.disconnect();
  }
}
