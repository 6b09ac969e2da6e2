import type { PropertyType } from './property.ts';

/** A property that every portal has. */
export interface BuiltInProperty {
  readonly name: string;
  readonly type: PropertyType;
  readonly fieldType: string;
  readonly group: string;
  readonly readOnly?: boolean;
  readonly calculated?: boolean;
  readonly custom?: boolean;
  readonly options?: readonly string[];
  /** What its values are the ids of. */
  readonly references?: 'OWNER' | 'COMPANY';
}

/** What has properties, for messages. */
export type RecordWord = 'contact' | 'company' | 'call' | 'meeting' | 'email' | 'task' | 'deal';

/** What one type of record has from the start. */
export interface BuiltIns {
  readonly of: RecordWord;
  /** Labels of the groups by their names. */
  readonly groups: Readonly<Record<string, string>>;
  readonly properties: readonly BuiltInProperty[];
}

/** In the order in which a record passes through them. */
export const LIFECYCLE_STAGES = [
  'subscriber',
  'lead',
  'marketingqualifiedlead',
  'salesqualifiedlead',
  'opportunity',
  'customer',
  'evangelist',
  'other',
];

/** Text that anyone may write. */
export function text(name: string, group: string): BuiltInProperty {
  return { name, type: 'string', fieldType: 'text', group };
}

/** A number that HubSpot alone writes. */
export function number(name: string, group: string): BuiltInProperty {
  return { name, type: 'number', fieldType: 'number', group, readOnly: true };
}

/** A time that HubSpot alone writes. */
export function instant(name: string, group: string): BuiltInProperty {
  return { name, type: 'datetime', fieldType: 'date', group, readOnly: true };
}

/** The same, worked out by HubSpot from something else. */
export function calculated(property: BuiltInProperty): BuiltInProperty {
  return { ...property, readOnly: true, calculated: true };
}
