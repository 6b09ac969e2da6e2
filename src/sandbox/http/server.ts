import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault } from './faults.ts';

export interface SentRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Bytes of the address, and of all headers with it. */
  readonly sizes: { readonly uri: number; readonly head: number };
  readonly text: string;
}

/** A whole answer, and how to spoil it on the way. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly spoil?: Pick<Fault, 'reset' | 'halfBody'>;
}

export interface HttpServer {
  readonly port: number;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** Node would refuse what is above 16,384 bytes by breaking the connection; a sandbox refuses it as its CRM does. */
const LARGEST_HEAD = 256 * 1024;

/** Serves on 127.0.0.1; the handler sees whole requests and gives whole answers. */
export async function serve(port: number, handle: (request: SentRequest) => Promise<Reply>): Promise<HttpServer> {
  const server = createServer({ maxHeaderSize: LARGEST_HEAD }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => response.destroy());
    request.on('end', () => {
      handle(readRequest(request, Buffer.concat(chunks).toString())).then(
        (reply) => send(response, reply),
        () => response.destroy(),
      );
    });
  });
  // A client that keeps its connections must never see one closed under it for being idle.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { port: portOf(server), close: () => closeServer(server) };
}

function readRequest(request: IncomingMessage, text: string): SentRequest {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const uri = Buffer.byteLength(target);
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
    headers,
    sizes: { uri, head: uri + request.rawHeaders.reduce((sum, part) => sum + Buffer.byteLength(part) + 2, 0) },
    text,
  };
}

function send(response: ServerResponse, { status, headers, text, spoil }: Reply): void {
  if (response.destroyed) return;
  if (spoil?.reset) {
    response.socket?.resetAndDestroy();
    return;
  }
  const body = Buffer.from(text);
  const length = status === 204 ? {} : { 'Content-Length': String(body.length) };
  response.writeHead(status, { ...headers, ...length });
  if (!spoil?.halfBody) {
    response.end(status === 204 ? undefined : body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sandbox has no port');
  return address.port;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
