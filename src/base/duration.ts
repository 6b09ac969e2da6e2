import { z } from 'zod';
import { DAY, HOUR, MINUTE, SECOND } from './clock.ts';

const UNITS: Readonly<Record<string, number>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };
const PATTERN = /^([1-9]\d{0,5})([smhdw])$/;
const HINT = 'write a whole number and a unit, such as 30s, 5m, 2h, 90d or 6w';

/** `30s`, `5m`, `2h`, `90d`, `6w` in milliseconds; undefined where the text is none, or is no time at all. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit = ''] = PATTERN.exec(text) ?? [];
  const size = UNITS[unit];
  return size === undefined ? undefined : Number(amount) * size;
}

/** A length of time as config has it, read into milliseconds. */
export const duration = z
  .string({ error: ({ input }) => (input === undefined ? undefined : complaint(input)) })
  .regex(PATTERN, { error: ({ input }) => complaint(input) })
  // A text that passed the pattern always parses; NaN only satisfies the type.
  .transform((text) => parseDuration(text) ?? Number.NaN)
  .meta({ description: 'A length of time: a whole number and s, m, h, d or w.' });

function complaint(input: unknown): string {
  if (input === null) return `a length of time is missing: ${HINT}`;
  const given = typeof input === 'object' ? 'this' : JSON.stringify(input).slice(0, 40);
  return `${given} is not a length of time: ${HINT}`;
}
