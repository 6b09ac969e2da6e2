import type { Activity } from '../leads/activity.ts';

export interface CallOptions {
  /** May use the reserve of the API budget: for fast tracks alone. */
  readonly urgent?: boolean;
  readonly signal?: AbortSignal;
}

/** `from` (inclusive) to `to` (exclusive), in milliseconds since 1970. */
export interface Window {
  readonly from: number;
  readonly to: number;
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
  /** Everything that happened within the window, page by page, in any order. */
  pull(window: Window, options?: CallOptions): AsyncIterable<Observation[]>;
}

/** Something outside the lead's record that its fields come from, such as its company: a change of it may change the lead. */
export interface RelatedChanges extends Lateness {
  /** Unique within the connection: `company`. */
  readonly name: string;
  /** The ids of all leads that may have changed with it within the window, page by page; one may come twice, none is left out. */
  pull(window: Window, options?: CallOptions): AsyncIterable<string[]>;
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
