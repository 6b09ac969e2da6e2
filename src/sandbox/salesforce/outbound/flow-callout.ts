import type { SalesforceRecord } from '../org/record.ts';
import type { Trigger } from './outbound-message.ts';

/** A flow that an administrator built: it calls an address with JSON, once a change, and never again. */
export interface FlowCallout extends Trigger {
  readonly name: string;
  readonly url: string;
  /** From the named credential: the header that the receiver knows the org by. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What is sent of a record; `{"records": [{"object": "Lead", "id": "00Q…"}]}` unless told. */
  readonly body?: (record: SalesforceRecord) => unknown;
}

export function calloutBody({ body }: FlowCallout, record: SalesforceRecord): string {
  return JSON.stringify(body?.(record) ?? { records: [{ object: record.type.name, id: record.id }] });
}
