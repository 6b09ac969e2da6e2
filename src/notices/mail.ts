import { createTransport } from 'nodemailer';
import { RecordError } from '../base/errors.ts';
import { type Channel, type Message, oneLine, TIMEOUT } from './channel.ts';
import { mailError } from './mail-error.ts';

export interface MailOptions {
  /** `smtp://user:password@host:587`, where TLS begins with STARTTLS, or `smtps://`, where it is there from the start. */
  readonly url: string;
  /** `Leads <leads@example.com>`. */
  readonly from: string;
  /** Milliseconds until a message counts as lost. */
  readonly timeout?: number;
}

/** E-mail in plain text, by SMTP. */
export function createMail({ url, from, timeout = TIMEOUT }: MailOptions): Channel {
  const transport = createTransport({
    ...serverOf(url),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const host = /@([^\s<>@]+?)>?$/.exec(from.trim())?.[1] ?? 'localhost';
  return {
    name: 'email',
    perMinute: 30,
    async send(message, { signal } = {}) {
      const to = [...new Set(message.people.flatMap(({ email }) => email ?? []))];
      if (to.length === 0) throw new RecordError('nobody whom it is for has an e-mail address');
      // The timer is the machine's and not the `Clock`: it watches a socket. Those above begin anew with every byte.
      const deadline = AbortSignal.timeout(timeout);
      try {
        const { rejected } = await transport.sendMail({
          from,
          to: to.map((address) => ({ name: '', address })),
          subject: subjectOf(message),
          text: textOf(message),
          // A mailbox that gets it twice shows it once.
          messageId: `<${message.id}@${host}>`,
          date: new Date(message.at),
          // Out-of-office notes and the like must not answer it.
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
        });
        return rejected.length > 0 ? `the mail server refused ${rejected.length} of ${to.length} addresses` : undefined;
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        throw mailError(error, deadline.aborted ? timeout : undefined);
      }
    },
  };
}

/** Only what the address says: its query could turn off what keeps the password safe. */
function serverOf(address: string) {
  const { protocol, hostname, port, username, password } = new URL(address);
  const secure = protocol === 'smtps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const isHere = host === 'localhost' || host === '127.0.0.1' || host === '::1';
  const auth = username === '' ? undefined : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return {
    host,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    // No password goes out in clear, whatever a server, or somebody in its place, offers.
    requireTLS: !secure && auth !== undefined && !isHere,
    ...(auth !== undefined && { auth }),
  };
}

function subjectOf({ subject }: Message): string {
  return oneLine(subject).slice(0, LONGEST_SUBJECT);
}

const LONGEST_SUBJECT = 200;

function textOf({ lines, link }: Message): string {
  const texts = lines.map((line) =>
    typeof line === 'string' ? oneLine(line) : `${oneLine(line.text)}\n  ${line.link}`,
  );
  return [...texts, ...(link === undefined ? [] : ['', `Open in the CRM: ${link}`]), ''].join('\n');
}
