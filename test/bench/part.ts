import type { CrmName } from './processes/crm-process.ts';

/** One part of the benchmark: what `--only` names, in a file of its own. */
export interface Part {
  /**
   * Measures, and says so far what it is doing, for whoever waits.
   * @throws Disagreement where what is compared does not do the same.
   */
  run(say: Say, options: PartOptions): Promise<Result>;
}

/** With `passing`, only for who watches at a terminal: the next word takes its place. */
export type Say = (progress: string, how?: { readonly passing?: boolean }) => void;

export interface PartOptions {
  /** How large a portal to take, where `--leads` says so. */
  readonly leads: number | undefined;
  /** Which CRM alone to measure with, where `--crm` says so. */
  readonly crm: CrmName | undefined;
  /** Aborted by Ctrl-C; what was started has an end then. */
  readonly signal: AbortSignal;
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
