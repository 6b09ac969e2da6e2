import { createHash, createHmac } from 'node:crypto';

/**
 * The headers by which a receiver knows HubSpot: signature v3, and v1 as HubSpot still sends it beside.
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
 * @param url the whole address as the receiver sees it
 * @param at milliseconds since 1970
 */
export function signatureHeaders(secret: string, url: string, body: string, at: number): Record<string, string> {
  const signed = `POST${decodeForSignature(url)}${body}${at}`;
  return {
    'X-HubSpot-Signature-v3': createHmac('sha256', secret).update(signed).digest('base64'),
    'X-HubSpot-Request-Timestamp': String(at),
    'X-HubSpot-Signature': createHash('sha256')
      .update(secret + body)
      .digest('hex'),
    'X-HubSpot-Signature-Version': 'v1',
  };
}

/** HubSpot signs the address with these escapes undone, and no others. */
function decodeForSignature(url: string): string {
  return url.replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
