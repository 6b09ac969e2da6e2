import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { z } from 'zod';
import { answerBy } from '../processes/talk.ts';

/** Stands between a receiver and its Redis, and makes it slow, silent or absent. */
const { redisUrl } = z.object({ redisUrl: z.string() }).parse(JSON.parse(process.argv[2] ?? '{}'));
const modeSchema = z.union([z.object({ delay: z.number() }), z.enum(['silent', 'away'])]);

let mode: z.output<typeof modeSchema> = { delay: 0 };
/** What Redis said while it was silent, in order. */
let held: (() => void)[] = [];
const sockets = new Set<Socket>();

const server = createServer((client) => {
  if (mode === 'away') return client.destroy();
  const { hostname, port } = new URL(redisUrl);
  const redis = connect(Number(port), hostname);
  for (const [socket, other] of [
    [client, redis],
    [redis, client],
  ] as const) {
    sockets.add(socket.setNoDelay(true));
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  }
  client.on('data', (chunk) => redis.write(chunk));
  redis.on('data', (chunk) => pass(() => client.write(chunk)));
});

/** One delay for all keeps them in order. */
function pass(chunk: () => void): void {
  if (typeof mode === 'string') held.push(chunk);
  else if (mode.delay > 0) setTimeout(chunk, mode.delay);
  else chunk();
}

server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('the slow Redis has no port');

answerBy(
  {
    url: () => `redis://127.0.0.1:${address.port}`,
    mode: (given) => {
      mode = z.object({ mode: modeSchema }).parse(given).mode;
      if (mode === 'away') for (const socket of sockets) socket.destroy();
      if (typeof mode === 'string') return;
      for (const chunk of held) chunk();
      held = [];
    },
  },
  async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  },
);
