import { isForward } from './lifecycle.ts';
import type { Property } from './property.ts';
import type { PropertyRegistry } from './property-registry.ts';
import type { CrmRecord, Value, Values } from './record.ts';
import { SearchIndex } from './search-index.ts';

export interface Writing {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** False where the change is none that moves the record's time of change. */
  readonly touch?: boolean;
  /** Told of every value that changed, once it is stored. */
  readonly wrote?: (property: Property, before: Value | undefined, value: Value | undefined) => void;
}

/** One type of record: which properties there are, how values are read and written, and what search knows of them. */
export class RecordTable<T extends CrmRecord> {
  readonly properties: PropertyRegistry;
  /** The property that tells when a record changed last. */
  readonly modified: string;
  /** The property that tells when it was made. */
  readonly created: string;
  readonly index: SearchIndex;

  constructor(properties: PropertyRegistry, modified: string, created = 'createdate') {
    this.properties = properties;
    this.modified = modified;
    this.created = created;
    this.index = new SearchIndex(properties.slot(modified));
  }

  /** A value as stored: a number for numbers and date-times (milliseconds). */
  valueOf(record: T, property: string): Value | undefined {
    const slot = this.properties.get(property)?.slot;
    return slot === undefined ? undefined : record.values[slot];
  }

  /** As `valueOf`, for text; undefined for all else. */
  textOf(record: T, property: string): string | undefined {
    const value = this.valueOf(record, property);
    return typeof value === 'string' ? value : undefined;
  }

  /** As `valueOf`, for numbers; undefined for all else. */
  numberOf(record: T, property: string): number | undefined {
    const value = this.valueOf(record, property);
    return typeof value === 'number' ? value : undefined;
  }

  /** A new record's values by slot, but for its id. A name that stands in several parts has the value of the last. */
  slotsOf(parts: readonly Values[], at: { created: number; modified: number }): (Value | undefined)[] {
    const slots: (Value | undefined)[] = new Array(this.properties.slots).fill(undefined);
    for (const part of parts) {
      for (const name of Object.keys(part)) slots[this.properties.slot(name)] = part[name];
    }
    slots[this.properties.slot(this.created)] = at.created;
    slots[this.properties.slot(this.modified)] = at.modified;
    return slots;
  }

  /**
   * Writes values, known to be valid. A lifecycle stage that would go backward is left as it is, without a word, as
   * HubSpot does. Moves the record's time of change unless everything written is calculated or `touch` is false.
   */
  write(record: T, values: Values, { at, touch = true, wrote }: Writing): void {
    this.index.changing(record, at);
    let touched = false;
    for (const [name, value] of Object.entries(values)) {
      const property = this.properties.get(name);
      if (property === undefined) continue;
      touched ||= !property.calculated;
      const before = record.values[property.slot];
      if (before === value) continue;
      if (name === 'lifecyclestage' && !isForward(property.options, before, value)) continue;
      // A portal that has grown properties since: no holes, they cost memory.
      while (record.values.length < property.slot) record.values.push(undefined);
      record.values[property.slot] = value;
      wrote?.(property, before, value);
    }
    if (touched && touch) record.values[this.properties.slot(this.modified)] = at;
    this.index.changed(record);
  }
}
