import { type Clock, DAY } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Crm } from '../crm/crm.ts';
import type { Space } from '../ledger/space.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';

/** One CRM with all that is needed to keep its leads scored. */
export interface Connection {
  readonly crm: Crm;
  readonly model: CompiledModel;
  readonly space: Space;
  readonly clock: Clock;
  readonly log: Log;
  /** Asks for a job of this connection to run soon; does nothing where no worker listens. */
  wake(job: 'score' | 'hot-poll'): Promise<void>;
}

/** How long activities are kept, in milliseconds: as far back as the model looks. */
export function keepFor(model: CompiledModel): number {
  return Math.max(model.longestWindow, 30 * DAY);
}
