import { DAY, HOUR, MINUTE, SECOND } from '../base/clock.ts';

const UNITS = [
  ['d', DAY, 2 * DAY],
  ['h', HOUR, 2 * HOUR],
  ['min', MINUTE, 2 * MINUTE],
  ['s', SECOND, 0],
] as const;

/** About how long, short enough for a column: `12 s`, `4 min`, `30 h`, `9 d`. In milliseconds. */
export function ageText(ms: number): string {
  const [unit, size] = UNITS.find(([, , from]) => ms >= from) ?? ['s', SECOND];
  return `${Math.max(0, Math.floor(ms / size)).toLocaleString('en-US')} ${unit}`;
}
