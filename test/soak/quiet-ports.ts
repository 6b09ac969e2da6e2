import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that systems give to connections on their way out: whoever has ended finds it free when it starts again. */
const [FROM, TO] = [20_000, 30_000];

/** So many ports on this machine that nobody listens at, now or by chance later. */
export async function quietPorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = FROM + Math.floor(Math.random() * (TO - FROM));
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch {
    return false;
  }
  probe.close();
  await once(probe, 'close');
  return true;
}
