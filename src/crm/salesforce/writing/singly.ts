import { batches } from '../../../base/batches.ts';
import { SECOND } from '../../../base/clock.ts';
import type { CallOptions } from '../../crm.ts';
import { verdictOn } from './row-verdict.ts';
import { type Attempt, MOST_EACH, updateEachAndRead } from './update-and-read.ts';
import { stageFieldOf, type WriteContext } from './write-context.ts';

/** How often a row is tried by itself that others had locked. */
const TRIES = 2;
/** A lock is held for as long as somebody else's transaction takes: ten seconds at most, mostly far less. */
const FIRST_WAIT = SECOND;
/** Of more, something is wrong that a wait does not mend: what is left stays refused, and rests until its lead is scored again. */
const MOST = 5 * MOST_EACH;

/**
 * One row at a time, in the order in which they came: each is a transaction of its own, with no neighbour that could hold its lock.
 * Waits differ, or two processes would meet again.
 */
export async function* singly(
  context: WriteContext,
  locked: readonly Attempt[],
  options?: CallOptions,
): AsyncIterable<Attempt[]> {
  const { api, clock, random } = context;
  let left = locked.slice(0, MOST);
  for (let tried = 0; tried < TRIES && left.length > 0; tried += 1) {
    await clock.sleep(Math.round(FIRST_WAIT * 2 ** tried * (0.5 + random())), options?.signal);
    const still: Attempt[] = [];
    for (const some of batches(left, MOST_EACH)) {
      const updates = some.map(({ update }) => update);
      const attempts = await updateEachAndRead(api, updates, stageFieldOf(context), options);
      still.push(...attempts.filter(isLocked));
      yield attempts.filter((attempt) => !isLocked(attempt));
    }
    left = still;
  }
  yield [...left, ...locked.slice(MOST)];
}

function isLocked({ update, problems }: Attempt): boolean {
  return problems.length > 0 && verdictOn(update, problems) === 'again';
}
