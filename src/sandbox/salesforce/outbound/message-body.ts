import type { Org } from '../org/org.ts';
import type { Batch } from './notification-queue.ts';
import { notificationXml } from './notification-xml.ts';
import { toldFields } from './outbound-message.ts';

const API_VERSION = '68.0';

/** What is posted: the records are as they are now, whatever they were when they changed. @param actionId 04k… */
export function messageBody({ settings }: Org, actionId: string, { message, notifications }: Batch): string {
  const { organizationId, myDomain } = settings;
  const soapUrl = (kind: 'c' | 'u') =>
    `https://${myDomain}.my.salesforce.com/services/Soap/${kind}/${API_VERSION}/${organizationId.slice(0, 15)}`;
  return notificationXml({
    organizationId,
    actionId,
    enterpriseUrl: soapUrl('c'),
    partnerUrl: soapUrl('u'),
    object: message.object,
    notifications: notifications.map(({ id, record }) => ({ id, fields: toldFields(message, record) })),
  });
}
