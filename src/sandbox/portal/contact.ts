import type { CrmRecord } from './record.ts';

export interface Contact extends CrmRecord {
  /** What the scoring should have foreseen; no API tells it. */
  bought: boolean;
}
