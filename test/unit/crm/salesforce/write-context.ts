import type { OutputModel } from '../../../../src/crm/outputs/output-model.ts';
import { type SalesforceConfig, salesforceConfigSchema } from '../../../../src/crm/salesforce/config.ts';
import { modelOutputs } from '../../../../src/crm/salesforce/model-outputs.ts';
import type { WriteContext } from '../../../../src/crm/salesforce/write.ts';
import {
  createScriptedSalesforce,
  type ScriptedOptions,
  type ScriptedSalesforce,
} from '../../../support/scripted-salesforce.ts';
import { createTestClock, type TestClock } from '../../../support/test-clock.ts';

export const MODEL: OutputModel = {
  id: 'platform',
  name: 'Platform',
  flags: ['student'],
  personas: [],
  activityTypes: [],
  account: {},
};

export const dayInUtc = async (at: number) => new Date(at).toISOString().slice(0, 10);

/** `id('00Q', 7)` is the id of the seventh Lead. */
export const id = (prefix: string, number: number) => `${prefix}${String(number).padStart(12, '0')}AAA`;
export const LEAD = id('00Q', 1);
export const CONTACT = id('003', 1);

export interface WriteWorld {
  readonly context: WriteContext;
  readonly org: ScriptedSalesforce;
  readonly clock: TestClock;
  readonly config: SalesforceConfig;
}

/** An org that takes what it is given, but for what is scripted. */
export function createWriteWorld(
  given: object = {},
  options: ScriptedOptions & Partial<WriteContext> = {},
): WriteWorld {
  const config = salesforceConfigSchema.parse({ fields: {}, ...given });
  const org = createScriptedSalesforce(options);
  const clock = createTestClock();
  const { personAccounts = false, leadStatuses = [], placeOf } = options;
  const context: WriteContext = {
    api: org,
    config,
    models: modelOutputs(config, [MODEL]),
    clock,
    random: () => 0.5,
    dayOf: dayInUtc,
    personAccounts,
    leadStatuses,
    ...(placeOf && { placeOf }),
  };
  return { context, org, clock, config };
}

export const scored = (lead: string, score = 72) => ({ id: lead, outputs: { platform: { score } } });
