import type { Clock } from '../../base/clock.ts';
import type { Crm } from '../../crm/crm.ts';
import type { Connection } from '../connection.ts';

/** What of a connection is needed to look back: nothing that writes. */
export interface PastSource extends Pick<Connection, 'role'> {
  readonly crm: Pick<Crm, 'name' | 'listPast' | 'pastFields' | 'streams'>;
  readonly clock: Pick<Clock, 'now'>;
}
