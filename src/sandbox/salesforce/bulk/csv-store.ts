const FIRST_SIZE = 64 * 1_024;

/** The lines of a result, of which there may be hundreds of thousands: as bytes they are small, and the collector lets them be. */
export class CsvStore {
  #bytes = Buffer.alloc(FIRST_SIZE);
  #used = 0;
  readonly #ends: number[] = [];

  /** Lines. */
  get count(): number {
    return this.#ends.length;
  }

  get bytes(): number {
    return this.#used;
  }

  add(line: string): void {
    const size = Buffer.byteLength(line);
    if (this.#used + size > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#used + size));
      this.#bytes.copy(larger, 0, 0, this.#used);
      this.#bytes = larger;
    }
    this.#used += this.#bytes.write(line, this.#used);
    this.#ends.push(this.#used);
  }

  /** Some lines, as `Array.slice` would take them. */
  text(from: number, to: number): string {
    const last = Math.min(to, this.count);
    if (from >= last) return '';
    return this.#bytes.toString('utf8', from === 0 ? 0 : this.#ends[from - 1], this.#ends[last - 1]);
  }
}
