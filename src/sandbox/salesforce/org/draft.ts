import type { Field, FieldValue } from './field.ts';
import type { ObjectType } from './object-type.ts';
import type { SalesforceRecord } from './record.ts';
import type { Proposed } from './rules.ts';

/** A write that has not been made yet: what the record would be. */
export class Draft implements Proposed {
  readonly objectType: ObjectType;
  readonly before: SalesforceRecord | undefined;
  readonly changes = new Map<Field, FieldValue>();

  constructor(objectType: ObjectType, before?: SalesforceRecord) {
    this.objectType = objectType;
    this.before = before;
  }

  get type(): string {
    return this.objectType.name;
  }

  get(name: string): FieldValue {
    const field = this.objectType.field(name);
    if (field === undefined) return null;
    const changed = this.changes.get(field);
    return changed === undefined ? (this.before?.slots[field.slot] ?? null) : changed;
  }

  text(name: string): string {
    const value = this.get(name);
    return typeof value === 'string' ? value : '';
  }

  /** Does nothing where the object has no such field. */
  set(name: string, value: FieldValue): void {
    const field = this.objectType.field(name);
    if (field !== undefined) this.changes.set(field, value);
  }

  /** Whether this field will have another value than before. */
  isChanged(name: string): boolean {
    return this.get(name) !== (this.before?.get(name) ?? null);
  }
}
