import type { ConfigProblem } from '../../base/errors.ts';
import type { Locate } from '../locate.ts';

/** Something in which `config/salesforce.yaml` and the org do not fit. */
export interface OrgProblem {
  /** Where in config. */
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** Something that nobody misses before anything is written. */
  readonly mendedBySetup?: true;
}

/** With file, line and column where they can be told. */
export function toConfigProblem({ path, message }: OrgProblem, locate: Locate | undefined): ConfigProblem {
  return locate === undefined ? { message: `${path.join('.')}: ${message}` } : { ...locate(path), message };
}
