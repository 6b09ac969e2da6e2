import type { RecordError } from '../base/errors.ts';
import type { ActivityType } from '../leads/activity.ts';
import type {
  AccountRecord,
  ChangedLead,
  LeadPage,
  LeadRecord,
  LeadSample,
  Owner,
  PastFields,
  PastPage,
} from './records.ts';
import type { Finding, RemovalOutcome, RemovalPlan, RemovalStep, SetupStep } from './set-up.ts';
import type {
  ActivityStream,
  CallOptions,
  Lateness,
  MemberList,
  ReadOptions,
  RelatedRecords,
  Window,
} from './streams.ts';
import type { AccountChange, FollowUpTask, LeadChange, WriteOutcome } from './writes.ts';

export { FOLLOW_UP_STATES, type FollowUpState } from '../leads/follow-up-state.ts';
export type * from './records.ts';
export type * from './set-up.ts';
export type {
  ActivityStream,
  CallOptions,
  ChangedRelated,
  Lateness,
  MemberList,
  Observation,
  ReadOptions,
  RelatedRecords,
  RelatedVersion,
  StreamWindow,
  Window,
} from './streams.ts';
export type * from './writes.ts';

/** What the rest of leadgauge knows of a CRM. A new CRM implements this and passes `test/contract/crm-contract.ts`. */
export interface Crm {
  /** The connection's name, as in logs, Redis keys and webhook paths: `hubspot`. */
  readonly name: string;
  /** Set where several leads may have one e-mail address: they are one person. */
  readonly sharesAddresses?: true;
  /**
   * How many leads one call reads by their ids, and how many one call writes: whoever gathers so many makes the fewest calls. `bulk`, where
   * there is a way to write in bulk, which takes minutes: as many as a backfill gathers for one `writeLeads`. Told by its signal to stop
   * in the middle of that, it throws what the signal gives.
   */
  readonly batches: { readonly read: number; readonly write: number; readonly bulk?: number | undefined };

  /**
   * Reads what the portal itself says: its forms, its lifecycle stages, our output properties. Call it once before
   * anything below but `check` and the set-up.
   * To read and not to write (`readOnly`), properties that the set-up has yet to make may be missing.
   * @throws ConfigError where config and portal do not fit, naming the nearest valid word.
   */
  connect(options?: { readonly readOnly?: boolean }): Promise<void>;

  /** The CRM's own id of the portal; undefined where it does not tell. */
  portalId(options?: CallOptions): Promise<string | undefined>;

  /** Tries every permission that the connection needs, without writing anything. Never throws for a finding. */
  check(): Promise<Finding[]>;

  /** What `setup` would create, in order; empty once it is all there. Refuses clashes with a ConfigError. */
  planSetup(): Promise<SetupStep[]>;
  /** Creates what `planSetup` named; doing it twice changes nothing. */
  applySetup(steps: readonly SetupStep[]): Promise<void>;
  /** What of the set-up is there and would be deleted, in order, and what is left alone. */
  planRemoval(): Promise<RemovalPlan>;
  /** Deletes what `planRemoval` named, with all values; one outcome for each that was still there. */
  applyRemoval(steps: readonly RemovalStep[]): Promise<RemovalOutcome[]>;

  /** A page of all leads, in the order of their ids; `after` is the `next` of the page before. */
  listLeads(after: string | undefined, options?: CallOptions): Promise<LeadPage>;
  /** A page of all leads, as `listLeads` gives them, with their past. Takes more calls: for what looks back, and never for scoring. */
  listPast(after: string | undefined, options?: CallOptions): Promise<PastPage>;
  /** Of which fields `listPast` tells the past. */
  pastFields(options?: CallOptions): Promise<PastFields>;
  /** About `count` leads spread evenly over all there are; an unchanged CRM gives the same ones again. */
  sampleLeads(count: number, options?: CallOptions): Promise<LeadSample>;
  /** Leads by id, read afresh, in any order. An id that no longer exists is absent; a merged one comes back under its new id. */
  readLeads(ids: readonly string[], options?: ReadOptions): Promise<LeadRecord[]>;
  /** Leads by normalised e-mail address, read afresh. An address that nobody has is absent. */
  findLeads(emails: readonly string[], options?: CallOptions): Promise<LeadRecord[]>;
  /** Every lead whose record changed within the window, page by page; a lead may come twice, none is left out. */
  changedLeads(window: Window, options?: CallOptions): AsyncIterable<ChangedLead[]>;
  /** How late and how imprecise the answers of `changedLeads` may be. */
  readonly changes: Lateness;

