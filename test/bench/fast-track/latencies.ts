import type { Outcome } from '../processes/demo-requests.ts';
import { quantile } from '../quantile.ts';

export interface Latencies {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** How many demo requests these are of. */
  readonly requests: number;
  /** How many were not in front of sales within a minute; they count as having taken that minute. */
  readonly missed: number;
}

const MINUTE = 60_000;

/** Whom the model itself rules out, as a competitor, is no request for sales and not counted. */
export function latenciesOf(outcomes: readonly Outcome[]): Latencies {
  const counted = outcomes.filter((outcome) => outcome !== 'ruled out');
  const took = counted
    .map((outcome) => (outcome === 'missed' ? MINUTE : outcome.took))
    .sort((one, other) => one - other);
  return {
    p50Ms: quantile(took, 0.5),
    p95Ms: quantile(took, 0.95),
    p99Ms: quantile(took, 0.99),
    requests: counted.length,
    missed: counted.filter((outcome) => outcome === 'missed').length,
  };
}
