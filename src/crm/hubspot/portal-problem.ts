import type { ConfigProblem } from '../../base/errors.ts';
import type { Locate } from '../locate.ts';

/** Something in which config and portal do not fit. */
export interface PortalProblem {
  readonly about:
    | 'fields'
    | 'company_fields'
    | 'lists'
    | 'forms'
    | 'outputs'
    | 'accounts'
    | 'lifecycle'
    | 'sales_status'
    | 'nurture'
    | 'streams'
    | 'custom_events'
    | 'tasks';
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** Something that nobody misses before anything is written. */
  readonly mendedBySetup?: true;
}

/** With file, line and column where they can be told. */
export function toConfigProblem(problem: PortalProblem, locate: Locate | undefined): ConfigProblem {
  return {
    ...locate?.(problem.path),
    message: locate === undefined ? `${problem.path.join('.')}: ${problem.message}` : problem.message,
  };
}
