import { MINUTE, SECOND } from '../../src/base/clock.ts';
import type { Random } from '../../src/sandbox/population/random.ts';

/** What happens to the processes. */
export const TROUBLES = [
  'stop worker',
  'kill worker',
  'stop receiver',
  'kill receiver',
  'kill redis',
  'freeze redis',
] as const;
export type Trouble = (typeof TROUBLES)[number];

export interface PlannedTrouble {
  readonly what: Trouble;
  /** Milliseconds after the CRMs began to live. */
  readonly at: number;
  /** How long it lasts until the process is started again, or goes on, in milliseconds. */
  readonly lasts: number;
}

/** So often something happens in a long run, in milliseconds; in a short one each thing happens once. */
const EVERY = MINUTE;
/** No later than so: what a killed worker had under way is taken up after a minute, and that is to be seen working. */
const UNTIL = 0.7;
const BEGIN = 0.05;

/** Each kind equally often, in an order and at moments that chance decides, one after the other. */
export function planTroubles(random: Random, ms: number, hasServer: boolean): PlannedTrouble[] {
  const kinds = TROUBLES.filter((what) => hasServer || !what.endsWith('redis'));
  const count = Math.max(kinds.length, Math.floor((ms * UNTIL) / EVERY));
  const slot = (ms * (UNTIL - BEGIN)) / count;
  let left: Trouble[] = [];
  return Array.from({ length: count }, (_, place) => {
    if (left.length === 0) left = [...kinds];
    const [what] = left.splice(random.whole(left.length), 1);
    const at = ms * BEGIN + slot * (place + 0.5 * random.next());
    return { what: what ?? 'stop worker', at, lasts: SECOND * (1 + random.whole(3)) };
  });
}
