import { type Field, type FieldValue, makeField, type NewField } from './field.ts';
import { fullId, mintId } from './ids.ts';
import { SalesforceRecord } from './record.ts';
import { TimeIndex } from './time-index.ts';
import { ValueIndex } from './value-index.ts';

/** What an object is called and made of, before there are records of it. */
export interface ObjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** What the ids of its records begin with. */
  readonly keyPrefix: string;
  readonly fields: readonly NewField[];
  /** False for what the API shows and does not change, such as LeadStatus. */
  readonly writable?: boolean;
}

/** One object of an org, such as Lead: its fields, its records in order of their ids, and indexes over them. */
export class ObjectType {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string;
  readonly writable: boolean;
  /** Those in the recycle bin and the purged too. */
  readonly all: SalesforceRecord[] = [];
  readonly deletedSlot: number;
  /** By the name in lower case. */
  readonly #fields = new Map<string, Field>();
  /** By the name as it is written: the usual one. */
  readonly #named = new Map<string, Field>();
  readonly #byId = new Map<string, SalesforceRecord>();
  readonly #timeIndexes = new Map<number, TimeIndex>();
  readonly #valueIndexes = new Map<number, ValueIndex>();
  #slots = 0;
  #list: readonly Field[] | undefined;
  #empty: FieldValue[] | undefined;

  constructor({ name, label, labelPlural, keyPrefix, fields, writable = true }: ObjectDefinition) {
    this.name = name;
    this.label = label;
    this.labelPlural = labelPlural;
    this.keyPrefix = keyPrefix;
    this.writable = writable;
    for (const field of fields) this.addField(field);
    // Objects that cannot be deleted, such as Organization, have no such field: nothing lies there.
    this.deletedSlot = this.field('IsDeleted')?.slot ?? -1;
  }

  /** In the order in which they were made. */
  fields(): readonly Field[] {
    this.#list ??= [...this.#fields.values()];
    return this.#list;
  }

  /** By its name in any case. */
  field(name: string): Field | undefined {
    return this.#named.get(name) ?? this.#fields.get(name.toLowerCase());
  }

  addField(field: NewField): Field {
    return this.#keep(makeField(this.#slots++, field));
  }

  /** Replaces what is said of a field, such as its picklist values; its values stay. */
  changeField(name: string, change: Partial<NewField>): Field | undefined {
    const before = this.field(name);
    if (before === undefined) return undefined;
    return this.#keep(makeField(before.slot, { ...before, ...change, name: before.name }));
  }

  /** A field made anew under the same name starts empty: it has another slot. */
  removeField(name: string): void {
    const gone = this.field(name);
    if (gone === undefined) return;
    this.#fields.delete(gone.name.toLowerCase());
    this.#named.delete(gone.name);
    this.#forget();
  }

  /** By an id of 15 or 18 characters, in the recycle bin or not. */
  find(id: string): SalesforceRecord | undefined {
    const found = this.#byId.get(id);
    if (found !== undefined || id.length !== 15) return found;
    const full = fullId(id);
    return full === undefined ? undefined : this.#byId.get(full);
  }

  /** What a new record begins with: the fields' defaults. */
  emptySlots(): FieldValue[] {
    this.#empty ??= this.#defaults();
    return this.#empty.slice();
  }

  /** Neither in the recycle bin nor purged. */
  live(): SalesforceRecord[] {
    return this.all.filter((record) => !record.isDeleted && !record.isPurged);
  }

  /** The place of the first record whose id is not below this one. */
  placeOf(id: string): number {
    let low = 0;
    let high = this.all.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.all[middle]?.id ?? '') < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Adds a record of these values by slot; mints its id unless told. */
  add(slots: FieldValue[], id?: string): SalesforceRecord {
    const index = this.all.length;
    // With gaps, as ids are.
    const minted = id ?? mintId(this.keyPrefix, 41_000 + index * 7 + ((index * 2_654_435_761) >>> 30));
    const record = new SalesforceRecord(minted, this, index, slots);
    slots[0] = minted;
    this.all.push(record);
    this.#byId.set(minted, record);
    for (const timeIndex of this.#timeIndexes.values()) timeIndex.changed(record);
    for (const [slot, valueIndex] of this.#valueIndexes) valueIndex.add(record, slots[slot] ?? null);
    return record;
  }

  /** Writes one value, and keeps the indexes in step. */
  write(record: SalesforceRecord, { slot }: Field, value: FieldValue): void {
    const { slots } = record;
    // A type that has grown fields since: no holes, they cost memory.
    while (slots.length < slot) slots.push(null);
    slots[slot] = value;
    this.#timeIndexes.get(slot)?.changed(record);
    this.#valueIndexes.get(slot)?.add(record, value);
  }

  purge(record: SalesforceRecord): void {
    this.#byId.delete(record.id);
    record.slots = [];
    for (const timeIndex of this.#timeIndexes.values()) timeIndex.changed(record);
  }

  /** Records in order of a date-time field and then of their ids; made when it is first asked for. */
  timeIndex({ slot }: Field): TimeIndex {
    let index = this.#timeIndexes.get(slot);
    if (index === undefined) {
      index = new TimeIndex(slot, this.all);
      this.#timeIndexes.set(slot, index);
    }
    return index;
  }

  /** Records by the text of a field in lower case; made when it is first asked for. */
  valueIndex({ slot }: Field): ValueIndex {
    let index = this.#valueIndexes.get(slot);
    if (index === undefined) {
      index = new ValueIndex();
      for (const record of this.all) index.add(record, record.slots[slot] ?? null);
      this.#valueIndexes.set(slot, index);
    }
    return index;
  }

  /** The live records whose field has this value. */
  where(name: string, value: string): SalesforceRecord[] {
    const field = this.field(name);
    if (field === undefined) return [];
    const wanted = value.toLowerCase();
    return this.valueIndex(field)
      .get(value)
      .filter((record) => {
        const held = record.slots[field.slot];
        return !record.isDeleted && typeof held === 'string' && held.toLowerCase() === wanted;
      });
  }

  #defaults(): FieldValue[] {
    const slots: FieldValue[] = new Array(this.#slots).fill(null);
    for (const { slot, defaultValue } of this.fields()) slots[slot] = defaultValue;
    return slots;
  }

  #keep(field: Field): Field {
    this.#forget();
    this.#fields.set(field.name.toLowerCase(), field);
    this.#named.set(field.name, field);
    return field;
  }

  /** What was worked out from the fields, which have changed. */
  #forget(): void {
    this.#list = undefined;
    this.#empty = undefined;
  }
}
