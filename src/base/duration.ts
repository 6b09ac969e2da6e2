import { z } from 'zod';
import { asText } from './as-text.ts';
import { DAY, HOUR, MINUTE, SECOND } from './clock.ts';
import { durationAdvice } from './duration-advice.ts';
import { excerpt } from './excerpt.ts';

const UNITS: Readonly<Record<string, number>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };
const PATTERN = /^([1-9]\d{0,5})([smhdw])$/;
/** Whatever is longer was mistyped: no CRM keeps what was done so long ago. */
const LONGEST = 3650 * DAY;

/** `30s`, `5m`, `2h`, `90d`, `6w` in milliseconds; undefined where the text is none, or is no time at all. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit = ''] = PATTERN.exec(text) ?? [];
  const size = UNITS[unit];
  return size === undefined ? undefined : Number(amount) * size;
}

/** A length of time as config has it, of up to ten years, read into milliseconds. */
export const duration = z
  .string({ error: ({ input }) => (input === undefined ? undefined : complaint(input)) })
  .regex(PATTERN, { error: ({ input }) => complaint(input) })
  .refine((text) => (parseDuration(text) ?? 0) <= LONGEST, {
    error: ({ input }) => `"${String(input)}" is longer than ten years: write 3650d or less`,
  })
  // A text that passed the pattern always parses; NaN only satisfies the type.
  .transform((text) => parseDuration(text) ?? Number.NaN)
  .meta({ description: 'A length of time: a whole number and s, m, h, d or w.' });

function complaint(input: unknown): string {
  if (input === null) return `a length of time is missing: ${durationAdvice('')}`;
  const other = Array.isArray(input) ? 'a list' : typeof input === 'object' ? 'this' : String(input);
  const given = typeof input === 'string' ? JSON.stringify(excerpt(input)) : other;
  return `${given} is not a length of time: ${durationAdvice(asText(input))}`;
}
