import { acceptHubspot } from './accept-hubspot.ts';
import { isSignedByHubspot } from './hubspot-signature.ts';
import type { Receiving } from './receiving.ts';
import { refusalOf } from './refusal.ts';
import { signedRequest } from './signed-request.ts';
import type { WebhookRoute } from './webhook-route.ts';

/** The events of a HubSpot app. */
export function hubspotRoute(
  receiving: Receiving,
  secrets: readonly string[],
  publicUrl: string | undefined,
): WebhookRoute {
  return {
    path: '/webhooks/hubspot',
    usage: 'send a POST',
    retryAfter: '5',
    refusal(request, body) {
      const signed = signedRequest(request, body, publicUrl);
      const now = receiving.clock.now();
      if (isSignedByHubspot(signed, secrets, now)) return undefined;
      const { signature, timestamp } = signed;
      return refusalOf({ signature, at: Number(timestamp), header: 'X-HubSpot-Signature-v3' }, now);
    },
    async take(content) {
      if (!isDelivery(content)) return 'send a JSON array of events';
      await acceptHubspot(receiving, content);
    },
  };
}

/** An array in which one entry at least is an object: the rest may be malformed, but this is no delivery at all without. */
function isDelivery(content: unknown): content is unknown[] {
  return Array.isArray(content) && (content.length === 0 || content.some(isPlainObject));
}

const isPlainObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
