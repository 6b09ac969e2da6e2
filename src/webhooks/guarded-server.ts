import { createServer, type RequestListener, type Server } from 'node:http';
import { SECOND } from '../base/clock.ts';

/** What a sender may take of the receiver; times in milliseconds. Node watches sockets by the machine's clock. */
export interface ServerLimits {
  /** From the first moment of a connection, or of its next request, until the headers are there. */
  readonly headers: number;
  /** Until the whole request is there. */
  readonly request: number;
  /** How often it is looked for who takes longer. */
  readonly lookEvery: number;
  /** How long a connection may wait for its next request. */
  readonly idle: number;
  /** Connections at a time; whoever comes then is turned away. */
  readonly connections: number;
  /** How long a stop waits for requests that are under way. */
  readonly stop: number;
}

export const SERVER_LIMITS: ServerLimits = {
  headers: 10 * SECOND,
  request: 30 * SECOND,
  lookEvery: 2 * SECOND,
  // Longer than proxies keep a connection (a minute, mostly): else one sends a request just as we close, and its sender reads 502.
  idle: 75 * SECOND,
  connections: 500,
  stop: 10 * SECOND,
};

/**
 * A server that nobody holds up by being slow: who sends headers or a body byte by byte is answered 408 and cut off. Longer headers
 * than 16 KB are answered 431, and what two servers could read as two requests 400: both by Node itself.
 */
export function createGuardedServer(listener: RequestListener, limits: ServerLimits = SERVER_LIMITS): Server {
  const server = createServer(
    {
      headersTimeout: limits.headers,
      requestTimeout: limits.request,
      connectionsCheckingInterval: limits.lookEvery,
      keepAliveTimeout: limits.idle,
      // Whatever the command line of Node or NODE_OPTIONS say.
      insecureHTTPParser: false,
    },
    listener,
  );
  server.maxConnections = limits.connections;
  return server;
}

/** Answers what is under way, and waits for nobody who never gets to the end: from a stop on, Node looks for slow senders no more. */
export async function closeGuarded(server: Server, { stop }: ServerLimits = SERVER_LIMITS): Promise<void> {
  const late = setTimeout(() => server.closeAllConnections(), stop);
  try {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });
  } finally {
    clearTimeout(late);
  }
}
