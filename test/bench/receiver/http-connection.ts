import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** How long HubSpot waits for an answer, in milliseconds. */
const PATIENCE = 5_000;

/** One HTTP/1.1 connection that is kept open. It does next to nothing itself, so that whoever is measured has the processor. */
export interface HttpConnection {
  /** Sends a whole request. @returns the status; 0 where no answer came within five seconds, or the connection broke. */
  send(request: Buffer): Promise<number>;
  /** Whether another request can be sent. */
  isOpen(): boolean;
  close(): void;
}

export async function openConnection(url: string): Promise<HttpConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setNoDelay(true);
  await once(socket, 'connect');
  let tell: ((status: number) => void) | undefined;
  let received = '';
  const answer = (status: number) => {
    received = '';
    const told = tell;
    tell = undefined;
    told?.(status);
  };
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1');
    const status = statusOfWhole(received);
    if (status !== undefined) answer(status);
  });
  socket.on('error', () => {});
  socket.on('close', () => answer(0));
  socket.setTimeout(PATIENCE, () => tell && socket.destroy());
  return {
    isOpen: () => isOpen(socket),
    send(request) {
      if (!isOpen(socket)) return Promise.resolve(0);
      return new Promise((resolve) => {
        tell = resolve;
        socket.write(request);
      });
    },
    close: () => socket.destroy(),
  };
}

const isOpen = (socket: Socket) => !socket.destroyed && socket.writable && !socket.readableEnded;

/** The status of an answer, once all of it is there: of a body that is not chunked. */
function statusOfWhole(received: string): number | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [, length = '0'] = /\r\ncontent-length: (\d+)/i.exec(received.slice(0, end)) ?? [];
  return received.length < end + 4 + Number(length) ? undefined : Number(received.slice(9, 12));
}
