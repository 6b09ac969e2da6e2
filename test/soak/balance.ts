import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Stage } from '../bench/processes/stage.ts';

export interface Balancer {
  /** What senders have as the address of the receiver. */
  readonly url: string;
  /** Ends all connections: those that senders keep for their next delivery are none of the receiver's. */
  hangUp(): void;
}

/**
 * What stands before the receivers, as in production: each connection goes to the next one that takes it. Whoever cannot be served is
 * cut off, and comes again.
 */
export async function startBalancer(stage: Stage, ports: readonly number[]): Promise<Balancer> {
  const sockets = new Set<Socket>();
  let turn = 0;

  function serve(client: Socket, left: readonly number[]): void {
    const [port, ...others] = left;
    if (port === undefined) return void client.destroy();
    const receiver = connect(port, '127.0.0.1');
    sockets.add(receiver);
    let isConnected = false;
    receiver.once('connect', () => {
      isConnected = true;
      receiver.pipe(client);
      client.pipe(receiver);
    });
    receiver.on('error', () => {});
    receiver.once('close', () => {
      sockets.delete(receiver);
      // One that does not take it leaves it to the next.
      if (isConnected) client.destroy();
      else if (!client.destroyed) serve(client, others);
    });
    client.once('close', () => receiver.destroy());
  }

  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => {});
    client.once('close', () => sockets.delete(client));
    turn = (turn + 1) % ports.length;
    serve(client, [...ports.slice(turn), ...ports.slice(0, turn)]);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };
  stage.add(async () => {
    server.close();
    hangUp();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the balancer has no port');
  return { url: `http://127.0.0.1:${address.port}`, hangUp };
}
