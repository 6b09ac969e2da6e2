import { once } from 'node:events';
import { createServer } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

export interface MailTarget {
  /** `smtp://127.0.0.1:4025`. */
  readonly url: string;
  readonly port: number;
  readonly messages: readonly ReceivedMail[];
}

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** By their lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface MailRefusals {
  /** The only user and password it lets in; nobody must log in when absent. */
  readonly login?: readonly [string, string];
  /** The code with which it refuses a sender, a recipient or a whole message; undefined takes it. */
  readonly sender?: (address: string) => number | undefined;
  readonly recipient?: (address: string) => number | undefined;
  readonly message?: () => number | undefined;
  /** From the first byte on, with a certificate that nobody vouches for. */
  readonly tls?: true;
}

/** A mail server on this machine, without TLS unless asked. */
export async function openMailTarget(refusals: MailRefusals = {}): Promise<MailTarget> {
  const messages: ReceivedMail[] = [];
  const { login, tls = false } = refusals;
  const server = new SMTPServer({
    secure: tls,
    hideSTARTTLS: true,
    disabledCommands: login === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
    authOptional: login === undefined,
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _, done) =>
      username === login?.[0] && password === login?.[1] ? done(null, { user: username }) : done(refusal(535)),
    onMailFrom: ({ address }, _, done) => done(refusal(refusals.sender?.(address))),
    onRcptTo: ({ address }, _, done) => done(refusal(refusals.recipient?.(address))),
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const error = refusal(refusals.message?.());
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        if (error === null) messages.push({ from, to, ...parse(Buffer.concat(chunks).toString()) });
        done(error);
      });
    },
  });
  // A client that does not believe the certificate hangs up.
  server.on('error', () => {});
  const port = await listen(server.listen(0, '127.0.0.1'));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { url: `smtp${tls ? 's' : ''}://127.0.0.1:${port}`, port, messages };
}

/** One that lets everybody in and never says a word. */
export async function openSilentMailTarget(): Promise<Pick<MailTarget, 'url'>> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    onTestFinished(() => void socket.destroy());
  });
  const port = await listen(server.listen(0, '127.0.0.1'));
  onTestFinished(() => void server.close());
  return { url: `smtp://127.0.0.1:${port}` };
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

function refusal(code: number | undefined): Error | null {
  return code === undefined ? null : Object.assign(new Error('not with ann@example.com'), { responseCode: code });
}

function parse(source: string): Pick<ReceivedMail, 'headers' | 'text'> {
  const [head = '', ...body] = source.split('\r\n\r\n');
  const fields = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = Object.fromEntries(
    fields.map((field) => {
      const colon = field.indexOf(':');
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
    }),
  );
  const text = body.join('\r\n\r\n').replaceAll('\r\n', '\n').trimEnd();
  return { headers, text: headers['content-transfer-encoding'] === 'quoted-printable' ? unquoted(text) : text };
}

function unquoted(text: string): string {
  const bytes = text.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => `%${hex}`);
  return decodeURIComponent(bytes.replace(/%(?![0-9A-F]{2})/g, '%25'));
}
