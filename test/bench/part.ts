/** One part of the benchmark: what `--only` names, in a file of its own. */
export interface Part {
  /**
   * Measures, and says so far what it is doing, for whoever waits.
   * @throws Disagreement where what is compared does not do the same.
   */
  run(say: (progress: string) => void): Promise<Result>;
}

export interface Result {
  /** What `--json` prints under the part's name; ratios first. */
  readonly json: object;
  /** The same for people. */
  readonly text: string;
}

/** Two competitors gave different answers, so that comparing their speed would mean nothing. */
export class Disagreement extends Error {
  override readonly name = 'Disagreement';
}
