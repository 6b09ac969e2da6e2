import { acceptSalesforce } from './accept-salesforce.ts';
import type { Receiving } from './receiving.ts';
import { parseSalesforceRecord } from './salesforce-record.ts';
import { isSalesforceSecret } from './salesforce-secret.ts';
import type { WebhookRoute } from './webhook-route.ts';

const HEADER = 'X-Leadgauge-Secret';

/** Apex has 200 records at once in a trigger. */
const MOST = 2_000;

const SHAPE = 'send { "records": [{ "object": "Lead", "id": "00Q…" }] }';

/**
 * A flow's HTTP callout, or Apex. It answers with an empty object: a flow cannot read an empty body.
 * https://help.salesforce.com/s/articleView?id=platform.flow_http_callout_considerations.htm
 */
export function salesforceFlowRoute(receiving: Receiving, secrets: readonly string[]): WebhookRoute {
  return {
    path: '/webhooks/salesforce/flow',
    usage: 'choose POST as the method of the HTTP callout',
    closed:
      secrets.length === 0
        ? 'SALESFORCE_WEBHOOK_SECRETS is not set where leadgauge runs: nothing is taken here'
        : undefined,
    refusal(request) {
      const given = request.get(HEADER);
      if (isSalesforceSecret(given, secrets)) return undefined;
      return given
        ? `the ${HEADER} it sends is none of SALESFORCE_WEBHOOK_SECRETS`
        : `it has no ${HEADER}: add that header to the external credential`;
    },
    async take(content) {
      const records = recordsOf(content);
      if (records === undefined) return SHAPE;
      if (records.length > MOST) return `send at most ${MOST.toLocaleString('en')} records at once`;
      const wrong = allWrong(records);
      if (wrong !== undefined) return `${wrong}: ${SHAPE}`;
      await acceptSalesforce(receiving, records, parseSalesforceRecord);
    },
    acknowledge(response, taken) {
      response.status(taken ? 200 : 503).json(taken ? {} : { error: 'the change is found by the next poll' });
    },
  };
}

/** One record, several in a list, or a list under `records`. */
function recordsOf(content: unknown): readonly unknown[] | undefined {
  if (typeof content !== 'object' || content === null) return undefined;
  if (Array.isArray(content)) return content;
  if (!('records' in content)) return [content];
  return Array.isArray(content.records) ? content.records : undefined;
}

/** What is wrong with the first record, where nothing can be used: whoever sets the sender up sees it at once. */
function allWrong(records: readonly unknown[]): string | undefined {
  const reasons: string[] = [];
  for (const record of records) {
    const parsed = parseSalesforceRecord(record);
    if (parsed === 'not ours' || !('malformed' in parsed)) return undefined;
    reasons.push(parsed.malformed);
  }
  return reasons[0];
}
