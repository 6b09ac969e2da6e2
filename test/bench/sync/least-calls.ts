import type { SentCall } from '../processes/crm-process.ts';

/** As few calls as a CRM's API allows a backfill to make, by what they are for, with every page and every batch full. */
export type LeastCalls = Readonly<Record<string, number>>;

export function totalOf(least: LeastCalls): number {
  return Object.values(least).reduce((sum, calls) => sum + calls, 0);
}

/** The most that HubSpot gives or takes in one call. */
const HUBSPOT = { contacts: 100, writes: 100, pageViews: 100, submissions: 50 };

export interface HubspotToDo {
  readonly leads: number;
  /** Leads that get something written. */
  readonly writes: number;
  readonly pageViews: number;
  /** Of each form that leadgauge reads. */
  readonly submissions: readonly number[];
}

/** `others`, calls for other things that people did, are as many as were made, since nothing says how few would do. */
export function leastOfHubspot(
  { leads, writes, pageViews, submissions }: HubspotToDo,
  made: readonly SentCall[],
): LeastCalls {
  return {
    contacts: pages(leads, HUBSPOT.contacts),
    writes: Math.ceil(writes / HUBSPOT.writes),
    pageViews: pages(pageViews, HUBSPOT.pageViews),
    submissions: submissions.reduce((sum, count) => sum + pages(count, HUBSPOT.submissions), 0),
    others: made.filter(({ kind, template }) => kind !== 'setup' && !JUDGED.some((known) => known.test(template)))
      .length,
  };
}

/** Whose least number of calls is known. */
const JUDGED = [
  /^\/crm\/objects\/\{version\}\/contacts(\/batch\/update)?$/,
  /^\/events\/event-occurrences\/\{version\}$/,
  /^\/form-integrations\/v1\/submissions\/forms\/\{guid\}$/,
];

/** The most that Salesforce gives or takes in one call; ids by the five queries of a composite request, 400 in each. */
const SALESFORCE = { writes: 200, rows: 2_000, ids: 2_000 };
/** Starting a bulk job, one look whether it is done, and all of its results at once. */
const JOB = 3;
export interface SalesforceToDo {
  /** Leads and contacts that get something written. */
  readonly writes: number;
  /** Leads that were converted, who are known by what they became. */
  readonly converted: number;
  /** Records that tell of something that people did, by the object that they are of. */
  readonly rows: Readonly<Record<string, number>>;
  /** Those of them of which something else is asked by their ids: to whom an e-mail went, who has a role in an opportunity, what a task stands for. */
  readonly lookups: Readonly<Record<string, number>>;
}

/**
 * Leads and contacts come by a bulk job each, and all else by queries; they are written by full collections, as a backfill does. Of what people did, those objects count that leadgauge
 * asked for: which ones these are is for config, the model and the org to say.
 */
export function leastOfSalesforce(
  { writes, converted, rows, lookups }: SalesforceToDo,
  made: readonly SentCall[],
): LeastCalls {
  const read = new Set(made.map(({ object }) => object));
  const countsOf = (counts: SalesforceToDo['rows']) =>
    Object.entries(counts).flatMap(([object, count]) => (read.has(object) ? [count] : []));
  return {
    listing: 2 * JOB,
    converted: pages(converted, SALESFORCE.rows),
    writes: Math.ceil(writes / SALESFORCE.writes),
    activities: sum(countsOf(rows).map((count) => pages(count, SALESFORCE.rows))),
    lookups: sum(countsOf(lookups).map((count) => Math.ceil(count / SALESFORCE.ids))),
  };
}

/** Even where there is nothing, a call finds that out. */
const pages = (things: number, most: number) => Math.max(1, Math.ceil(things / most));

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
