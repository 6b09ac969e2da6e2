import { z } from 'zod';
import type { CallOptions, StreamWindow } from '../../crm.ts';
import type { SalesforceApi } from '../api/api.ts';
import { type QueryAnswer, queryEach } from '../api/query.ts';
import { readAs } from '../api/read-as.ts';
import { type Stamped, type StampedPage, type StampedSource, stampedPage, stampedQuery } from './stamped-pages.ts';

/** The first page of a window; undefined where it is better read by itself. */
export type FirstPage<Row extends Stamped> = (
  window: StreamWindow,
  options?: CallOptions,
) => Promise<StampedPage<Row> | undefined>;

export interface SharedPoll {
  /** Call it once for each stream, before any of them is pulled. Streams of one source read the same rows. */
  join<Row extends Stamped>(source: StampedSource<Row>): FirstPage<Row>;
}

/** What a poll asked for at once, and which streams have had it. */
interface Round {
  readonly window: StreamWindow;
  readonly pages: Promise<readonly QueryAnswer[]>;
  readonly had: Set<number>;
}

/**
 * Lets the streams of one poll share one API call. A poll pulls each of them with the same window, at about the same time: the
 * first asks for all sources together, and the others have their part of that answer. A stream has it once: pulled again with
 * the same window, it asks anew. At most five sources.
 */
export function sharedPoll(api: SalesforceApi): SharedPoll {
  const sources: StampedSource<Stamped>[] = [];
  let streams = 0;
  let round: Round | undefined;

  function start(window: StreamWindow, options?: CallOptions): Round {
    const queries = sources.map((source) => ({ ...stampedQuery(source, window), row: z.unknown() }));
    return { window, pages: queryEach(api, queries, { ...options, kind: 'activity' }), had: new Set() };
  }

  return {
    join<Row extends Stamped>(source: StampedSource<Row>): FirstPage<Row> {
      if (!sources.includes(source)) sources.push(source);
      const place = sources.indexOf(source);
      const stream = streams++;
      return async (window, options) => {
        const { from, to, since } = window;
        if (since !== undefined || from >= to) return undefined;
        if (round?.window.from !== from || round.window.to !== to || round.had.has(stream))
          round = start(window, options);
        round.had.add(stream);
        const rows = (await round.pages)[place];
        // What is wrong with one source must not hold up the others: it is read by itself, which says what it is.
        return Array.isArray(rows) ? stampedPage(readAs(z.array(source.row), rows, 'a query')) : undefined;
      };
    },
  };
}
