/** What a person can do that a model can score. A new kind is one more word here and a stream that yields it. */
export const ACTIVITY_TYPES = [
  'page-view',
  'page-click',
  'visit',
  'form-submission',
  'download',
  'tool-use',
  'event-registration',
  'event-attendance',
  'email-open',
  'email-click',
  'email-reply',
  'email-unsubscribe',
  'email-bounce',
  'sales-email',
  'meeting',
  'call',
  'call-attempt',
  'custom-event',
  'deal-won',
] as const;

export type ActivityType = (typeof ACTIVITY_TYPES)[number];

/** Who did it where no person did: the CRM's own mark, or a proxy that opens letters nobody reads. */
export const MACHINES = ['bot', 'privacy-proxy'] as const;
export type Machine = (typeof MACHINES)[number];

/** One thing a person did, or a CRM's counter of such things with its last date. */
export interface Activity {
  /** The CRM's own id of the event: unique within its type, so that adding it twice is a no-op. */
  readonly id: string;
  readonly type: ActivityType;
  /** Milliseconds since 1970; for a counter, its last date. */
  readonly at: number;
  /** What it was done to: the key of a form in `config/`, the name of an e-mail, file, tool or event. */
  readonly name?: string;
  /** The whole address of the page; of an e-mail click, that of the link. */
  readonly url?: string;
  /** How many times, where the CRM only counts; 1 when absent. */
  readonly count?: number;
  /** How long it took, in minutes: of a visit, meeting, call or event. */
  readonly minutes?: number;
  /** When the e-mail was delivered that was opened or clicked, in milliseconds since 1970. */
  readonly deliveredAt?: number;
  /** Set of an e-mail or a call that came from the person, where sales and they exchange such. */
  readonly isInbound?: true;
  /** Set where no person did it. */
  readonly machine?: Machine;
}
