import { ConfigError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { accountModels, type ModelOutputs } from '../outputs/output-model.ts';
import { neededTypes, type SalesNeeds } from '../sales-needs.ts';
import { fieldOfAccount } from './account-fields.ts';
import { describeObject, type ObjectDescription } from './api/describe.ts';
import { SalesforceRefusal } from './api/error-table.ts';
import { choiceProblems, type OrgChoices, readChoices } from './choice-problems.ts';
import type { SalesforceConfig } from './config.ts';
import { fieldProblems } from './field-problems.ts';
import { findNurtureCampaigns, type NurtureCampaigns } from './nurture-campaigns.ts';
import type { OrgProblem } from './org-problem.ts';
import { outputProblems } from './output-problems.ts';
import { type FoundOwners, findOwners, ownerProblems } from './owners.ts';
import { statusProblems } from './sales-status.ts';
import { type FoundCampaigns, findCampaigns } from './streams/find-campaigns.ts';
import type { Probing } from './streams/stream-kind.ts';
import { type StreamStates, streamProblems, streamStates } from './streams/stream-states.ts';

/** What the org itself says, as far as the config asks about it. */
export interface OrgFacts {
  /** What our user may see; of accounts nothing where config has no use for them. */
  readonly Lead: ObjectDescription;
  readonly Contact: ObjectDescription;
  readonly Account: ObjectDescription | undefined;
  readonly choices: OrgChoices;
  readonly owners: FoundOwners;
  readonly campaigns: FoundCampaigns;
  readonly nurture: NurtureCampaigns;
  readonly streams: StreamStates;
}

export interface OrgReading extends Probing, SalesNeeds {
  readonly models: readonly ModelOutputs[];
  readonly log?: Log | undefined;
  /** Whether anything is written. */
  readonly writes: boolean;
}

/** @throws FatalError and its kin where the org cannot be read at all; ConfigError where its accounts are needed and cannot be. */
export async function readOrg(context: OrgReading): Promise<OrgFacts> {
  const { api, config, models, log, writes } = context;
  const streams = await streamStates(context, neededTypes(models, context), log);
  return {
    Lead: await describeObject(api, 'Lead'),
    Contact: await describeObject(api, 'Contact'),
    Account: await readAccount(context),
    choices: await readChoices(api, config),
    owners: await findOwners(api, config),
    // Those that nobody reads are worth no call.
    campaigns: await findCampaigns(api, streams.get('campaigns') === 'open' ? config.campaigns : {}),
    nurture: await findNurtureCampaigns(api, writes ? config : { nurture: {} }),
    streams,
  };
}

/** Everything in which config and org do not fit; empty where all is well. */
export function orgProblems(config: SalesforceConfig, models: readonly ModelOutputs[], org: OrgFacts): OrgProblem[] {
  return [
    ...fieldProblems(config, org),
    ...org.campaigns.problems,
    ...outputProblems(config, models, org),
    ...choiceProblems(config, org.Lead, org.choices),
    ...statusProblems(config, org),
    ...org.nurture.problems,
    ...streamProblems(org.streams),
    ...ownerProblems(org.owners),
  ];
}

/** Whether accounts hold the scores of any model. */
export function writesAccounts(models: readonly ModelOutputs[]): boolean {
  return accountModels(models).length > 0;
}

/** Whether fields of leads come from there. */
export function readsAccounts({ fields }: Pick<SalesforceConfig, 'fields'>): boolean {
  return Object.values(fields).some(({ contact }) => contact !== undefined && fieldOfAccount(contact) !== undefined);
}

async function readAccount({ api, config, models, writes, accountOwners }: OrgReading) {
  // Who only reads has no use for the scores of accounts.
  const isNeeded = readsAccounts(config) || (writes && writesAccounts(models));
  if (!isNeeded && accountOwners !== true) return undefined;
  try {
    return await describeObject(api, 'Account');
  } catch (error) {
    if (!(error instanceof SalesforceRefusal)) throw error;
    // Routing has other ways to an owner.
    if (!isNeeded) return undefined;
    throw new ConfigError(
      'the integration user may not read accounts, which fields in config/salesforce.yaml come from or a model with "account" needs: grant access to them, or take those out',
    );
  }
}
