import type { CheckExchange, Exchange } from './check-exchange.ts';
import { findOperation } from './find-operation.ts';
import { whyKnown } from './known-differences.ts';
import type { Operation } from './read-specs.ts';

export interface Checked {
  /** `GET /crm/owners/2026-09`. */
  readonly call: string;
  /** The file that describes it; undefined where none does. */
  readonly file: string | undefined;
  readonly problems: readonly string[];
  /** Differences that HubSpot itself has, each with its reason. */
  readonly known: readonly string[];
}

/** Holds every exchange against the operation that describes it. */
export function checkCalls(
  operations: readonly Operation[],
  exchanges: readonly Exchange[],
  check: CheckExchange,
): Checked[] {
  return exchanges.map((exchange) => {
    const operation = findOperation(operations, exchange.method, exchange.path);
    const call = `${exchange.method} ${operation?.template ?? exchange.path}`;
    const found = operation === undefined ? [] : check(operation, exchange);
    const known = found.flatMap((problem) => {
      const why = whyKnown(call, problem);
      return why === undefined ? [] : [`${problem}: ${why}`];
    });
    const problems = found.filter((problem) => whyKnown(call, problem) === undefined);
    return { call, file: operation?.file, problems, known };
  });
}
