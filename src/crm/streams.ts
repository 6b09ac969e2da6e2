import type { RecordError, RetryableError } from '../base/errors.ts';
import type { Activity } from '../leads/activity.ts';

export interface CallOptions {
  /** May use the reserve of the API budget: for fast tracks alone. */
  readonly urgent?: boolean;
  /** Only looks whether there is something to do: nobody need leave anything free for what follows. */
  readonly looks?: boolean;
  /** Lets all other calls go first: for what takes hours anyway. */
  readonly patient?: boolean;
  readonly signal?: AbortSignal;
}

export interface ReadOptions extends CallOptions {
  /**
   * Told of an id that the CRM refuses to read, which is then absent like one that is no more: a RecordError where it will
   * never work. Without this, one such id fails the whole call with a RetryableError.
   */
  readonly refused?: (id: string, error: RecordError | RetryableError) => void;
}

/** `from` (inclusive) to `to` (exclusive), in milliseconds since 1970. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** What a stream is asked for: by when it was told or last edited. */
export interface StreamWindow extends Window {
  /**
   * Set where nothing of the stream is known yet: only what happened since then is wanted, however early or late it was edited
   * last. Absent, an edit of anything counts. A stream that tells nothing twice has no use for it.
   */
  readonly since?: number;
}

export interface Lateness {
  /** How far a window reaches back behind the cursor, in milliseconds. */
  readonly overlap: number;
  /** How far a window stays behind the present, in milliseconds, for what the CRM has not indexed yet. */
  readonly lag: number;
}

/** What somebody did; who it was is known by one of the two. */
export interface Observation {
  readonly person: { readonly leadId: string } | { readonly email: string };
  readonly activity: Activity;
  /**
   * For what can be edited once it is told, such as a meeting: moves with every edit. What an earlier revision told of the same
   * type and id is replaced by this one.
   */
  readonly revision?: number;
  /** It did not take place after all, such as a meeting that was cancelled: what was told of it before is taken back. */
  readonly withdrawn?: true;
}

export interface ActivityStream extends Lateness {
  /** Unique within the connection: `form-submission:demo-request`, `page-view`. */
  readonly name: string;
  /** The key of the form in config, where the stream is one form's submissions. */
  readonly form?: string;
  /**
   * What was told may come to be about somebody else without an edit, of which no window tells: a backfill reads all of it
   * again.
   */
  readonly changesUnseen?: true;
  /** Whether the latest of it comes first: who has seen the last of a page then knows the rest, but for what came in late. */
  readonly latestFirst?: true;
  /** Everything that happened within the window, page by page, in any order. */
  pull(window: StreamWindow, options?: CallOptions): AsyncIterable<Observation[]>;
}

/**
 * Records of another kind that fields of leads come from, such as companies. They change for many reasons that concern no
 * lead, our own writes among them: their version tells.
 */
export interface RelatedRecords extends Lateness {
  /** Unique within the connection: `company`. */
  readonly name: string;
  /** All that changed within the window, page by page; one may come twice, none is left out. */
  changed(window: Window, options?: CallOptions): AsyncIterable<ChangedRelated[]>;
  /** The ids of all leads of these records, page by page; one may come twice, or have no field from there. */
  leadsOf(ids: readonly string[], options?: CallOptions): AsyncIterable<string[]>;
}

/** A record that fields of a lead come from, as it was when it was read. */
export interface RelatedVersion {
  /** The name of its `RelatedRecords`. */
  readonly source: string;
  readonly id: string;
  /** A short hash of all that fields may come from: equal versions, equal fields. */
  readonly version: string;
}

export interface ChangedRelated {
  readonly id: string;
  readonly version: string;
  /** When the CRM says that the record last changed. */
  readonly changedAt: number;
}

/** A list of leads in the CRM whose membership is a field of the lead. The CRM tells that it changed, and not whom it lost. */
export interface MemberList {
  /** Our name of the field. */
  readonly name: string;
  /** The CRM's id of it. */
  readonly id: string;
  /** The ids of all its members, page by page. */
  members(options?: CallOptions): AsyncIterable<string[]>;
}
