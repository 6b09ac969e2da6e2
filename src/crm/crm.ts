import type { LeadgaugeError } from '../base/errors.ts';
import type { Activity, ActivityType } from '../leads/activity.ts';
import type { FollowUpState } from '../leads/follow-up-state.ts';
import type { Lead } from '../leads/lead.ts';
import type {
  ActivityStream,
  CallOptions,
  Lateness,
  MemberList,
  ReadOptions,
  RelatedRecords,
  RelatedVersion,
  Window,
} from './streams.ts';

export { FOLLOW_UP_STATES, type FollowUpState } from '../leads/follow-up-state.ts';
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

  /** Whether config names a status by which sales say how a lead stands with them. */
  readonly hearsSales: boolean;
  /** Everybody who can own leads, those who left included. */
  listOwners(options?: CallOptions): Promise<Owner[]>;
  /** The nurture rules for which config names a list or a campaign: who is routed there is put in it, beside the property. */
  readonly nurtures: ReadonlySet<string>;
  /**
   * Puts leads in the list or campaign of a nurture rule; who is in it already stays. An id that no longer exists is left out.
   * @throws RecordError where the list or campaign takes nobody, as once it was deleted: all else goes on.
   */
  enrol(rule: string, leadIds: readonly string[], options?: CallOptions): Promise<void>;
  /** The address of a lead's page in the CRM; undefined before it is connected, or where that is not known. */
  linkTo(leadId: string): string | undefined;
}

/** A user of the CRM. */
export interface Owner {
  readonly id: string;
  /** Normalised. */
  readonly email?: string;
  readonly isActive: boolean;
  /** Such as Europe/Berlin, where the CRM knows it. */
  readonly timeZone?: string;
  /** The id of whom they report to. */
  readonly managerId?: string;
}

/** A lead with what else its record says. */
export interface LeadRecord {
  readonly lead: Lead;
  /** Activities that the record itself carries: counters with their last dates. */
  readonly counters: readonly Activity[];
  /** What the output properties of each model hold now, in our terms, by the id of the model; absent where empty. */
  readonly outputs: Readonly<Record<string, Partial<Outputs>>>;
  /** Where the person stands on the way to the stage that means MQL: forward only. */
  readonly stage: Stage;
  /** Set where a move back from MQL stopped half way, and is to be finished: `demote` does. */
  readonly isHalfBack?: true;
  /** Whether the stage is one before that of a lead, such as subscriber; only where config names the stage of a lead. */
  readonly isBeforeLead?: boolean;
  /** What sales say of the lead, by the status that config names; absent where it says none of these. */
  readonly salesSay?: SalesWord;
  /** Who owns the company, where routing asks. */
  readonly accountOwnerId?: string;
  /** A short hash of every input property of the record itself: equal hashes, equal score but for time, activities and what is related. */
  readonly fingerprint: string;
  /** The records of other kinds that fields of this lead come from. */
  readonly related?: readonly RelatedVersion[];
  /** When the CRM says that the record last changed. */
  readonly changedAt: number;
}

/** `working`: nobody else is to touch it. `not-now` and `rejected`: back to marketing, the second for good. */
export type SalesWord = 'working' | 'not-now' | 'rejected';

export type Stage = 'before-mql' | 'mql' | 'beyond-mql';

export interface LeadPage {
  readonly records: readonly LeadRecord[];
  readonly next: string | undefined;
}

export interface LeadSample {
  /** Each once. */
  readonly ids: readonly string[];
  /** How many leads there are in all. */
  readonly total: number;
}

export interface ChangedLead {
  readonly id: string;
  /** When the CRM says that the record last changed. */
  readonly changedAt: number;
  /** As in LeadRecord; undefined where the CRM's index did not tell. */
  readonly fingerprint: string | undefined;
}

/**
 * What leadgauge writes to a lead for each model. `scoredAt` and everything before it is state; what follows is written when
 * it happens.
 */
export interface Outputs {
  readonly score: number;
  readonly fit: number;
  readonly engagement: number;
  /** Such as `B2`. */
  readonly grade: string;
  /** One reason a line, strongest first; the connection cuts it to its property's length on a whole line. */
  readonly reasons: string;
  /** Sorted. */
  readonly flags: readonly string[];
  /** Whether the model's gates are met. */
  readonly mql: boolean;
  /** The id of the persona. */
  readonly persona: string;
  /** Why the lead is ruled out, one reason a line. */
  readonly disqualified: string;
  readonly modelVersion: string;
  /** Milliseconds since 1970; moves only when another output does. */
  readonly scoredAt: number;

