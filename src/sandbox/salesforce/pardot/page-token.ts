import { z } from 'zod';
import { HOUR } from '../../../base/clock.ts';
import { pardotError } from './pardot-error.ts';

/** Where a sequence of pages stands, and all that its first request asked for. */
const sequence = z.object({
  object: z.string(),
  /** The filters as they were sent. */
  filters: z.array(z.tuple([z.string(), z.string()])),
  orderBy: z.string(),
  descending: z.boolean(),
  deleted: z.string(),
  limit: z.number(),
  /** The last record that was sent: what it is sorted by, and its id. */
  last: z.tuple([z.union([z.string(), z.number(), z.boolean(), z.null()]), z.number()]),
  /** How many records the sequence has sent. */
  sent: z.number(),
  /** Milliseconds since 1970. */
  at: z.number(),
});

export type Sequence = z.infer<typeof sequence>;

export const TOKEN_LIFE = 4 * HOUR;

export function writeToken(at: Sequence): string {
  return Buffer.from(JSON.stringify(at)).toString('base64url');
}

/** @throws error 210 for a token that is too old, 211 for what is no token of this object */
export function readToken(token: string, object: string, now: number): Sequence {
  const parsed = sequence.safeParse(decoded(token));
  if (!parsed.success || parsed.data.object !== object) throw pardotError(211, 'Page token is invalid.');
  if (now - parsed.data.at > TOKEN_LIFE) throw pardotError(210, 'Page token has expired.');
  return parsed.data;
}

function decoded(token: string): unknown {
  const text = Buffer.from(token, 'base64url').toString();
  // What is no letter of a token is passed over in decoding.
  if (Buffer.from(text).toString('base64url') !== token) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
