import { type Clock, DAY, HOUR } from '../../../base/clock.ts';

/** The API requests of the last 24 hours, counted by the hour. */
export class DailyRequests {
  /** A test may lower it. */
  max: number;
  readonly #clock: Clock;
  /** By the hour since 1970 in which they came. */
  readonly #hours = new Map<number, number>();

  constructor(clock: Clock, max: number) {
    this.#clock = clock;
    this.max = max;
  }

  get used(): number {
    const oldest = this.#clock.now() - DAY;
    let used = 0;
    for (const [hour, count] of this.#hours) {
      if (hour * HOUR <= oldest) this.#hours.delete(hour);
      else used += count;
    }
    return used;
  }

  get remaining(): number {
    return Math.max(0, this.max - this.used);
  }

  /** Counts one; false where none was left: answer REQUEST_LIMIT_EXCEEDED. */
  take(): boolean {
    if (this.remaining === 0) return false;
    const hour = Math.floor(this.#clock.now() / HOUR);
    this.#hours.set(hour, (this.#hours.get(hour) ?? 0) + 1);
    return true;
  }
}
