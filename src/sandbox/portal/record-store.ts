import { DAY } from '../../base/clock.ts';
import type { CrmRecord, Value } from './record.ts';

/** How long a deleted record can still be seen and restored. */
export const RESTORABLE = 90 * DAY;

/** The records of one type in order of their ids. */
export class RecordStore<T extends CrmRecord> {
  readonly all: T[] = [];
  readonly #byId = new Map<string, T>();
  readonly #archived = new Set<T>();
  #lastId: number;

  /** @param below the ids begin above this number */
  constructor(below: number) {
    this.#lastId = below;
  }

  /** The record that this id leads to, if it is live: the id may be one from before a merge. */
  find(id: string): T | undefined {
    const record = this.#byId.get(id);
    return record?.state === 'live' ? record : undefined;
  }

  /** One that was deleted and can still be restored. */
  findArchived(id: string, now: number): T | undefined {
    const record = this.#byId.get(id);
    return record?.state === 'archived' && isRestorable(record, now) ? record : undefined;
  }

  /** From now on the old record's id leads to the new one, and so do the ids that led to the old one. */
  redirect(from: T, formerIds: readonly string[], to: T): void {
    for (const id of [from.id, ...formerIds]) this.#byId.set(id, to);
  }

  archive(record: T, at: number): void {
    record.state = 'archived';
    record.archivedAt = at;
    this.#archived.add(record);
  }

  restore(record: T): void {
    this.#archived.delete(record);
    record.state = 'live';
    record.archivedAt = undefined;
  }

  erase(record: T): void {
    this.#archived.delete(record);
    record.state = 'erased';
    record.values = [];
  }

  /** A page of those that were deleted and can still be restored, as `page` gives them. */
  archivedPage(after: number, limit: number, now: number): { records: T[]; more: boolean } {
    const following = [...this.#archived].filter((one) => one.number > after && isRestorable(one, now));
    following.sort((a, b) => a.number - b.number);
    return { records: following.slice(0, limit), more: following.length > limit };
  }

  /** A page in order of ids, of those above `after`; with whether more follow. */
  page(after: number, limit: number): { records: T[]; more: boolean } {
    const records: T[] = [];
    for (let index = this.#firstAbove(after); index < this.all.length; index++) {
      const record = this.all[index];
      if (record?.state !== 'live') continue;
      if (records.length === limit) return { records, more: true };
      records.push(record);
    }
    return { records, more: false };
  }

  /** What every new record has. Mints an id: they rise, with gaps, as HubSpot's do. */
  protected mint(values: (Value | undefined)[]): CrmRecord {
    const index = this.all.length;
    this.#lastId += 1 + ((index * 2_654_435_761) >>> 27);
    return { id: String(this.#lastId), number: this.#lastId, index, values, state: 'live', archivedAt: undefined };
  }

  protected keep(record: T): T {
    this.all.push(record);
    this.#byId.set(record.id, record);
    return record;
  }

  #firstAbove(number: number): number {
    let low = 0;
    let high = this.all.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.all[middle]?.number ?? 0) > number) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function isRestorable({ archivedAt }: CrmRecord, now: number): boolean {
  return archivedAt !== undefined && archivedAt > now - RESTORABLE;
}
