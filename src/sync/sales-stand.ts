import { isOpen } from '../leads/follow-up-state.ts';
import { countUndelivered, listTroubles } from '../ledger/channel-states.ts';
import { isOverdue, listFollowUps } from '../ledger/follow-ups.ts';
import { countWaiting } from '../ledger/outbox.ts';
import type { Space } from '../ledger/space.ts';

/** How what sales are to do stands, of one connection. */
export interface SalesStand {
  /** Follow-ups that are not over. */
  readonly open: number;
  /** Of these, the late ones. */
  readonly overdue: number;
  /** Notices that are still to be sent. */
  readonly notices: number;
}

export async function salesStand(space: Space, now: number): Promise<SalesStand> {
  const [all, notices] = await Promise.all([listFollowUps(space, now), countWaiting(space)]);
  const open = all.filter(({ state }) => isOpen(state));
  return { open: open.length, overdue: open.filter((each) => isOverdue(each, now)).length, notices };
}

/** How telling sales goes, over all connections. */
export interface ChannelsStand {
  /** Why channels wait for a person, by their names. */
  readonly troubles: ReadonlyMap<string, string>;
  /** Notices that were given up within the last week. */
  readonly undelivered: number;
}

export async function channelsStand(space: Space, now: number): Promise<ChannelsStand> {
  const [troubles, undelivered] = await Promise.all([listTroubles(space), countUndelivered(space, now)]);
  return { troubles, undelivered };
}
