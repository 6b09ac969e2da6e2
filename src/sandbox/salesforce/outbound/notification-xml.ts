/** One record as an Outbound Message tells it. */
export interface SentNotification {
  /** 04l…; the same however often it is sent. */
  readonly id: string;
  /** Field by field in the order of the message, as SOAP writes values; null is left out, as Salesforce leaves it out. */
  readonly fields: readonly (readonly [name: string, value: string | null])[];
}

export interface SentMessage {
  readonly organizationId: string;
  readonly actionId: string;
  /** The SOAP addresses of the org itself. */
  readonly enterpriseUrl: string;
  readonly partnerUrl: string;
  /** API name: `Lead`. */
  readonly object: string;
  /** One to a hundred. */
  readonly notifications: readonly SentNotification[];
}

/**
 * The body of an Outbound Message. Its session id has been empty for every org since February 2026.
 * https://developer.salesforce.com/docs/platform/api/guide/sforce-api-om-outboundmessaging-wsdl.html
 */
export function notificationXml(message: SentMessage): string {
  const { organizationId, actionId, enterpriseUrl, partnerUrl, object, notifications } = message;
  return `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <soapenv:Body>
  <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
   <OrganizationId>${xmlText(organizationId)}</OrganizationId>
   <ActionId>${xmlText(actionId)}</ActionId>
   <SessionId xsi:nil="true"/>
   <EnterpriseUrl>${xmlText(enterpriseUrl)}</EnterpriseUrl>
   <PartnerUrl>${xmlText(partnerUrl)}</PartnerUrl>
${notifications.map((one) => oneXml(object, one)).join('\n')}
  </notifications>
 </soapenv:Body>
</soapenv:Envelope>`;
}

function oneXml(object: string, { id, fields }: SentNotification): string {
  const lines = fields.flatMap(([name, value]) =>
    value === null ? [] : [`     <sf:${name}>${xmlText(value)}</sf:${name}>`],
  );
  return `   <Notification>
    <Id>${xmlText(id)}</Id>
    <sObject xsi:type="sf:${xmlText(object)}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">
${lines.join('\n')}
    </sObject>
   </Notification>`;
}

function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Whether an answer says that all the notifications of a message have arrived. */
export function isAcknowledged(status: number | undefined, text: string): boolean {
  if (status !== 200) return false;
  return /<(?:\w+:)?notificationsResponse[\s>][\s\S]*?<(?:\w+:)?Ack(?:\s[^>]*)?>\s*(?:true|1)\s*<\/(?:\w+:)?Ack>/.test(
    text,
  );
}
