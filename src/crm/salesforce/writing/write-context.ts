import type { Clock } from '../../../base/clock.ts';
import type { Log } from '../../../base/log.ts';
import type { ModelOutputs } from '../../outputs/output-model.ts';
import type { SalesforceApi } from '../api/api.ts';
import type { SalesforceConfig } from '../config.ts';
import type { Organization } from '../organization.ts';

/** What writing to an org needs. */
export interface WriteContext {
  readonly api: SalesforceApi;
  readonly config: Pick<SalesforceConfig, 'lifecycle' | 'lead_status' | 'rating' | 'batch_size'>;
  readonly models: readonly ModelOutputs[];
  readonly clock: Clock;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  readonly dayOf: Organization['dayOf'];
  readonly log?: Log | undefined;
  /** Whether the org has person accounts: then `Contact.IsPersonAccount` exists. */
  readonly personAccounts: boolean;
  /** The org's values of Lead Status in their order; needed where config sets one. */
  readonly leadStatuses: readonly string[];
  /** What was read of a contact lately; where it is not known and matters, the org is asked. */
  readonly placeOf?: (contactId: string) => ContactPlace | undefined;
}

/** Where a contact belongs. */
export interface ContactPlace {
  readonly accountId: string | undefined;
  readonly isPersonAccount: boolean;
}

/** The field of the lifecycle stage; undefined where there is none. */
export function stageFieldOf({ config: { lifecycle } }: Pick<WriteContext, 'config'>): string | undefined {
  return lifecycle === 'off' ? undefined : lifecycle.field;
}
