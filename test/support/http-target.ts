import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import getTlsOptions from 'smtp-server/lib/tls-options';
import { onTestFinished } from 'vitest';

/** How the other side answers one request: with a status, not at all, or by hanging up. */
export type TargetAnswer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'stalls'
  | 'hangs up';

export interface HttpTarget {
  readonly url: string;
  readonly requests: readonly { readonly headers: IncomingHttpHeaders; readonly body: string }[];
  /** What the next requests get, one after the other; 200 once these are used up. */
  answerWith(...answers: readonly TargetAnswer[]): void;
}

export interface TargetOptions {
  readonly tls?: boolean;
  /** One that nobody listens on; any unless told. */
  readonly port?: number;
}

/** A server on this machine that takes what is sent to Slack or to any other address, and answers as the test says. */
export async function openHttpTarget({ tls = false, port = 0 }: TargetOptions = {}): Promise<HttpTarget> {
  const requests: { headers: IncomingHttpHeaders; body: string }[] = [];
  const answers: TargetAnswer[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      const answer = answers.shift() ?? { status: 200, body: 'ok' };
      if (answer === 'stalls') return;
      if (answer === 'hangs up') request.socket.destroy();
      else response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  };
  // A certificate that nobody vouches for.
  const server = tls ? createTlsServer(getTlsOptions(), listener) : createServer(listener);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http${tls ? 's' : ''}://127.0.0.1:${address.port}/notices`,
    requests,
    answerWith: (...more) => answers.push(...more),
  };
}
