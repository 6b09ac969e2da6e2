/** What a person can do that a model can score. A new kind is one more word here and a stream that yields it. */
export const ACTIVITY_TYPES = [
  'page-view',
  'form-submission',
  'email-open',
  'email-click',
  'email-reply',
  'meeting',
  'call',
] as const;

export type ActivityType = (typeof ACTIVITY_TYPES)[number];

/** One thing a person did, or a CRM's counter of such things with its last date. */
export interface Activity {
  /** The CRM's own id of the event: unique within its type, so that adding it twice is a no-op. */
  readonly id: string;
  readonly type: ActivityType;
  /** Milliseconds since 1970; for a counter, its last date. */
  readonly at: number;
  /** What it was done to: the key of a form in `config/`, the name of an e-mail or event. */
  readonly name?: string;
  /** The whole address of the page. */
  readonly url?: string;
  /** How many times, where the CRM only counts; 1 when absent. */
  readonly count?: number;
}
