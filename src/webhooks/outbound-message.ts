import { z } from 'zod';
import { salesforceId } from './salesforce-id.ts';
import { type ParsedRecord, parseSalesforceRecord } from './salesforce-record.ts';

/** An outbound message, whose notifications are still to be read one by one. */
export interface OutboundMessage {
  /** Of 18 characters. */
  readonly organizationId: string;
  /** One to a hundred. */
  readonly notifications: readonly unknown[];
}

const notifications = z.object({
  OrganizationId: salesforceId,
  Notification: z.array(z.unknown()).min(1).max(100),
});
const schema = z.object({ Envelope: z.object({ Body: z.object({ notifications }) }) });

/**
 * `malformed` says what is wrong, and never a value.
 * https://developer.salesforce.com/docs/platform/api/guide/sforce-api-om-outboundmessaging-wsdl.html
 */
export function parseOutboundMessage(content: unknown): OutboundMessage | { readonly malformed: string } {
  if (content === undefined)
    return { malformed: 'it is no XML that is read here: send what Salesforce sends, in UTF-8' };
  const result = schema.safeParse(content);
  if (!result.success) {
    const field = result.error.issues[0]?.path[3];
    return { malformed: field === undefined ? 'it is no outbound message' : `its ${String(field)} is unusable` };
  }
  const { OrganizationId, Notification } = result.data.Envelope.Body.notifications;
  return { organizationId: OrganizationId, notifications: Notification };
}

const notification = z.object({ Id: salesforceId, sObject: z.unknown() });

/** One notification of an organization's message; it keeps its id however often Salesforce sends it. */
export function parseNotification(raw: unknown, organizationId: string): ParsedRecord {
  const result = notification.safeParse(raw);
  if (!result.success) return { malformed: 'the notification has no Id' };
  const { Id, sObject } = result.data;
  const record = parseSalesforceRecord(sObject);
  if (record === 'not ours' || 'malformed' in record) return record;
  return { ...record, key: `${organizationId}-${Id}` };
}
