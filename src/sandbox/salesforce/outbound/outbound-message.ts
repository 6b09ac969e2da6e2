import type { OrgChange } from '../org/org.ts';
import type { SalesforceRecord } from '../org/record.ts';
import { soapValue } from './soap-value.ts';

/** When a change of a record is told of. */
export interface Trigger {
  /** API name: `Lead`. */
  readonly object: string;
  /** Which changes: those that create or update, unless told. */
  readonly on?: readonly OrgChange['kind'][];
  /** An update is told of only where one of these fields has another value than before; any where absent. */
  readonly changed?: readonly string[];
  /** What the record must be like; as it comes where absent. */
  readonly when?: (record: SalesforceRecord) => boolean;
}

/** An Outbound Message that an administrator defined, with the flow that sends it. */
export interface OutboundMessage extends Trigger {
  readonly name: string;
  /** Where it is sent to. */
  readonly url: string;
  /** What is told of a record beside its Id; nothing more unless told. */
  readonly fields?: readonly string[];
}

export function isTriggered(
  { object, on = ['created', 'updated'], changed, when }: Trigger,
  change: OrgChange,
): boolean {
  if (change.record.type.name !== object || !on.includes(change.kind)) return false;
  if (change.kind === 'updated' && changed !== undefined && !changed.some((name) => change.fields.includes(name)))
    return false;
  return when?.(change.record) ?? true;
}

/** What is told of a record, as it is now: its Id first, then the message's fields by the alphabet. */
export function toldFields({ fields = [] }: OutboundMessage, record: SalesforceRecord): [string, string | null][] {
  const names = [...new Set(fields)].filter((name) => name !== 'Id').sort();
  const told = names.flatMap((name): [string, string | null][] => {
    const field = record.type.field(name);
    return field === undefined ? [] : [[field.name, soapValue(field, record.get(name))]];
  });
  return [['Id', record.id], ...told];
}
