import { ORGANIZATION } from './salesforce-receiver.ts';

/** The fields of the record by name; `object` is what Salesforce calls it. */
export interface ToldRecord {
  readonly notificationId?: string;
  readonly object?: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** An outbound message as Salesforce's documentation shows it, and as orgs were seen to send it. */
export function outboundMessage(records: readonly ToldRecord[], organizationId = ORGANIZATION): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <soapenv:Body>
  <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
   <OrganizationId>${organizationId}</OrganizationId>
   <ActionId>04kGg0000004CbMIAU</ActionId>
   <SessionId xsi:nil="true"/>
   <EnterpriseUrl>https://acme.my.salesforce.com/services/Soap/c/68.0/${organizationId}</EnterpriseUrl>
   <PartnerUrl>https://acme.my.salesforce.com/services/Soap/u/68.0/${organizationId}</PartnerUrl>
${records.map(notification).join('\n')}
  </notifications>
 </soapenv:Body>
</soapenv:Envelope>`;
}

function notification({ notificationId, object = 'Lead', fields }: ToldRecord, index: number): string {
  const lines = Object.entries(fields).map(([name, value]) => `     <sf:${name}>${value}</sf:${name}>`);
  return `   <Notification>
    <Id>${notificationId ?? idOf('04l', index)}</Id>
    <sObject xsi:type="sf:${object}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">
${lines.join('\n')}
    </sObject>
   </Notification>`;
}

/** An id of 18 characters that begins so: `00Q` for a lead. */
export function idOf(prefix: string, number: number): string {
  const capitals = [...prefix].reduce((sum, letter, place) => sum + (/[A-Z]/.test(letter) ? 2 ** place : 0), 0);
  return `${prefix}${String(number).padStart(12, '0')}${'ABCDEFGH'.charAt(capitals)}AA`;
}
