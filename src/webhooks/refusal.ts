import { MINUTE } from '../base/clock.ts';

/** How far a sender's clock and ours may be apart, either way, in milliseconds. */
export const TOLERANCE = 5 * MINUTE;

export interface Refused {
  readonly signature: string | undefined;
  /** When it was signed, in milliseconds since 1970; undefined where what is signed has no time, NaN where it is unreadable. */
  readonly at: number | undefined;
  /** The header that the signature is looked for in. */
  readonly header: string;
}

/** What is wrong with a request that is not genuine, as far as anybody can see it who knows no secret. */
export function refusalOf({ signature, at, header }: Refused, now: number): string {
  if (!signature) return `it is not signed: it has no ${header}`;
  if (Number.isNaN(at)) return 'it has no time that can be read';
  if (at !== undefined && Math.abs(now - at) > TOLERANCE)
    return 'its time is more than five minutes from now: it was sent before, or a clock is wrong';
  return 'the signature does not fit';
}
