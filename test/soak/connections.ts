import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import type { Stage } from '../bench/processes/stage.ts';

/** Counts the connections that servers of this process have, by their address. To be called before anybody connects. */
export function countConnections(stage: Stage): (url: string) => number {
  const counts = new Map<number, number>();
  const add = (port: number, by: number) => counts.set(port, (counts.get(port) ?? 0) + by);
  const listen = (message: unknown) => {
    if (typeof message !== 'object' || message === null || !('socket' in message)) return;
    const { socket } = message;
    if (!(socket instanceof Socket) || socket.localPort === undefined) return;
    const port = socket.localPort;
    add(port, 1);
    socket.once('close', () => add(port, -1));
  };
  subscribe('net.server.socket', listen);
  stage.add(async () => void unsubscribe('net.server.socket', listen));
  return (url) => counts.get(Number(new URL(url).port)) ?? 0;
}
