import type { FieldValue } from './field.ts';
import type { ObjectType } from './object-type.ts';

/** One record of an org. Its values lie by the slots of its fields: that is what keeps hundreds of thousands small. */
export class SalesforceRecord {
  /** 18 characters. */
  readonly id: string;
  readonly type: ObjectType;
  /** Its place among all records of its type: rises as the id does. */
  readonly index: number;
  /** Changed by `Org` alone. Shorter than the type has fields where some were added since. Empty once it is purged. */
  slots: FieldValue[];

  constructor(id: string, type: ObjectType, index: number, slots: FieldValue[]) {
    this.id = id;
    this.type = type;
    this.index = index;
    this.slots = slots;
  }

  /** The value of a field by its name in any case; null where it has none or there is no such field. */
  get(name: string): FieldValue {
    const field = this.type.field(name);
    return field === undefined ? null : (this.slots[field.slot] ?? null);
  }

  /** As `get`, for text; undefined for all else. */
  text(name: string): string | undefined {
    const value = this.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  /** As `get`, for numbers and date-times; undefined for all else. */
  number(name: string): number | undefined {
    const value = this.get(name);
    return typeof value === 'number' ? value : undefined;
  }

  flag(name: string): boolean {
    return this.get(name) === true;
  }

  /** In the recycle bin: only queryAll shows it. */
  get isDeleted(): boolean {
    return this.slots[this.type.deletedSlot] === true;
  }

  /** Gone for good: nothing shows it. */
  get isPurged(): boolean {
    return this.slots.length === 0;
  }

  /** Milliseconds since 1970. */
  get systemModstamp(): number {
    return this.number('SystemModstamp') ?? 0;
  }

  /** Every value that is not null, by name. */
  values(): Record<string, FieldValue> {
    const values: Record<string, FieldValue> = {};
    for (const { name, slot } of this.type.fields()) {
      const value = this.slots[slot];
      if (value !== undefined && value !== null) values[name] = value;
    }
    return values;
  }
}
