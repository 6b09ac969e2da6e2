import { ConfigError } from '../../base/errors.ts';
import { OUTCOMES, type Outcome } from '../../crm/outcome.ts';
import type { WonSales } from './gather-activities.ts';
import type { PastLeads } from './past-leads.ts';

/** For each outcome, when each lead first came to it, in milliseconds since 1970; NaN where it did not. */
export type OutcomeTimes = Readonly<Record<Outcome, Float64Array>>;

/** What the records and the sales tell of the leads. */
export function outcomeTimes({ count, customerSince, convertedAt }: PastLeads, sales: WonSales): OutcomeTimes {
  const won = new Float64Array(count).fill(Number.NaN);
  for (const [lead, times] of sales) if (times.length > 0) won[lead] = Math.min(...times);
  return { 'deal-won': won, customer: customerSince.slice(), converted: convertedAt.slice() };
}

/** Notes an outcome that another record of the same person tells of: the first one counts. */
export function noteOutcome(times: Float64Array, lead: number, at: number | undefined): void {
  const known = times[lead];
  if (at !== undefined && !(known !== undefined && known <= at)) times[lead] = at;
}

/** By lead, the first time at which it came to any outcome: from then on sales had it in hand. NaN where it came to none. */
export function firstOutcome(times: OutcomeTimes): Float64Array {
  const earliest = (...told: readonly number[]) => {
    const known = told.filter((at) => !Number.isNaN(at));
    return known.length === 0 ? Number.NaN : Math.min(...known);
  };
  return times['deal-won'].map((won, lead) =>
    earliest(won, times.customer[lead] ?? Number.NaN, times.converted[lead] ?? Number.NaN),
  );
}

/** How many leads came to each, at whatever time. */
export function countOutcomes(times: OutcomeTimes): Readonly<Record<Outcome, number>> {
  const count = (outcome: Outcome) => times[outcome].reduce((sum, at) => sum + (Number.isNaN(at) ? 0 : 1), 0);
  return { 'deal-won': count('deal-won'), customer: count('customer'), converted: count('converted') };
}

/**
 * By lead, since when it is a customer: by the outcome that counts, or by one that is surer than a conversion, which is no sale yet. NaN where
 * it is none.
 */
export function boughtSince(times: OutcomeTimes, outcome: Outcome): Float64Array {
  const none = new Float64Array(times.converted.length).fill(Number.NaN);
  return firstOutcome(outcome === 'converted' ? times : { ...times, converted: none });
}

/** Why nothing can be said of who bought. */
export const NOBODY_BOUGHT =
  'the CRM tells of nobody who bought: no deal or opportunity was won by a lead, nobody became a customer by the lifecycle stage, and ' +
  'none was converted. Is the stream of deals or opportunities off in config, or not allowed? leadgauge check tells.';

/** The outcome that is asked for; else the surest that any lead came to. @throws ConfigError where there is none. */
export function chooseOutcome(times: OutcomeTimes, wanted: Outcome | undefined): Outcome {
  const told = toldOutcomes(times);
  const [first] = told;
  if (first === undefined) throw new ConfigError(NOBODY_BOUGHT);
  if (wanted === undefined || told.includes(wanted)) return wanted ?? first;
  throw new ConfigError(
    `the CRM tells of no lead that came to ${wanted}; it does of ${told.join(' and ')}: ask for that with --outcome, or by "outcome" in the ` +
      "CRM's file in config/",
  );
}

/** The same where it is enough that leads may still come to it. */
export function anyOutcome(times: OutcomeTimes, wanted: Outcome | undefined): Outcome {
  return wanted ?? toldOutcomes(times)[0] ?? OUTCOMES[0];
}

function toldOutcomes(times: OutcomeTimes): Outcome[] {
  const counts = countOutcomes(times);
  return OUTCOMES.filter((outcome) => counts[outcome] > 0);
}
