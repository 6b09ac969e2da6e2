import { createHmac } from 'node:crypto';

/** What a portal's webhooks send, and to whom. */
export interface DeliveryOptions {
  /** Where the receiver listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly secret: string;
  /** How many events each delivery has; HubSpot sends 100 at most. */
  readonly events: number;
  readonly deliveries: number;
  /** The number of the first event: no two of a benchmark are the same. */
  readonly from: number;
  /** When they are signed, in milliseconds since 1970. */
  readonly now: number;
}

/** The path that both receivers listen at. */
export const PATH = '/webhooks/hubspot';

/** Whole HTTP requests, signed as HubSpot does it and ready to be sent. They are good for five minutes. */
export function deliveriesOf({ url, secret, events, deliveries, from, now }: DeliveryOptions): Buffer[] {
  return Array.from({ length: deliveries }, (_, delivery) => {
    const first = from + delivery * events;
    const body = JSON.stringify(Array.from({ length: events }, (__, event) => eventOf(first + event, now)));
    const timestamp = String(now);
    const signature = createHmac('sha256', secret).update(`POST${url}${PATH}${body}${timestamp}`).digest('base64');
    const head = [
      `POST ${PATH} HTTP/1.1`,
      `host: ${new URL(url).host}`,
      'user-agent: HubSpot Connect 2.0 (http://dev.hubspot.com/) (namespace: webhooks-nio-http-client)',
      'accept: */*',
      'accept-encoding: gzip',
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-hubspot-request-timestamp: ${timestamp}`,
      `x-hubspot-signature-v3: ${signature}`,
      'x-hubspot-signature-version: v1',
    ];
    return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
  });
}

/** How many contacts the portal has, so that a delivery rarely names one twice. */
const CONTACTS = 100_000;

/** https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide */
function eventOf(number: number, now: number): object {
  return {
    eventId: 3_000_000_000 + number,
    subscriptionId: 25,
    portalId: 24_500_001,
    appId: 1_160_452,
    occurredAt: now,
    subscriptionType: 'contact.propertyChange',
    attemptNumber: 0,
    // A step that has no factor in common with the number of contacts comes past all of them.
    objectId: 1 + ((number * 7_919) % CONTACTS),
    changeSource: 'CRM_UI',
    sourceId: 'userId:9186259',
    propertyName: 'jobtitle',
    propertyValue: 'VP of Engineering',
  };
}
