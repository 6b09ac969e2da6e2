import { DAY } from '../base/clock.ts';
import { type Marking, markDirtyOnce } from '../ledger/dirty.ts';
import type { WakeLater } from '../queue/queues.ts';
import type { Connection, WokenJob } from '../sync/connection.ts';
import { gathered } from './gathered.ts';

/** The jobs that a webhook may wake. */
export const WOKEN_BY_WEBHOOKS = ['score', 'hot-poll', 'pull-expected'] as const satisfies readonly WokenJob[];

/** What the receiver needs of a connection: no CRM call is ever made inside a request. */
export interface Receiving extends Pick<Connection, 'space' | 'clock' | 'log'> {
  /** As a connection's own, and by turns. */
  wake(job: (typeof WOKEN_BY_WEBHOOKS)[number], later?: WakeLater): Promise<void>;
  /** Marks the leads of events that were not seen within `REMEMBERED`; `markBy` when absent. Once it resolves, that is in Redis. */
  readonly mark?: Mark;
}

export type Mark = (events: readonly Marking[]) => Promise<unknown>;

/** Senders try again for a day or two; an event is known for longer than that, in milliseconds. */
export const REMEMBERED = 3 * DAY;

/** Two large deliveries: with more, the requests of a turn would wait for each other. */
const MARKS_AT_ONCE = 200;

/** Each delivery in a step of its own. */
export function markBy({ space, clock }: Pick<Receiving, 'space' | 'clock'>): Mark {
  return (events) => markDirtyOnce(space, events, clock.now(), REMEMBERED);
}

/**
 * For many requests at a time: what those of one turn of the event loop mark is one step in Redis. Whoever wakes a job was done with
 * its own marks before, so that one wake does for all that ask within a turn.
 */
export function inCompany(receiving: Receiving): Receiving {
  const { wake } = receiving;
  const mark = gathered(MARKS_AT_ONCE, markBy(receiving));
  const wakes = new Map<string, (none: readonly never[]) => Promise<void>>();
  return {
    ...receiving,
    mark: async (events) => (events.length === 0 ? undefined : mark(events)),
    wake(job, later) {
      if (later !== undefined) return wake(job, later);
      const share = wakes.get(job) ?? gathered<never>(0, () => wake(job));
      wakes.set(job, share);
      return share([]);
    },
  };
}
