import type { AccountTally } from './account-write-back.ts';

/** What became of the leads of a run, each counted once however many models score it: every one of them is unchanged, written, failed, gone, or left to another worker. */
export interface Tally {
  scored: number;
  written: number;
  unchanged: number;
  failed: number;
  gone: number;
  /** Still waiting for another run: held by another worker at that moment, or to be tried again after a failure. */
  left: number;
  /** Ready for sales by any of the models. */
  mql: number;
  /** Of these, whom a quiet run found to have come to meet the gates of a model, and left for `start` or `--promote` to mark and pass on. */
  waiting: number;
  promoted: number;
  fastTracked: number;
  /** Given back to marketing. */
  recycled: number;
  /** Routed to a nurture series. */
  nurtured: number;
  /** Leads by flag. */
  readonly flags: Record<string, number>;
  /** Whether a backfill went on where one before it had stopped: the figures are of what was left. */
  resumed?: true;
  /** Of a whole backfill, where a model has `account`. */
  accounts?: AccountTally;
}

export function newTally(): Tally {
  return {
    scored: 0,
    written: 0,
    unchanged: 0,
    failed: 0,
    gone: 0,
    left: 0,
    mql: 0,
    waiting: 0,
    promoted: 0,
    fastTracked: 0,
    recycled: 0,
    nurtured: 0,
    flags: noFlags(),
  };
}

/** With no prototype, for a flag may have any name, even `constructor`. */
const noFlags = (): Record<string, number> => Object.create(null);

/** How many leads a run had before it: each of them ended in one of these ways. */
export function leadsOf({ written, unchanged, failed, gone, left }: Tally): number {
  return written + unchanged + failed + gone + left;
}
