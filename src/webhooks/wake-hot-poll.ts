import { bookTurn, type Pace } from '../ledger/turns.ts';
import type { Receiving } from './receiving.ts';

/**
 * Has the hot poll run at the next turn of this name that the pace allows: it reads whatever came since the one before it, for all
 * that ask until then. What it is to find is written down before.
 */
export async function wakeHotPoll(
  { space, clock, wake }: Pick<Receiving, 'space' | 'clock' | 'wake'>,
  turn: string,
  pace: Pace,
): Promise<void> {
  // Not the time of the delivery: others have had their turns since.
  const now = clock.now();
  const at = await bookTurn(space, turn, pace, now);
  await (at > now ? wake('hot-poll', { delay: at - now, turn }) : wake('hot-poll'));
}
