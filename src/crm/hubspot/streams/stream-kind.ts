import type { ActivityType } from '../../../leads/activity.ts';
import type { ActivityStream } from '../../crm.ts';
import type { HubspotConfig } from '../config.ts';
import type { Transport } from '../transport.ts';

/** The keys under `streams` in `config/hubspot.yaml`, in the order in which they are shown. */
export const STREAM_KEYS = [
  'page_views',
  'marketing_emails',
  'meetings',
  'calls',
  'sales_emails',
  'marketing_events',
  'deals',
] as const;
export type StreamKey = (typeof STREAM_KEYS)[number];

/** A source of activities that a portal may have or not; forms and custom events, which config names one by one, are none. */
export interface StreamKind {
  readonly key: StreamKey;
  /** As in "page views can be read". */
  readonly what: string;
  /** What the credential needs, all of them. */
  readonly scopes: readonly string[];
  /** The edition of HubSpot that has it: `a Marketing Hub Enterprise`. Absent where every portal does. */
  readonly edition?: string;
  readonly delivers: readonly ActivityType[];
  /** One call that tells whether the credential and the portal allow it. */
  probe(transport: Transport): Promise<unknown>;
  open(context: StreamContext): ActivityStream;
}

export interface StreamContext {
  readonly transport: Transport;
  readonly config: HubspotConfig;
  /** The types of activity that models ask for: what else a stream could tell need not be read. */
  readonly asked: ReadonlySet<ActivityType>;
}
