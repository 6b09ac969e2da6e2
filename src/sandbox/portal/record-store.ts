import type { CrmRecord, Value } from './record.ts';

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

  findArchived(id: string): T | undefined {
    const record = this.#byId.get(id);
    return record?.state === 'archived' ? record : undefined;
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

  erase(record: T): void {
    this.#archived.delete(record);
    record.state = 'erased';
    record.values = [];
  }

  /** A page in order of ids, of those above `after`; with whether more follow. */
  page(after: number, limit: number, archived: boolean): { records: T[]; more: boolean } {
    if (archived) {
      const following = [...this.#archived].filter((one) => one.number > after).sort((a, b) => a.number - b.number);
      return { records: following.slice(0, limit), more: following.length > limit };
    }
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
