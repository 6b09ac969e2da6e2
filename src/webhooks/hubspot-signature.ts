import { createHmac, timingSafeEqual } from 'node:crypto';
import { TOLERANCE } from './refusal.ts';

export interface SignedRequest {
  readonly method: string;
  /** The whole public address that HubSpot called. */
  readonly uri: string;
  /** As it arrived: serialising it anew would change the signature. */
  readonly body: Buffer;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/**
 * Whether HubSpot signed the request with one of these secrets (version 3: HMAC-SHA256 over method, address, body and
 * timestamp). Several secrets are valid while one replaces the other.
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
 */
export function isSignedByHubspot(request: SignedRequest, secrets: readonly string[], now: number): boolean {
  const { method, uri, body, timestamp, signature } = request;
  if (timestamp === undefined || signature === undefined || !/^\d{1,15}$/.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp)) > TOLERANCE) return false;
  const given = Buffer.from(signature, 'base64');
  let valid = false;
  // Every secret is tried, so that the time taken does not tell which one fits.
  for (const secret of secrets) {
    const hmac = createHmac('sha256', secret)
      .update(method + decodeUri(uri))
      .update(body)
      .update(timestamp);
    const expected = hmac.digest();
    if (given.length === expected.length && timingSafeEqual(given, expected)) valid = true;
  }
  return valid;
}

/** HubSpot signs the address with these few escapes undone, and no others. */
function decodeUri(uri: string): string {
  return uri.replace(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, decodeURIComponent);
}
