import type { Clock } from '../../base/clock.ts';
import { ConfigError, FatalError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { ApiBudget, CallKind } from '../api-budget.ts';
import type { Crm } from '../crm.ts';
import type { Locate } from '../locate.ts';
import { accountModels, championIds, mainModel, type OutputModel, silentIds } from '../outputs/output-model.ts';
import { neededTypes, type SalesNeeds } from '../sales-needs.ts';
import { readAccounts, scoredAccounts, writeAccounts } from './accounts.ts';
import { batchUpdateCompanies } from './api/companies.ts';
import { BATCH, batchUpdateContacts } from './api/contacts.ts';
import { archivedLeads } from './archived-leads.ts';
import { check } from './check.ts';
import { requireCompanies } from './company-access.ts';
import type { HubspotConfig } from './config.ts';
import { type Connected, connectedTo } from './connected.ts';
import { contactLink, contactLinks } from './contact-links.ts';
import { portalProblems } from './fit-portal.ts';
import { knownAccount } from './known-account.ts';
import { listVersions, memberLists } from './list-fields.ts';
import { listPast, pastFields } from './list-past.ts';
import { modelOutputs } from './model-outputs.ts';
import { enrol } from './nurture-lists.ts';
import { allOwners } from './owners.ts';
import { readPortal } from './portal.ts';
import { toConfigProblem } from './portal-problem.ts';
import { changedLeads, findLeads, listLeads, readLeads } from './read.ts';
import { applyRemoval, planRemoval } from './removal.ts';
import { sampleLeads } from './sample-leads.ts';
import { SEARCH_LATENESS } from './search-window.ts';
import { applySetup, planSetup } from './setup.ts';
import { createTask, findTask } from './tasks.ts';
import { createTransport } from './transport.ts';
import { writeLeads } from './write.ts';

export interface HubspotOptions extends SalesNeeds {
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
  const { config, clock, locate, alsoAsked, accountOwners, knowsOwners } = options;
  const needs: SalesNeeds = { alsoAsked, accountOwners, knowsOwners };
  const models = modelOutputs(config, options.models);
  const main = mainModel(config, championIds(options.models));
  const transport = createTransport({ ...options, baseUrl: options.baseUrl ?? 'https://api.hubapi.com' });
  const setup = { transport, config, models, locate, needs };
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
    batches: { read: BATCH, write: BATCH },
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
      const portal = await readPortal(transport, config, { accounts, asked: neededTypes(models, needs), needs });
      const problems = portalProblems(config, models, portal).filter((problem) => !readOnly || !problem.mendedBySetup);
      if (problems.length > 0) throw new ConfigError(problems.map((problem) => toConfigProblem(problem, locate)));
      connected = connectedTo({ transport, config, models, main, needs }, portal);
      // For links: whoever needs one later cannot wait for a call.
      await account.ask();
    },
    portalId: async (call) => (await account.ask(call))?.portalId,
    check: () => check(setup),
    planSetup: () => planSetup(setup),
    applySetup: (steps) => applySetup(setup, steps),
    planRemoval: () => planRemoval(setup),
    applyRemoval: (steps) => applyRemoval(setup, steps),
    listLeads: async (after, call) => listLeads(known().reading, after, call),
    listPast: async (after, call) => listPast(known().reading, after, call),
    pastFields: async () => pastFields(config),
    sampleLeads: (count, call) => sampleLeads(transport, count, call),
    readLeads: async (ids, call) => readLeads(known().reading, ids, call),
    findLeads: async (emails, call) => findLeads(known().reading, emails, call),
    changedLeads: (window, call) => changedLeads(known().reading, window, call),
    async writeLeads(changes, call) {
      const { recycledStage, isBeforeLead } = known();
      return writeLeads({ ...writing, recycledStage, isBeforeLead, update: batchUpdateContacts }, changes, call);
    },
    readAccounts: (ids, call) => readAccounts(transport, models, ids, call),
    scoredAccounts: (call) => scoredAccounts(transport, models, call),
    writeAccounts: (changes, call) => writeAccounts({ ...writing, update: batchUpdateCompanies }, changes, call),
    makesTasks: config.tasks.create === 'on',
    createTask: async (task, call) =>
      createTask({ transport, config, fallbackOwner: known().fallbackOwner, linkTo }, task, call),
    findTask: (leadId, reference, call) => findTask(transport, leadId, reference, call),
    silentModels: silentIds(options.models),
    hearsSales: config.sales_status !== 'off',
    listOwners: (call) => allOwners(transport, call),
    nurtures: new Set(Object.keys(config.nurture)),
    enrol: async (rule, leadIds, call) => enrol(transport, known().nurtureLists, { rule, leadIds }, call),
    linkTo: (leadId) => (connected === undefined ? undefined : contactLink(account.known(), leadId)),
  };
}
