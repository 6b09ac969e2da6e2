import { type Clock, systemClock } from '../../../src/base/clock.ts';

/** The machine's clock, that can be moved ahead: so nobody waits for minutes that only have to pass. */
export interface MovableClock extends Clock {
  move(ms: number): void;
}

export function createMovableClock(): MovableClock {
  let ahead = 0;
  return {
    now: () => systemClock.now() + ahead,
    sleep: systemClock.sleep,
    move(ms) {
      ahead += ms;
    },
  };
}
