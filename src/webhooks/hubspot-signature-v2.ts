import { createHash, timingSafeEqual } from 'node:crypto';
import type { SignedRequest } from './hubspot-signature.ts';

/**
 * Whether HubSpot signed the request of a workflow with one of these secrets (version 2: SHA-256 over secret, method, address
 * and body, in hexadecimal). It covers no time, so whoever takes such a request must not mind one that is sent again.
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
 */
export function isSignedByWorkflow(
  { method, uri, body }: Pick<SignedRequest, 'method' | 'uri' | 'body'>,
  signature: string | undefined,
  secrets: readonly string[],
): boolean {
  if (signature === undefined || !/^[0-9a-f]{64}$/i.test(signature)) return false;
  const given = Buffer.from(signature, 'hex');
  let valid = false;
  // Every secret is tried, so that the time taken does not tell which one fits.
  for (const secret of secrets) {
    const expected = createHash('sha256')
      .update(secret + method + uri)
      .update(body)
      .digest();
    if (timingSafeEqual(given, expected)) valid = true;
  }
  return valid;
}