  /** What people did, one stream for each source. */
  readonly streams: readonly ActivityStream[];
  /** The types of activity that this CRM can tell of, by its streams or by counters: of any other it knows nothing. */
  readonly delivers: ReadonlySet<ActivityType>;

  /** What else changes a lead without changing its record: records of other kinds that its fields come from. */
  readonly related: readonly RelatedRecords[];
  /** Lists whose membership is a field of the lead. */
  readonly lists: readonly MemberList[];
  /** For each of `lists`, by its name: a text that is another once members came or went; in as few calls as it takes. */
  listVersions(options?: CallOptions): Promise<ReadonlyMap<string, string>>;
  /** The ids of all leads that were deleted and may be restored, page by page. */
  archivedLeads(options?: CallOptions): AsyncIterable<string[]>;

  /**
   * Writes the given outputs, any number of leads, in batches. One outcome for each change, in any order; a lead must not be named twice.
   * @throws RetryableError, RateLimitedError or FatalError where the connection fails before any outcome is known; once
   *   some are, the changes that remain come back as failed with that error.
   */
  writeLeads(changes: readonly LeadChange[], options?: CallOptions): Promise<WriteOutcome[]>;

  /** Accounts by id, read afresh, in any order. An id that no longer exists is absent; a merged one comes back under its new id. */
  readAccounts(ids: readonly string[], options?: CallOptions): Promise<AccountRecord[]>;
  /** The ids of all accounts that hold a score by any model, page by page; one may come twice, or some seconds late. */
  scoredAccounts(options?: CallOptions): AsyncIterable<string[]>;
  /** Writes account scores, in batches; outcomes and errors as of `writeLeads`. */
  writeAccounts(changes: readonly AccountChange[], options?: CallOptions): Promise<WriteOutcome[]>;

  /** Ids of the owners who get leads without one, in turn; empty where nobody does. */
  readonly owners: readonly string[];
  /** Whether config wants tasks here; it does when absent. */
  readonly makesTasks?: boolean;
  /** A task for the lead's owner. Not idempotent: after a failure, look with `findTask` before trying again. Returns its id. */
  createTask(task: FollowUpTask, options?: CallOptions): Promise<string>;
  /** The id of the lead's task that carries this reference, if there is one. */
  findTask(leadId: string, reference: string, options?: CallOptions): Promise<string | undefined>;

  /** The challengers that have properties of their own; none when absent. */
  readonly silentModels?: ReadonlySet<string>;

  /** Whether config names a status by which sales say how a lead stands with them. */
  readonly hearsSales: boolean;
  /** Everybody who can own leads, those who left included. */
  listOwners(options?: CallOptions): Promise<Owner[]>;
  /** The nurture rules for which config names a list or a campaign: who is routed there is put in it, beside the property. */
  readonly nurtures: ReadonlySet<string>;
  /**
   * Puts leads in the list or campaign of a nurture rule; who is in it already stays. An id that no longer exists is left out.
   * @returns why, by the ids of leads that it does not take, while it may take others.
   * @throws RecordError where the list or campaign takes nobody, as once it was deleted: all else goes on.
   */
  enrol(rule: string, leadIds: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, RecordError>>;
  /** The address of a lead's page in the CRM; undefined before it is connected, or where that is not known. */
  linkTo(leadId: string): string | undefined;
}
