import { eraseKeys } from '../../ledger/scan-keys.ts';
import { createRedis } from '../../queue/create-redis.ts';

/** Takes away every key that begins with this word. */
export async function eraseNamespace(url: string, namespace: string): Promise<void> {
  const client = createRedis(url, 'patient');
  try {
    await eraseKeys(client, `${namespace}:`);
  } finally {
    client.disconnect();
  }
}
