import type { Clock } from '../../base/clock.ts';
import { ConfigError, FatalError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { ApiBudget, CallKind } from '../api-budget.ts';
import type { Crm } from '../crm.ts';
import type { Locate } from '../locate.ts';
import { championIds, mainModel, type OutputModel, silentIds } from '../outputs/output-model.ts';
import type { SalesNeeds } from '../sales-needs.ts';
import { readAccounts, scoredAccounts } from './accounts.ts';
import { createSalesforceApi } from './api/salesforce-api.ts';
import { archivedLeads } from './archived-leads.ts';
import { changedLeads } from './changed-leads.ts';
import { CHANGES_LATENESS } from './changed-rows.ts';
import { check } from './check.ts';
import type { SalesforceConfig } from './config.ts';
import { type Connected, connectedTo } from './connected.ts';
import { enrol } from './enrol.ts';
import { listOwners } from './list-owners.ts';
import { modelOutputs } from './model-outputs.ts';
import { orgProblems, readOrg } from './org-facts.ts';
import { toConfigProblem } from './org-problem.ts';
import { organization } from './organization.ts';
import { findLeads, READ_BATCH, readLeads } from './read.ts';
import { applyRemoval, planRemoval } from './removal.ts';
import { sampleLeads } from './sample-leads.ts';
import { applySetup, planSetup } from './setup.ts';
import type { SignIn } from './sign-in/sign-in.ts';
import { createTask, findTask } from './tasks.ts';
import { writeAccounts, writeLeads } from './write.ts';
import { bulkRows } from './writing/attempt-all.ts';

export interface SalesforceOptions extends SalesNeeds {
  readonly config: SalesforceConfig;
  /** Gives sessions of the org and its address: see `createSignIn`. */
  readonly signIn: SignIn;
  /** Where Account Engagement is, in place of the host in config: a sandbox on this machine. */
  readonly engagementUrl?: string;
  readonly budget: ApiBudget;
  readonly clock: Clock;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /** Told of every HTTP request. */
  readonly onCall?: (kind: CallKind) => void;
  readonly log?: Log;
  /** All that leads are scored by; `config` must have room for the outputs of each, see `modelOutputsProblems`. */
  readonly models: readonly OutputModel[];
  /** Tells where in `config/salesforce.yaml` something is, for messages. */
  readonly locate?: Locate;
}

/** A Salesforce org as a Crm; nothing is read before `connect`. */
export function createSalesforce(options: SalesforceOptions): Crm {
  const { config, clock, random, log, locate, engagementUrl, signIn } = options;
  const { alsoAsked, accountOwners, knowsOwners } = options;
  const needs = { alsoAsked, accountOwners, knowsOwners };
  const models = modelOutputs(config, options.models);
  const main = mainModel(config, championIds(options.models));
  const api = createSalesforceApi(options);
  const setup = { api, config, models, locate };
  const org = organization(api);
  let connected: Connected | undefined;
  const known = (): Connected => {
    if (connected === undefined) throw new FatalError('the Salesforce connection was used before connect()');
    return connected;
  };

  return {
    name: 'salesforce',
    sharesAddresses: true,
    batches: { read: READ_BATCH, write: config.batch_size, bulk: bulkRows(config) },
    changes: CHANGES_LATENESS,
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
    // Of campaigns members are told as what they did, and Salesforce has no other lists of leads.
    lists: [],
    listVersions: async () => new Map(),
    archivedLeads: (call) => archivedLeads(api, clock, call),
    async connect({ readOnly = false } = {}) {
      const facts = await readOrg({ api, config, models, engagementUrl, log, writes: !readOnly, ...needs });
      const problems = orgProblems(config, models, facts).filter((problem) => !readOnly || !problem.mendedBySetup);
      if (problems.length > 0) throw new ConfigError(problems.map((problem) => toConfigProblem(problem, locate)));
      const { instanceUrl } = await signIn.token();
      connected = connectedTo(
        { api, config, models, main, engagementUrl, clock, random, log, dayOf: org.dayOf, instanceUrl, accountOwners },
        facts,
      );
    },
    portalId: (call) => org.id(call),
    check: () => check({ ...setup, engagementUrl, ...needs }),
    planSetup: () => planSetup(setup),
    applySetup: (steps) => applySetup(setup, steps),
    planRemoval: () => planRemoval(setup),
    applyRemoval: (steps) => applyRemoval(setup, steps),
    listLeads: async (after, call) => known().listLeads(after, call),
    listPast: async (after, call) => known().past.list(after, call),
    pastFields: async (call) => known().past.fields(call),
    sampleLeads: (count, call) => sampleLeads(api, clock, count, call),
    readLeads: async (ids, call) => readLeads(known().reading, ids, call),
    findLeads: async (emails, call) => findLeads(known().reading, emails, call),
    changedLeads: (window, call) => changedLeads(known().reading, known().told, window, call),
    writeLeads: async (changes, call) => writeLeads(known().writing, changes, call),
    readAccounts: (ids, call) => readAccounts(api, models, ids, call),
    scoredAccounts: (call) => scoredAccounts(api, clock, models, call),
    writeAccounts: async (changes, call) => writeAccounts(known().writing, changes, call),
    makesTasks: config.tasks.create === 'on',
    createTask: async (task, call) =>
      createTask({ api, config, fallbackOwner: known().fallbackOwner, dayOf: org.dayOf, log }, task, call),
    findTask: (leadId, reference, call) => findTask(api, leadId, reference, call),
    silentModels: silentIds(options.models),
    hearsSales: config.sales_status !== 'off',
    listOwners: (call) => listOwners(api, call),
    nurtures: new Set(Object.keys(config.nurture)),
    async enrol(rule, leadIds, call) {
      const campaign = known().nurture.get(rule);
      if (campaign !== undefined) await enrol({ api, batchSize: config.batch_size, log }, campaign, leadIds, call);
      return new Map();
    },
    linkTo: (leadId) => connected?.linkTo(leadId),
  };
}
