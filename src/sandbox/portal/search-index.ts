import type { CrmRecord, Value } from './record.ts';

/** What the index still shows of a record that has changed since. */
interface Stale {
  readonly record: CrmRecord;
  /** Undefined for a record that was not there yet. */
  readonly values: (Value | undefined)[] | undefined;
  /** The index learns of the change at this time. */
  readonly until: number;
}

/**
 * What search sees: every record of one type as it was `delay` milliseconds ago. Holds a column of change times as well, because
 * nearly every search asks for a window of them, and a scan of numbers is a hundred times cheaper than one of records.
 */
export class SearchIndex {
  /** By index of the record: when it changed last as the index knows it; NaN, which no filter matches, before it knows the record. */
  modified = new Float64Array(1_024);
  delay = 0;
  readonly #modifiedSlot: number;
  readonly #stale = new Map<CrmRecord, Stale[]>();
  readonly #queue: Stale[] = [];
  #head = 0;

  constructor(modifiedSlot: number) {
    this.#modifiedSlot = modifiedSlot;
  }

  /** Call before a record's values are changed. */
  changing(record: CrmRecord, now: number): void {
    // Here too, so that a portal that nobody searches does not keep every old version.
    this.catchUp(now);
    if (this.delay > 0) this.#keep({ record, values: record.values.slice(), until: now + this.delay });
  }

  /** Call once they are. */
  changed(record: CrmRecord): void {
    if (!this.#stale.has(record)) this.#show(record, record.values);
  }

  /** Call once a record is added. */
  added(record: CrmRecord, now: number): void {
    if (this.delay > 0) this.#keep({ record, values: undefined, until: now + this.delay });
    this.#show(record, this.delay > 0 ? undefined : record.values);
  }

  /** A record's values as search sees them; undefined where it sees none. */
  valuesOf(record: CrmRecord): (Value | undefined)[] | undefined {
    const stale = this.#stale.get(record);
    return stale === undefined ? record.values : stale[0]?.values;
  }

  /** Lets the index learn what it should know by now. */
  catchUp(now: number): void {
    for (let next = this.#queue[this.#head]; next !== undefined && next.until <= now; next = this.#queue[this.#head]) {
      this.#head++;
      const stale = this.#stale.get(next.record);
      stale?.shift();
      if (stale === undefined || stale.length === 0) {
        this.#stale.delete(next.record);
        this.#show(next.record, next.record.values);
      } else this.#show(next.record, stale[0]?.values);
    }
    if (this.#head < 10_000 && this.#head < this.#queue.length) return;
    this.#queue.splice(0, this.#head);
    this.#head = 0;
  }

  #keep(stale: Stale): void {
    const list = this.#stale.get(stale.record);
    if (list === undefined) this.#stale.set(stale.record, [stale]);
    else list.push(stale);
    this.#queue.push(stale);
  }

  #show(record: CrmRecord, values: (Value | undefined)[] | undefined): void {
    if (record.index >= this.modified.length) {
      const grown = new Float64Array(Math.max(this.modified.length * 2, record.index + 1));
      grown.set(this.modified);
      this.modified = grown;
    }
    const at = values?.[this.#modifiedSlot];
    this.modified[record.index] = typeof at === 'number' ? at : Number.NaN;
  }
}
