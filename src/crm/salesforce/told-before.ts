import type { ChangedLead } from '../crm.ts';

/** Which changes were told already, for as long as a window may come upon them again; by id and time, as a record may change twice. */
export interface ToldBefore {
  has(change: ChangedLead): boolean;
  add(changes: readonly ChangedLead[]): void;
  /** Milliseconds since 1970. */
  forgetBefore(time: number): void;
}

export function createToldBefore(): ToldBefore {
  const told = new Map<string, number>();
  const keyOf = ({ id, changedAt }: ChangedLead) => `${id} ${changedAt}`;
  return {
    has: (change) => told.has(keyOf(change)),
    add(changes) {
      for (const change of changes) told.set(keyOf(change), change.changedAt);
    },
    forgetBefore(time) {
      for (const [key, changedAt] of told) if (changedAt < time) told.delete(key);
    },
  };
}
