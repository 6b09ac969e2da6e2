import { Webhook } from 'standardwebhooks';
import type { Clock } from '../base/clock.ts';
import type { NoticeLine } from '../ledger/outbox.ts';
import { type Channel, type Message, TIMEOUT } from './channel.ts';
import { post } from './post.ts';

export interface HttpsOptions {
  readonly url: string;
  /** `whsec_` and random bytes in base64. */
  readonly secret: string;
  readonly clock: Clock;
  /** Milliseconds until a message counts as lost. */
  readonly timeout?: number;
}

/**
 * Any address that takes what Standard Webhooks describe: the id stays the same however often it is sent, so that the other side knows it again.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function createHttps({ url, secret, clock, timeout = TIMEOUT }: HttpsOptions): Channel {
  const webhook = new Webhook(secret);
  return {
    name: 'https',
    perMinute: 60,
    async send(message, { signal } = {}) {
      const now = clock.now();
      const body = JSON.stringify(payload(message));
      const headers = {
        'content-type': 'application/json',
        'webhook-id': message.id,
        'webhook-timestamp': String(Math.floor(now / 1_000)),
        'webhook-signature': webhook.sign(message.id, new Date(now), body),
      };
      await post({ name: 'the address of notices', variable: 'NOTIFY_URL', url, headers, body, timeout, signal, now });
      return undefined;
    },
  };
}

function payload({ kind, connection, leadId, people, subject, lines, link, at }: Message) {
  return {
    type: `notice.${kind}`,
    timestamp: new Date(at).toISOString(),
    data: {
      connection,
      lead: leadId,
      link,
      to: people.map(({ ownerId, email }) => ({ owner: ownerId, email })),
      subject,
      lines: lines.map(lineOf),
    },
  };
}

const lineOf = (line: NoticeLine) => (typeof line === 'string' ? { text: line } : line);
