import type { SalesforceRecord } from './record.ts';

/** Records in order of one date-time field, and of their ids where that is the same. */
export class TimeIndex {
  readonly #slot: number;
  #sorted: SalesforceRecord[];
  /** What the field said of each when it was sorted. */
  #times: Float64Array;
  /** Added or changed since. */
  readonly #changed = new Set<SalesforceRecord>();

  constructor(slot: number, records: readonly SalesforceRecord[]) {
    this.#slot = slot;
    this.#sorted = this.#inOrder(records);
    this.#times = this.#timesOf(this.#sorted);
  }

  changed(record: SalesforceRecord): void {
    this.#changed.add(record);
  }

  /** Those from one time to another, both included, in order. Nothing may change while this runs. */
  *between(from: number, to: number): Generator<SalesforceRecord> {
    if (this.#changed.size > 256 + this.#sorted.length / 64) this.#settle();
    const late = this.#inOrder(this.#changed);
    let next = this.#firstFrom(from);
    let nextLate = late.findIndex((record) => this.#timeOf(record) >= from);
    if (nextLate < 0) nextLate = late.length;
    for (;;) {
      let settled = this.#sorted[next];
      while (settled !== undefined && this.#changed.has(settled)) settled = this.#sorted[++next];
      const one = late[nextLate];
      if (settled === undefined && one === undefined) return;
      const takeLate = settled === undefined || (one !== undefined && this.#compare(one, settled) < 0);
      const taken = takeLate ? one : settled;
      if (taken === undefined || this.#timeOf(taken) > to) return;
      if (takeLate) nextLate++;
      else next++;
      yield taken;
    }
  }

  /** How many those are at most. */
  count(from: number, to: number): number {
    return Math.max(0, this.#firstFrom(to + 1) - this.#firstFrom(from)) + this.#changed.size;
  }

  /** Sorts what changed into the rest. */
  #settle(): void {
    const late = this.#inOrder(this.#changed);
    const kept = this.#sorted.filter((record) => !this.#changed.has(record));
    const merged: SalesforceRecord[] = [];
    let next = 0;
    for (const record of kept) {
      for (let one = late[next]; one !== undefined && this.#compare(one, record) < 0; one = late[++next])
        merged.push(one);
      merged.push(record);
    }
    for (; next < late.length; next++) {
      const one = late[next];
      if (one !== undefined) merged.push(one);
    }
    this.#sorted = merged;
    this.#times = this.#timesOf(merged);
    this.#changed.clear();
  }

  /** Without those that have no time. */
  #inOrder(records: Iterable<SalesforceRecord>): SalesforceRecord[] {
    const list: SalesforceRecord[] = [];
    for (const record of records) if (typeof record.slots[this.#slot] === 'number') list.push(record);
    return list.sort((a, b) => this.#compare(a, b));
  }

  #timesOf(records: readonly SalesforceRecord[]): Float64Array {
    return Float64Array.from(records, (record) => this.#timeOf(record));
  }

  #compare(a: SalesforceRecord, b: SalesforceRecord): number {
    return this.#timeOf(a) - this.#timeOf(b) || a.index - b.index;
  }

  #timeOf(record: SalesforceRecord): number {
    const time = record.slots[this.#slot];
    return typeof time === 'number' ? time : Number.NaN;
  }

  #firstFrom(from: number): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#times[middle] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
