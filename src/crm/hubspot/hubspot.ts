import type { Clock } from '../../base/clock.ts';
import { ConfigError, FatalError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { ActivityType } from '../../leads/activity.ts';
import type { ApiBudget, CallKind } from '../api-budget.ts';
import type { ActivityStream, Crm, RelatedRecords } from '../crm.ts';
import { readAccounts, scoredAccounts, writeAccounts } from './accounts.ts';
import { batchUpdateCompanies } from './api/companies.ts';
import { batchUpdateContacts } from './api/contacts.ts';
import { archivedLeads } from './archived-leads.ts';
import { check } from './check.ts';
import { requireCompanies } from './company-access.ts';
import { companyChanges } from './company-changes.ts';
import { companyFields } from './company-fields.ts';
import type { HubspotConfig } from './config.ts';
import { contactLinks } from './contact-links.ts';
import { type Counter, countersBeside } from './counters.ts';
import { formsNamed, portalProblems } from './fit-portal.ts';
import { knownAccount } from './known-account.ts';
import { createMapping } from './leads.ts';
import { recycledStage, stagesOf } from './lifecycle.ts';
import { type FieldList, fieldLists, listFields, listVersions, memberLists } from './list-fields.ts';
import {
  accountModels,
  askedTypes,
  type ModelOutputs,
  mainModel,
  modelOutputs,
  type OutputModel,
} from './model-outputs.ts';
import { type Portal, readPortal } from './portal.ts';
import { type Locate, toConfigProblem } from './portal-problem.ts';
import { CONVERSION_DATE, changedLeads, findLeads, listLeads, type Reading, readLeads } from './read.ts';
import { applyRemoval, planRemoval } from './removal.ts';
import { sampleLeads } from './sample-leads.ts';
import { SEARCH_LATENESS } from './search-window.ts';
import { applySetup, planSetup } from './setup.ts';
import { customEvents } from './streams/custom-events.ts';
import { formSubmissions } from './streams/form-submissions.ts';
import { STREAMS } from './streams/registry.ts';
import { sparingOthers } from './streams/sparing-others.ts';
import type { StreamStates } from './streams/stream-states.ts';
import { createTask, findTask } from './tasks.ts';
import { createTransport, type Transport } from './transport.ts';
import { writeLeads } from './write.ts';

export interface HubspotOptions {
  readonly config: HubspotConfig;
  /** The access token of a service key, a private app or a static-auth project app. */
  readonly token: string;
  /** HubSpot itself when absent; otherwise a region of it, or a sandbox on this machine. */
  readonly baseUrl?: string;
  readonly budget: ApiBudget;
  readonly clock: Clock;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /** Told of every HTTP request. */
  readonly onCall?: (kind: CallKind) => void;
  readonly log?: Log;
  /** All that leads are scored by; `config` must have room for the outputs of each, see `modelOutputsProblems`. */
  readonly models: readonly OutputModel[];
  /** Tells where in `config/hubspot.yaml` something is, for messages. */
  readonly locate?: Locate;
}

/** A HubSpot portal as a Crm; nothing is read before `connect`. @throws ConfigError for an address that is not HubSpot's. */
export function createHubspot(options: HubspotOptions): Crm {
  const { config, clock, locate } = options;
  const models = modelOutputs(config, options.models);
  const main = mainModel(
    config,
    options.models.map(({ id }) => id),
  );
  const transport = createTransport({ ...options, baseUrl: options.baseUrl ?? 'https://api.hubapi.com' });
  const setup = { transport, config, models, locate };
  const writing = { transport, config, models, clock };
  const account = knownAccount(transport);
  const linkTo = contactLinks(account, options.log);
  let connected: Connected | undefined;
  const known = (): Connected => {
    if (connected === undefined) throw new FatalError('the HubSpot connection was used before connect()');
    return connected;
  };

  return {
    name: 'hubspot',
    changes: SEARCH_LATENESS,
    get streams() {
      return known().streams;
    },
    get delivers() {
      return known().delivers;
    },
    get owners() {
      return known().owners;
    },
    get related() {
      return known().related;
    },
    get lists() {
      return memberLists(transport, known().lists);
    },
    listVersions: async (call) => listVersions(transport, known().lists, call),
    archivedLeads: (call) => archivedLeads(transport, call),
    async connect({ readOnly = false } = {}) {
      // Who only reads has no use for companies.
      const accounts = !readOnly && accountModels(models).length > 0;
      if (accounts) await requireCompanies(transport);
      const portal = await readPortal(transport, config, { accounts, asked: askedTypes(models) });
      const problems = portalProblems(config, models, portal).filter((problem) => !readOnly || !problem.mendedBySetup);
      if (problems.length > 0) throw new ConfigError(problems.map((problem) => toConfigProblem(problem, locate)));
      connected = connectedTo({ transport, config, models, main }, portal);
    },
    portalId: async (call) => (await account(call))?.portalId,
    check: () => check(setup),
    planSetup: () => planSetup(setup),
    applySetup: (steps) => applySetup(setup, steps),
    planRemoval: () => planRemoval(setup),
    applyRemoval: (steps) => applyRemoval(setup, steps),
    listLeads: async (after, call) => listLeads(known().reading, after, call),
    sampleLeads: (count, call) => sampleLeads(transport, count, call),
    readLeads: async (ids, call) => readLeads(known().reading, ids, call),
    findLeads: async (emails, call) => findLeads(known().reading, emails, call),
    changedLeads: (window, call) => changedLeads(known().reading, window, call),
    writeLeads: async (changes, call) =>
      writeLeads({ ...writing, recycledStage: known().recycledStage, update: batchUpdateContacts }, changes, call),
    readAccounts: (ids, call) => readAccounts(transport, models, ids, call),
    scoredAccounts: (call) => scoredAccounts(transport, models, call),
    writeAccounts: (changes, call) => writeAccounts({ ...writing, update: batchUpdateCompanies }, changes, call),
    createTask: async (task, call) =>
      createTask({ transport, config, fallbackOwner: known().fallbackOwner, linkTo }, task, call),
    findTask: (leadId, reference, call) => findTask(transport, leadId, reference, call),
  };
}

/** What is known once the portal has been read. */
interface Connected {
  readonly reading: Reading;
  readonly related: readonly RelatedRecords[];
  readonly lists: readonly FieldList[];
  readonly streams: readonly ActivityStream[];
  readonly delivers: ReadonlySet<ActivityType>;
  readonly fallbackOwner: string | undefined;
  readonly owners: readonly string[];
  readonly recycledStage: string | undefined;
}

interface Context {
  readonly transport: Transport;
  readonly config: HubspotConfig;
  readonly models: readonly ModelOutputs[];
  readonly main: string | undefined;
}

/** What a stream tells one by one is not read from counters as well. */
function connectedTo({ transport, config, models, main }: Context, portal: Portal): Connected {
  const lifecycle = config.lifecycle === 'off' ? undefined : portal.properties.get(config.lifecycle.property);
  const stages = lifecycle === undefined ? [] : stagesOf(lifecycle);
  const forms = Object.entries(config.forms).flatMap(([key, wanted]) =>
    formsNamed(wanted, portal.forms).map(({ id }) => ({ key, id })),
  );
  const kinds = STREAMS.filter(({ key }) => portal.streams.get(key) === 'open');
  const streamed = new Set(kinds.flatMap(({ delivers }) => delivers));
  const counters = countersBeside(streamed);
  const lists = fieldLists(config, portal.related.lists);
  const asksFor = {
    companyFields: typeof portal.related.companyProperties !== 'string',
    readsCalculated: readsCalculated(config, portal),
  };
  return {
    reading: {
      transport,
      mapping: createMapping({ config, models, main, stages, counters, ...asksFor }),
      sources: [
        ...(asksFor.companyFields ? [companyFields(transport, config)] : []),
        ...(lists.length > 0 ? [listFields(transport, lists)] : []),
      ],
    },
    related: asksFor.companyFields ? [companyChanges(transport, config)] : [],
    lists,
    streams: [
      ...forms.map((form) => formSubmissions(transport, form)),
      ...Object.entries(config.custom_events).map(([key, event]) => customEvents(transport, { key, ...event })),
      ...kinds.map((kind) => kind.open({ transport, config, asked: askedTypes(models) })),
    ].map(sparingOthers),
    delivers: deliveredTypes(config, portal.streams, counters),
    fallbackOwner: portal.fallbackOwner,
    owners: portal.owners.filter((owner) => owner !== 'missing'),
    recycledStage: recycledStage(config, stages),
  };
}

/** Every portal has the time of the last conversion, which tells of those that HubSpot calculates. */
function readsCalculated({ fields }: HubspotConfig, { properties }: Portal): boolean {
  const calculated = Object.values(fields).some((name) => properties.get(name)?.calculated === true);
  return calculated && properties.has(CONVERSION_DATE);
}

/** What no model asks for yet counts as well: it would be read if one did. */
function deliveredTypes(
  config: HubspotConfig,
  states: StreamStates,
  counters: readonly Counter[],
): ReadonlySet<ActivityType> {
  const readable = STREAMS.filter(({ key }) => ['open', 'unasked'].includes(states.get(key) ?? 'off'));
  return new Set([
    'form-submission',
    ...Object.values(config.custom_events).map(({ as }) => as),
    ...readable.flatMap(({ delivers }) => delivers),
    ...counters.map(({ type }) => type),
  ]);
}
