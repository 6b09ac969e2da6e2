import { acceptWorkflow } from './accept-workflow.ts';
import { isSignedByHubspot } from './hubspot-signature.ts';
import { isSignedByWorkflow } from './hubspot-signature-v2.ts';
import type { Receiving } from './receiving.ts';
import { refusalOf } from './refusal.ts';
import { signedRequest } from './signed-request.ts';
import type { WebhookRoute } from './webhook-route.ts';
import { parseWorkflowContact } from './workflow-contact.ts';

/**
 * The action "Send a webhook" of a HubSpot workflow. It names no time to come again: HubSpot takes that number for
 * milliseconds here. https://knowledge.hubspot.com/workflows/how-do-i-use-webhooks-with-hubspot-workflows
 */
export function workflowRoute(
  receiving: Receiving,
  secrets: readonly string[],
  publicUrl: string | undefined,
): WebhookRoute {
  return {
    path: '/webhooks/hubspot/workflow',
    usage: 'choose POST as the method of the webhook in the workflow',
    refusal(request, body) {
      const signed = signedRequest(request, body, publicUrl);
      const now = receiving.clock.now();
      if (isSignedByHubspot(signed, secrets, now)) return undefined;
      const version = request.get('x-hubspot-signature-version');
      const second = request.get('x-hubspot-signature');
      if (version === 'v2' && isSignedByWorkflow(signed, second, secrets)) return undefined;
      // Only the third version signs a time.
      const at = signed.signature === undefined ? undefined : Number(signed.timestamp);
      return refusalOf({ signature: signed.signature ?? second, at, header: 'X-HubSpot-Signature' }, now);
    },
    async take(content) {
      const contact = parseWorkflowContact(content);
      if ('malformed' in contact) return contact.malformed;
      await acceptWorkflow(receiving, contact);
    },
  };
}
