import type { Clock } from '../../src/base/clock.ts';
import { MINUTE } from '../../src/base/clock.ts';
import { RateLimitedError } from '../../src/base/errors.ts';
import type { ApiBudget, BudgetedCall, ReportedLimits } from '../../src/crm/api-budget.ts';

export interface UnlimitedBudget extends ApiBudget {
  readonly taken: readonly BudgetedCall[];
  /** What each answer said, in the order of the answers. */
  readonly settled: readonly (ReportedLimits | undefined)[];
  readonly pauses: readonly { readonly scope: 'all' | 'search'; readonly ms: number }[];
}

/** A budget that never runs out, keeps pauses, and remembers what it was told. */
export function createUnlimitedBudget(clock: Clock): UnlimitedBudget {
  const taken: BudgetedCall[] = [];
  const settled: (ReportedLimits | undefined)[] = [];
  const pauses: { scope: 'all' | 'search'; ms: number }[] = [];
  const until = { all: 0, search: 0 };
  return {
    taken,
    settled,
    pauses,
    async take(call) {
      const wait = Math.max(until.all, call.search === true ? until.search : 0) - clock.now();
      if (wait > MINUTE) throw new RateLimitedError('calls are paused', { retryAfter: wait });
      if (wait > 0) await clock.sleep(wait, call.signal);
      taken.push(call);
      return (limits) => void settled.push(limits);
    },
    async pause(scope, ms) {
      pauses.push({ scope, ms });
      until[scope] = Math.max(until[scope], clock.now() + ms);
    },
  };
}
