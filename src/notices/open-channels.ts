import type { Clock } from '../base/clock.ts';
import type { Channel } from './channel.ts';
import { createHttps } from './https.ts';
import { createMail } from './mail.ts';
import { createSlack } from './slack.ts';

/** What is on, each with what it needs; what is absent is off. */
export interface ChannelSettings {
  readonly slack?: { readonly url: string };
  readonly email?: { readonly url: string; readonly from: string };
  readonly https?: { readonly url: string; readonly secret: string };
}

/** The channels by which sales are told; none where nothing is on. Nothing is sent before there is something to tell. */
export function openChannels({ slack, email, https }: ChannelSettings, clock: Clock): Channel[] {
  return [
    ...(slack === undefined ? [] : [createSlack({ ...slack, clock })]),
    ...(email === undefined ? [] : [createMail(email)]),
    ...(https === undefined ? [] : [createHttps({ ...https, clock })]),
  ];
}
