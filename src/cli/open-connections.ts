import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { ApiBudget, CallKind } from '../crm/api-budget.ts';
import type { ActivityStream, Crm } from '../crm/crm.ts';
import { createHubspot } from '../crm/hubspot/hubspot.ts';
import { outputModels } from '../crm/outputs/output-models.ts';
import type { Role } from '../crm/role.ts';
import type { SalesNeeds } from '../crm/sales-needs.ts';
import { createSalesforce } from '../crm/salesforce/salesforce.ts';
import { createSignIn } from '../crm/salesforce/sign-in/sign-in.ts';
import type { ActivityType } from '../leads/activity.ts';
import type { RedisClient } from '../ledger/redis-client.ts';
import { createSpace, type Space } from '../ledger/space.ts';
import type { Channel } from '../notices/channel.ts';
import { openChannels } from '../notices/open-channels.ts';
import { createBudget } from '../queue/budget.ts';
import type { Queues } from '../queue/queues.ts';
import { createTokenStore } from '../queue/token-store.ts';
import { requireHubspotToken } from '../settings/environment.ts';
import { type NotifyTargets, notifyTargets } from '../settings/notify-environment.ts';
import { requireSalesforceCredentials } from '../settings/salesforce-environment.ts';
import type { Settings } from '../settings/settings.ts';
import { hubspotWords, salesforceWords } from '../settings/words.ts';
import type { Connection, Neighbour } from '../sync/connection.ts';
import { salesNeeds } from '../sync/sales-needs.ts';
import { budgetLimits } from './budget-limits.ts';

export interface OpenConnections {
  readonly settings: Settings;
  readonly client: RedisClient;
  readonly namespace: string;
  readonly queues: Queues;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly onCall: (kind: CallKind) => void;
  /** Opens no way to tell sales. */
  readonly sendsNothing?: boolean;
  /** Types of activity that are read as well, whatever models ask for. */
  readonly alsoAsked?: readonly ActivityType[];
}

/** One for each CRM that is on. @throws ConfigError where the credentials of one are missing. */
export function openConnections(options: OpenConnections): Connection[] {
  const crms = [hubspotCrm(options), salesforceCrm(options)].flatMap((crm) => crm ?? []);
  const { settings, clock, log, queues } = options;
  const { models, sales } = settings;
  const channels = channelsOf(options);
  const beside = crms.map(
    ({ crm, role, fields }): Neighbour => ({
      name: crm.name,
      role,
      makesTasks: crm.makesTasks !== false,
      fields,
      wake: () => queues.wake('score', crm.name),
      streams: () => streamsOf(crm),
    }),
  );
  return crms.map(({ crm, role, mainModel, space }) => ({
    crm,
    models,
    mainModel,
    sales,
    channels,
    space,
    clock,
    log,
    role,
    beside: beside.filter(({ name }) => name !== crm.name),
    wake: (job, later) => {
      const asking = { model: models.version, asked: clock.now() };
      return queues.wake(job, crm.name, job === 'backfill' ? asking : later);
    },
  }));
}

/** @throws ConfigError where a way to tell sales is on, its address or secret is missing, and something may be sent. */
function channelsOf({ settings, clock, sendsNothing }: OpenConnections): Channel[] {
  return sendsNothing ? [] : openChannels(requireChannels(settings), clock);
}

/** @throws ConfigError where a way to tell sales is on, and its address or secret is missing. */
export function requireChannels({ sales, environment }: Settings): NotifyTargets {
  return notifyTargets(sales, environment.notify);
}

/** None of one that could not be connected. */
function streamsOf(crm: Crm): readonly ActivityStream[] {
  try {
    return crm.streams;
  } catch {
    return [];
  }
}

/** @throws ConfigError where the credentials of a CRM that is on are missing, and says where to get them. */
export function requireCredentials({ hubspot, salesforce, environment }: Settings): void {
  if (hubspot !== undefined) requireHubspotToken(environment);
  if (salesforce !== undefined) requireSalesforceCredentials(environment.salesforce);
}

interface OpenCrm {
  readonly crm: Crm;
  readonly space: Space;
  readonly role: Exclude<Role, 'off'>;
  readonly mainModel: string;
  /** What its file maps. */
  readonly fields: ReadonlySet<string>;
}

function hubspotCrm(options: OpenConnections): OpenCrm | undefined {
  const { settings, clock, random, log, onCall } = options;
  const { hubspot, environment, models } = settings;
  if (hubspot === undefined || hubspot.value.role === 'off') return undefined;
  const { space, budget } = sharedState(options, 'hubspot');
  const crm = createHubspot({
    config: hubspot.value,
    token: requireHubspotToken(environment),
    baseUrl: environment.hubspotBaseUrl,
    budget,
    clock,
    random,
    onCall,
    log,
    models: outputModels(models, hubspot.value),
    locate: hubspot.locate,
    ...needsOf(options),
  });
  const { field: fields } = hubspotWords(hubspot.file, hubspot.value).known;
  return { crm, space, role: hubspot.value.role, mainModel: hubspot.mainModel, fields };
}

function salesforceCrm(options: OpenConnections): OpenCrm | undefined {
  const { settings, clock, random, log, onCall } = options;
  const { salesforce, environment, models } = settings;
  if (salesforce === undefined || salesforce.value.role === 'off') return undefined;
  const { loginUrl, accountEngagementUrl } = environment.salesforce;
  const credentials = requireSalesforceCredentials(environment.salesforce);
  const { space, budget } = sharedState(options, 'salesforce');
  const secret = credentials.flow === 'jwt-bearer' ? credentials.privateKey : credentials.clientSecret;
  const store = createTokenStore(space, { secret: secret ?? credentials.clientId, clock });
  const crm = createSalesforce({
    config: salesforce.value,
    signIn: createSignIn({ credentials, loginUrl, store, clock, random, log }),
    engagementUrl: accountEngagementUrl,
    budget,
    clock,
    random,
    onCall,
    log,
    models: outputModels(models, salesforce.value),
    locate: salesforce.locate,
    ...needsOf(options),
  });
  const { field: fields } = salesforceWords(salesforce.file, salesforce.value).known;
  return { crm, space, role: salesforce.value.role, mainModel: salesforce.mainModel, fields };
}

function needsOf({ settings, alsoAsked = [] }: OpenConnections): SalesNeeds {
  const needs = salesNeeds(settings.sales, settings.models);
  return { ...needs, alsoAsked: [...(needs.alsoAsked ?? []), ...alsoAsked] };
}

function sharedState(
  { settings, client, namespace, clock, log }: OpenConnections,
  name: string,
): { space: Space; budget: ApiBudget } {
  const space = createSpace(client, namespace, name);
  return { space, budget: createBudget(space, budgetLimits(settings, name), clock, log) };
}