  readonly mqlAt: number;
  /** `sales` or `nurture`. */
  readonly route: string;
  /** The id of the fast-track rule. */
  readonly fastTrack: string;
  /** When the person did what fast-tracked them. */
  readonly fastTrackAt: number;
  /** When leadgauge moved a subscriber on to be a lead. */
  readonly leadAt: number;
  /** When the lead was last given back to marketing. */
  readonly recycledAt: number;
  /** One line: why the stage last moved. */
  readonly stageReason: string;
  /** The id of the nurture rule, and when the person did what it asks. */
  readonly nurture: string;
  readonly nurtureAt: number;
  /** When the lead was last routed to sales: from then on the clock of the follow-up runs. */
  readonly routedAt: number;
  /** By when sales are to follow up, within working hours. */
  readonly followUpBy: number;
  readonly followUp: FollowUpState;
  /** When sales first called, wrote or met after `routedAt`. */
  readonly firstTouchedAt: number;
  /** How often sales tried since `routedAt`. */
  readonly attempts: number;
  /** Whether the follow-up is late now. */
  readonly overdue: boolean;
}

/** What an output becomes; null empties it. */
export type OutputChange = { readonly [Key in keyof Outputs]?: Outputs[Key] | null };

export interface LeadChange {
  readonly id: string;
  /** By the id of the model. */
  readonly outputs: Readonly<Record<string, OutputChange>>;
  /** Moves the lifecycle stage forward to MQL; see LeadRecord.stage. */
  readonly promote?: boolean;
  /**
   * Moves the lifecycle stage back to the one before MQL, for a lead that sales gave back, or whose move back stopped half way. Never together
   * with `promote`.
   */
  readonly demote?: boolean;
  /** Moves the stage forward to the one of a lead, where it stands before that; see LeadRecord.isBeforeLead. Never together with the others. */
  readonly toLead?: boolean;
  /** Makes this person the owner, by the CRM's id of them. */
  readonly ownerId?: string;
}

/** A company whose people are scored. */
export interface AccountRecord {
  readonly id: string;
  /** Ids of records that were merged into this one. */
  readonly formerIds: readonly string[];
  /** What the account-score property of each model holds now, by the id of the model; absent where empty. */
  readonly scores: Readonly<Record<string, number>>;
}

export interface AccountChange {
  readonly id: string;
  /** By the id of the model; null empties the property. */
  readonly scores: Readonly<Record<string, number | null>>;
}

export type WriteOutcome =
  /**
   * `changedAt`: the record's own change time after the write, to know our echo by; 0 where it is not known. Where only a span of time is
   * known, it is the end and `since` the beginning. `moved` tells of a promotion or demotion; it is false where the CRM kept the stage.
   */
  | {
      readonly id: string;
      readonly status: 'written';
      readonly changedAt: number;
      readonly since?: number;
      readonly moved?: boolean;
    }
  /** The record no longer exists. */
  | { readonly id: string; readonly status: 'gone' }
  | { readonly id: string; readonly status: 'failed'; readonly error: LeadgaugeError };

export interface FollowUpTask {
  readonly leadId: string;
  /** Whose task it is; in place of the lead's owner where somebody else is to act. */
  readonly ownerId?: string;
  readonly subject: string;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
  /** Unique; kept in the task's text, where `findTask` finds it. */
  readonly reference: string;
}

export interface SetupStep {
  readonly kind: 'group' | 'property' | 'permission';
  /** Where it is created; with the leads when absent. */
  readonly on?: 'accounts';
  /** The property's internal name. */
  readonly name: string;
  /** One line for a person: `property leadgauge_score (number): Lead score`. */
  readonly description: string;
}

export interface RemovalStep {
  readonly kind: 'group' | 'property' | 'permission';
  /** Where it is; with the leads when absent. */
  readonly on?: 'accounts';
  /** The internal name. */
  readonly name: string;
  /** One line for a person: `property leadgauge_score: Lead score`. */
  readonly description: string;
}

/** Something that looks like the set-up's, and is not or no longer. */
export interface KeptOutput {
  readonly kind: 'group' | 'property' | 'permission';
  readonly on?: 'accounts';
  readonly name: string;
  /** As in "left alone, as …". */
  readonly reason: string;
}

export interface RemovalPlan {
  readonly steps: readonly RemovalStep[];
  readonly kept: readonly KeptOutput[];
}

export interface RemovalOutcome {
  readonly step: RemovalStep;
  /** Why it is still there, and what to do; undefined once it is gone. */
  readonly refused: string | undefined;
}

export interface Finding {
  readonly level: 'ok' | 'warning' | 'problem';
  /** What was tried, and for a problem what to do about it. */
  readonly message: string;
}
