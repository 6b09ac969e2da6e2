import { acceptSalesforce } from './accept-salesforce.ts';
import { parseNotification, parseOutboundMessage } from './outbound-message.ts';
import { outboundMessageAnswer } from './outbound-message-answer.ts';
import { parseXml } from './outbound-message-xml.ts';
import type { Receiving } from './receiving.ts';
import { longId } from './salesforce-id.ts';
import { isSalesforceSecret } from './salesforce-secret.ts';
import type { WebhookRoute } from './webhook-route.ts';

export interface SalesforceOptions {
  /** The last part of the address for outbound messages, and what a flow sends in its header; several while one replaces the other. */
  readonly secrets: readonly string[];
  /** The ids of the organizations whose outbound messages are taken, of 15 characters or 18. */
  readonly organizationIds: readonly string[];
}

/** Outbound messages, which nobody signs: a secret in the address and the organization's id stand in for it. */
export function salesforceRoute(receiving: Receiving, { secrets, organizationIds }: SalesforceOptions): WebhookRoute {
  const allowed = new Set(organizationIds.map(longId));
  // Salesforce shows nobody what an answer says.
  const refused = (why: string) => {
    receiving.log.warn(`an outbound message was refused, and Salesforce will send it again for 24 hours: ${why}`);
    return why;
  };
  return {
    path: '/webhooks/salesforce/:secret',
    usage: 'send a POST: this address is the Endpoint URL of an outbound message',
    body: { types: ['text/xml', 'application/xml', 'application/soap+xml'], parse: parseXml },
    closed: closedBy(secrets, organizationIds),
    isHere({ params: { secret } }) {
      return typeof secret === 'string' && isSalesforceSecret(secret, secrets);
    },
    refusal: () => undefined,
    async take(content) {
      const message = parseOutboundMessage(content);
      if ('malformed' in message) return refused(message.malformed);
      const { organizationId, notifications } = message;
      if (!allowed.has(organizationId)) {
        return refused(
          `it comes from the organization ${organizationId}: add that to SALESFORCE_ORGANIZATION_IDS if it is yours`,
        );
      }
      await acceptSalesforce(receiving, notifications, (raw) => parseNotification(raw, organizationId));
    },
    acknowledge(response, taken) {
      response
        .status(taken ? 200 : 503)
        .type('text/xml')
        .send(outboundMessageAnswer(taken));
    },
  };
}

function closedBy(secrets: readonly string[], organizationIds: readonly string[]): string | undefined {
  if (secrets.length > 0 && organizationIds.length > 0) return undefined;
  const missing = secrets.length === 0 ? 'SALESFORCE_WEBHOOK_SECRETS' : 'SALESFORCE_ORGANIZATION_IDS';
  return `${missing} is not set where leadgauge runs: nothing is taken here`;
}
