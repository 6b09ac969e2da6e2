/**
 * The API quota, shared by every process of a connection. The transport takes a slot before each call and settles it
 * with what the answer said; `src/queue/budget.ts` keeps the account in Redis.
 */
export interface ApiBudget {
  /**
   * Resolves once a call may be made. Waits for a burst or search slot; does not wait for a new day.
   * @throws RateLimitedError once the daily budget (but for the reserve of urgent calls) is spent or a pause is longer than a minute.
   */
  take(call: BudgetedCall): Promise<Settle>;
  /** No process calls until `ms` from now: the CRM said 429. `search` concerns searches alone. */
  pause(scope: 'all' | 'search', ms: number): Promise<void>;
}

export interface BudgetedCall {
  readonly search?: boolean;
  /** May use the reserve. */
  readonly urgent?: boolean;
  /** Only looks whether there is something to do: others need leave nothing free for what follows, and it leaves some of the reserve. */
  readonly looks?: boolean;
  /** Lets all other calls go first. */
  readonly patient?: boolean;
  readonly signal?: AbortSignal;
}

/** Call once the answer (or the failure) is there: the slot is free again one interval after that. */
export type Settle = (limits?: ReportedLimits) => void;

/** What an answer's headers said. */
export interface ReportedLimits {
  /** Calls for each interval. */
  readonly burst?: number;
  /** Milliseconds. */
  readonly interval?: number;
  /** Calls of the account for each of its days, and how many of today's are left. */
  readonly daily?: number;
  readonly dailyRemaining?: number;
}

/** What a call is for, as `calls` in reports counts them. */
export const CALL_KINDS = ['read', 'search', 'write', 'activity', 'related', 'setup'] as const;
export type CallKind = (typeof CALL_KINDS)[number];
