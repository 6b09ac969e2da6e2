import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import type { Past } from '../leads/lead-at.ts';
import type { Finding } from './set-up.ts';
import type { RelatedVersion } from './streams.ts';
import type { Outputs } from './writes.ts';

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
  /** The status by which they say so, in the CRM's own word. */
  readonly salesStatus?: string;
  /** What sales name as the reason, in the CRM's own words, by the field that config names; absent where they name none. */
  readonly salesReasons?: readonly string[];
  /** When they came to say so, where the CRM tells: milliseconds since 1970. */
  readonly salesSaidAt?: number;
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

/** A lead with what the CRM keeps of its past. The `createdAt` of its lead is when the CRM first knew the person, be it by another record. */
export interface PastRecord extends LeadRecord {
  /** What its fields held, for those of which the CRM keeps that: see `leadAt`. */
  readonly past: Past;
  /** When it became a customer by the CRM's own lifecycle, in milliseconds since 1970; absent where that was taken back. */
  readonly customerSince?: number;
  /** When sales converted it, which is no sale yet, in milliseconds since 1970. Where the day alone is kept: not after that. */
  readonly convertedAt?: number;
  /** When it came to be an MQL, by the id of the model; of a model by which it never did it is absent. */
  readonly mqls?: Readonly<Record<string, PastMqls>>;
}

export interface PastMqls {
  /** In milliseconds since 1970, oldest first, each once. */
  readonly at: readonly number[];
  /** Whether these are all: else the CRM keeps the last time alone. */
  readonly isWhole: boolean;
}

export interface PastPage {
  readonly records: readonly PastRecord[];
  readonly next: string | undefined;
}

/** Which fields the CRM keeps the past of. */
export interface PastFields {
  /** By our names. */
  readonly known: ReadonlySet<string>;
  /** Those of them of which a part counts as it is now all the same, such as what comes from companies; none when absent. */
  readonly partly?: ReadonlySet<string>;
  /** Which others count as they are now, why, and what to do about it; none of them is an error. */
  readonly findings: readonly Finding[];
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

/** A company whose people are scored. */
export interface AccountRecord {
  readonly id: string;
  /** Ids of records that were merged into this one. */
  readonly formerIds: readonly string[];
  /** What the account-score property of each model holds now, by the id of the model; absent where empty. */
  readonly scores: Readonly<Record<string, number>>;
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
