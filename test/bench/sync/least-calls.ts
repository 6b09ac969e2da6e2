import type { SentCall } from '../processes/portal.ts';

/** The most that HubSpot gives or takes in one call. */
const MOST = { contacts: 100, writes: 100, pageViews: 100, submissions: 50 };

export interface ToDo {
  readonly leads: number;
  /** Leads that get something written. */
  readonly writes: number;
  readonly pageViews: number;
  /** Of each form that leadgauge reads. */
  readonly submissions: readonly number[];
}

/** As few calls as HubSpot's API allows a backfill to make, with every page and every batch full. */
export interface LeastCalls {
  readonly contacts: number;
  readonly writes: number;
  readonly pageViews: number;
  readonly submissions: number;
  /** Of calls for other things that people did: as many as were made, since nothing says how few would do. */
  readonly others: number;
}

export function leastCalls({ leads, writes, pageViews, submissions }: ToDo, made: readonly SentCall[]): LeastCalls {
  return {
    contacts: pages(leads, MOST.contacts),
    writes: Math.ceil(writes / MOST.writes),
    pageViews: pages(pageViews, MOST.pageViews),
    submissions: submissions.reduce((sum, count) => sum + pages(count, MOST.submissions), 0),
    others: made.filter(({ kind, template }) => kind !== 'setup' && !JUDGED.some((known) => known.test(template)))
      .length,
  };
}

/** Even where there is nothing, a call finds that out. */
const pages = (things: number, most: number) => Math.max(1, Math.ceil(things / most));

/** Whose least number of calls is known. */
const JUDGED = [
  /^\/crm\/objects\/\{version\}\/contacts(\/batch\/update)?$/,
  /^\/events\/event-occurrences\/\{version\}$/,
  /^\/form-integrations\/v1\/submissions\/forms\/\{guid\}$/,
];

export function totalOf({ contacts, writes, pageViews, submissions, others }: LeastCalls): number {
  return contacts + writes + pageViews + submissions + others;
}
