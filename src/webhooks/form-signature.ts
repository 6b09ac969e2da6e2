import { timingSafeEqual } from 'node:crypto';
import type { Webhook } from 'standardwebhooks';
import { SECOND } from '../base/clock.ts';
import { TOLERANCE } from './refusal.ts';

/** The headers of Standard Webhooks, and what they are about. */
export interface SignedForm {
  readonly id: string | undefined;
  /** Seconds since 1970. */
  readonly timestamp: string | undefined;
  /** One or several, with blanks between: a sender that replaces its secret may sign with both. */
  readonly signature: string | undefined;
  readonly body: Buffer;
}

/** Nobody signs with more secrets at once. */
const MOST_SIGNATURES = 10;

/**
 * Whether a site signed the request with one of these keys. The time is compared here and not by the package, which knows no
 * clock but the machine's. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function isSignedBySite({ id, timestamp, signature, body }: SignedForm, keys: readonly Webhook[], now: number) {
  if (!id || signature === undefined || timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  const at = Number(timestamp) * SECOND;
  if (Math.abs(now - at) > TOLERANCE) return false;
  const given = signature.split(' ', MOST_SIGNATURES).map((each) => Buffer.from(each));
  let valid = false;
  // Every key is tried, so that the time taken does not tell which one fits.
  for (const key of keys) {
    const expected = Buffer.from(key.sign(id, new Date(at), body));
    if (given.some((each) => each.length === expected.length && timingSafeEqual(each, expected))) valid = true;
  }
  return valid;
}
