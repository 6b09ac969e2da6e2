import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that systems give to connections on their way out: whoever has ended finds it free when it starts again. */
const [FROM, TO] = [20_000, 30_000];

/** A port on this machine that nobody listens at, now or by chance later. */
export async function quietPort(random: () => number): Promise<number> {
  for (;;) {
    const port = FROM + Math.floor(random() * (TO - FROM));
    const probe = createServer().listen(port, '127.0.0.1');
    try {
      await once(probe, 'listening');
    } catch {
      // Somebody is there.
      continue;
    }
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
