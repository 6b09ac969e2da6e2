import type { SetupStep } from '../../crm.ts';
import type { Locate } from '../../locate.ts';
import type { ModelOutputs } from '../../outputs/output-model.ts';
import type { SalesforceApi } from '../api/api.ts';
import type { SalesforceConfig } from '../config.ts';

export interface SetupContext {
  readonly api: SalesforceApi;
  readonly config: SalesforceConfig;
  readonly models: readonly ModelOutputs[];
  readonly locate: Locate | undefined;
}

/** A step with what it does; doing it twice changes nothing. */
export interface Work extends SetupStep {
  readonly apply: () => Promise<void>;
}
