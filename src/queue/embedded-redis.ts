import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { OwnedRedis } from './redis-server.ts';

/**
 * A Redis inside this process, in memory only. The package's own start would listen on every address of the machine and
 * wait at its end for clients to leave: this one listens on loopback alone and sends them away.
 */
export async function startEmbeddedRedis(port = 0): Promise<OwnedRedis> {
  // Where there is another Redis, its megabytes are not even read.
  const { createRedisCommandExecutor, RedisServerState, Resp2Server } = await import('js-redis-server/core');
  const state = new RedisServerState({ databaseCount: 1 });
  const { server } = new Resp2Server({ server: state, executor: createRedisCommandExecutor() });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    // Else the second answer to a pipeline waits 40 ms for the client to acknowledge the first.
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the embedded Redis has no port');
  return {
    url: `redis://127.0.0.1:${address.port}`,
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
      state.close();
    },
  };
}
