/**
 * What Salesforce reads of an answer. Only 200 with `true` ends a message; after anything else it sends the message again, later
 * and later up to every two hours, for 24 hours. The reason of a refusal it shows to nobody.
 * https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging_listener.htm
 */
export function outboundMessageAnswer(acknowledged: boolean): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">
  <soapenv:Body>
    <notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound">
      <Ack>${acknowledged}</Ack>
    </notificationsResponse>
  </soapenv:Body>
</soapenv:Envelope>
`;
}
