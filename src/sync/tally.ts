/** What became of the leads of a run: every one of them is unchanged, written, failed, gone, or left to another worker. */
export interface Tally {
  scored: number;
  written: number;
  unchanged: number;
  failed: number;
  gone: number;
  /** Held by another worker at that moment, which does them again. */
  left: number;
  mql: number;
  promoted: number;
  fastTracked: number;
  /** Leads by flag. */
  readonly flags: Record<string, number>;
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
    promoted: 0,
    fastTracked: 0,
    flags: {},
  };
}
