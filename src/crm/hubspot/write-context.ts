import type { Clock } from '../../base/clock.ts';
import type { HubspotConfig } from './config.ts';
import type { Transport } from './transport.ts';

/** What writing to a portal needs. */
export interface WriteContext {
  readonly transport: Transport;
  readonly config: HubspotConfig;
  readonly clock: Clock;
}
