import type { CallKind } from '../crm/api-budget.ts';

/** HTTP requests, by what they were for. */
export type Calls = Readonly<Record<CallKind, number>>;

export function callsSince(now: Calls, before: Calls): Calls {
  return combined(now, before, (one, other) => one - other);
}

export function sumCalls(some: Calls, others: Calls): Calls {
  return combined(some, others, (one, other) => one + other);
}

function combined(some: Calls, others: Calls, of: (one: number, other: number) => number): Calls {
  return {
    read: of(some.read, others.read),
    search: of(some.search, others.search),
    write: of(some.write, others.write),
    activity: of(some.activity, others.activity),
    related: of(some.related, others.related),
    setup: of(some.setup, others.setup),
  };
}
