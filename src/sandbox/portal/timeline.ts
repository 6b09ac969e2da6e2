/**
 * When things happened that are numbered as they come in, from 0. They may come in any order; sorted when first asked
 * for. Columns of numbers, since a portal of a million contacts has millions of page views.
 */
export class Timeline {
  #at = new Float64Array(1_024);
  /** Numbers in order of time; of equal times, the lower one first. */
  #order = new Uint32Array(0);
  #ordered = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** @param at milliseconds since 1970 */
  add(at: number): number {
    if (this.#count === this.#at.length) {
      const longer = new Float64Array(this.#count * 2);
      longer.set(this.#at);
      this.#at = longer;
    }
    this.#at[this.#count] = at;
    return this.#count++;
  }

  at(number: number): number {
    return this.#at[number] ?? 0;
  }

  /** What stands at a place in order of time, counted from 0. */
  numberAt(place: number): number {
    this.#sort();
    return this.#order[place] ?? 0;
  }

  /** The place of the first that is at this time or later; of those at this very time, the first whose number is at least this. */
  placeOf(time: number, number = 0): number {
    this.#sort();
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const candidate = this.#order[middle] ?? 0;
      const at = this.at(candidate);
      if (at > time || (at === time && candidate >= number)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #sort(): void {
    if (this.#ordered === this.#count) return;
    if (this.#count > this.#order.length) this.#order = grown(this.#order, this.#at.length);
    const order = this.#order;
    let sorted = true;
    for (let number = this.#ordered; number < this.#count; number++) {
      order[number] = number;
      const before = number === 0 ? Number.NEGATIVE_INFINITY : this.at(order[number - 1] ?? 0);
      sorted &&= before <= this.at(number);
    }
    if (!sorted) order.subarray(0, this.#count).sort((a, b) => this.at(a) - this.at(b) || a - b);
    this.#ordered = this.#count;
  }
}

/** A longer copy of a column. */
export function grown(column: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(length);
  longer.set(column);
  return longer;
}
