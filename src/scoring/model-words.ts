import { z } from 'zod';
import { asText } from '../base/as-text.ts';

/** The id of a model, criterion, persona or rule, and a flag. */
export const idWord = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    error: ({ input }) =>
      `write it in lower case, with - between words, such as ${asWord(input, '-') ?? 'pricing-page'}`,
  })
  .max(60)
  .refine((word) => word !== 'constructor', '"constructor" is a word of JavaScript’s own: use another');

/** Words for people, on one line. */
export const label = z.string().trim().min(1).max(80).regex(/^.*$/, 'must be on one line');

/** The most that something can add up to. */
export const limit = z.int().min(1).max(1_000_000);

/** What somebody wrote as a word that can stand here; undefined where nothing is left of it, or it is a credential. */
export function asWord(input: unknown, between: '-' | '_'): string | undefined {
  const text = asText(input).slice(0, 60).toLowerCase();
  return /\bpat-|\bbearer\s/.test(text) ? undefined : text.match(/[a-z0-9]+/g)?.join(between);
}
