import { type Clock, DAY } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { ActivityStream, Crm } from '../crm/crm.ts';
import type { Role } from '../crm/role.ts';
import type { Space } from '../ledger/space.ts';
import type { Channel } from '../notices/channel.ts';
import type { ModelSet } from '../scoring/model-set.ts';
import type { Sales } from '../settings/sales.ts';

export type WokenJob = 'score' | 'hot-poll' | 'pull-expected' | 'accounts' | 'backfill' | 'notices';

/** One CRM with all that is needed to keep its leads scored. */
export interface Connection {
  readonly crm: Crm;
  readonly models: ModelSet;
  /** The id of the model with which the lifecycle stage goes; any other knows by its own mark whom it passed to sales. */
  readonly mainModel: string;
  /** Who gets leads, when they work, and what follows where nobody calls. */
  readonly sales: Sales;
  /** The ways to tell sales that are on, besides the CRM. */
  readonly channels: readonly Channel[];
  readonly space: Space;
  readonly clock: Clock;
  readonly log: Log;
  /**
   * Asks for a job of this connection to run soon, or after `delay` milliseconds in place of an earlier such delay; it waits in
   * the queue where no worker listens. A backfill is asked for with these models.
   */
  wake(job: WokenJob, later?: { readonly delay: number }): Promise<void>;
  /** What it is for; both when absent. */
  readonly role?: Exclude<Role, 'off'>;
  /** The other CRMs of this installation, where the same people may have records; none when absent. */
  readonly beside?: readonly Neighbour[];
}

/** What a connection knows of another one. */
export interface Neighbour {
  readonly name: string;
  readonly role: Exclude<Role, 'off'>;
  /** Whether config wants tasks there; it does when absent. */
  readonly makesTasks?: boolean;
  /** The fields that its file maps, by our names; absent where nobody asks. */
  readonly fields?: ReadonlySet<string>;
  /** Has its dirty leads scored soon. */
  wake(): Promise<void>;
  /** What is polled there; absent, or none, where that is not known yet. */
  streams?(): readonly ActivityStream[];
}

/** Whether a person may have several records: then what is done under one counts for all, by their e-mail address. */
export function mayShare({ crm, beside = [] }: Pick<Connection, 'crm' | 'beside'>): boolean {
  return beside.length > 0 || crm.sharesAddresses === true;
}

/**
 * How long a lead's state is kept, in milliseconds: as long, or infinitely where it must tell even of a lead that has been
 * quiet for years whether a rule on fields begins to hold for it, whether it comes to be a lead or one of a model, of which persons it is, or what a challenger says of it.
 */
export function keepStateFor(connection: Connection): number {
  const { models, crm } = connection;
  const asksBefore = models.models.some(
    ({ fieldRules, scope, leadGates }) => fieldRules.length > 0 || scope !== undefined || leadGates !== undefined,
  );
  const keepsScores = models.challengers.length > 0;
  return asksBefore || keepsScores || crm.hearsSales === true || mayShare(connection)
    ? Number.POSITIVE_INFINITY
    : keepFor(models);
}

/** How long activities are kept, in milliseconds: as far back as any model looks. */
export function keepFor({ longestWindow }: Pick<ModelSet, 'longestWindow'>): number {
  return Math.max(longestWindow, 30 * DAY);
}
