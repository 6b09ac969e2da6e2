import type { Clock } from '../../base/clock.ts';
import type { CallOptions } from '../crm.ts';
import type { ModelOutputs } from '../outputs/output-model.ts';
import type { ContactBatch, ContactUpdate } from './api/contacts.ts';
import type { HubspotConfig } from './config.ts';
import type { BeforeLead } from './lifecycle.ts';
import type { Transport } from './transport.ts';

/** What writing to a portal needs. */
export interface WriteContext {
  readonly transport: Transport;
  readonly config: HubspotConfig;
  readonly models: readonly ModelOutputs[];
  readonly clock: Clock;
  /** Where a lead goes back to that sales gave back; undefined where stages are left alone. */
  readonly recycledStage?: string | undefined;
  /** Whose stage moves on to that of a lead; undefined where config names no such stage. */
  readonly isBeforeLead?: BeforeLead | undefined;
  /** The call that updates at most 100 records of the kind that is written, contacts or companies. */
  readonly update: (
    transport: Transport,
    inputs: readonly ContactUpdate[],
    options?: CallOptions,
  ) => Promise<ContactBatch>;
}
