import { DAY } from '../../../base/clock.ts';

/** Something of which an org may use only so much in any 24 hours. */
export class RollingDay {
  /** A test may lower it. */
  max: number;
  readonly #now: () => number;
  #uses: { readonly at: number; readonly amount: number }[] = [];

  constructor(max: number, now: () => number) {
    this.max = max;
    this.#now = now;
  }

  get used(): number {
    const oldest = this.#now() - DAY;
    this.#uses = this.#uses.filter(({ at }) => at > oldest);
    return this.#uses.reduce((sum, { amount }) => sum + amount, 0);
  }

  get remaining(): number {
    return Math.max(0, this.max - this.used);
  }

  use(amount: number): void {
    this.#uses.push({ at: this.#now(), amount });
  }
}
