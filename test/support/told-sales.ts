import type { Clock } from '../../src/base/clock.ts';
import type { Channel } from '../../src/notices/channel.ts';
import { createHttps } from '../../src/notices/https.ts';
import { type HttpTarget, openHttpTarget } from './http-target.ts';

export const NOTIFY_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** What sales are told at an HTTPS address on this machine. */
export interface ToldSales {
  readonly target: HttpTarget;
  channels(clock: Clock): readonly Channel[];
  /** In the order in which it was told, each as `reminder to dana.whitlock`. */
  told(): readonly string[];
  /** By which CRM, and of which lead: `salesforce 00Q…`. */
  about(): readonly string[];
}

export async function openToldSales(): Promise<ToldSales> {
  const target = await openHttpTarget();
  const bodies = (): readonly Notified[] => target.requests.map(({ body }) => JSON.parse(body));
  return {
    target,
    channels: (clock) => [createHttps({ url: target.url, secret: NOTIFY_SECRET, clock })],
    told: () => bodies().map(({ type, data }) => `${type.replace('notice.', '')} to ${data.to.map(nameOf).join(', ')}`),
    about: () => bodies().map(({ data: { connection, lead } }) => [connection, lead].join(' ')),
  };
}

/** As docs/notices.md tells what is sent. */
interface Notified {
  readonly type: string;
  readonly data: {
    readonly connection: string;
    readonly lead?: string;
    readonly to: readonly { readonly email?: string }[];
  };
}

const nameOf = ({ email = 'nobody' }: { readonly email?: string }) => email.replace(/@.*$/, '');
