import type { BuiltIns, RecordWord } from './built-in.ts';
import type { Property, PropertyOption, PropertyType } from './property.ts';

export interface NewProperty {
  readonly name: string;
  readonly label: string;
  readonly type: PropertyType;
  readonly fieldType: string;
  readonly groupName: string;
  readonly description?: string;
  readonly options?: readonly PropertyOption[];
}

export interface PropertyGroup {
  readonly name: string;
  readonly label: string;
  readonly hubspotDefined: boolean;
}

/** The properties of one type of record, and their groups. */
export class PropertyRegistry {
  /** What has these properties, for messages. */
  readonly of: RecordWord;
  readonly groups = new Map<string, PropertyGroup>();
  readonly #byName = new Map<string, Property>();
  readonly #archived = new Map<string, Property>();
  #nextSlot = 0;

  constructor({ of, groups, properties }: BuiltIns, now: number) {
    this.of = of;
    for (const [name, label] of Object.entries(groups)) this.groups.set(name, { name, label, hubspotDefined: true });
    for (const { name, type, fieldType, group, readOnly, calculated, custom, options, references } of properties) {
      this.#byName.set(name, {
        name,
        slot: this.#nextSlot++,
        type,
        fieldType,
        hubspotDefined: custom !== true,
        readOnly: readOnly === true,
        calculated: calculated === true,
        references,
        createdAt: now,
        label: labelOf(name),
        description: '',
        groupName: group,
        options: (options ?? (type === 'bool' ? ['true', 'false'] : [])).map(asOption),
        updatedAt: now,
        usedBy: undefined,
        archivedAt: undefined,
      });
    }
  }

  get(name: string): Property | undefined {
    return this.#byName.get(name);
  }

  all(): IterableIterator<Property> {
    return this.#byName.values();
  }

  /** How many slots a record needs now. */
  get slots(): number {
    return this.#nextSlot;
  }

  /** The slot of a property that is there since the portal was made. */
  slot(name: string): number {
    const property = this.#byName.get(name);
    if (property === undefined) throw new Error(`The sandbox portal has no ${this.of} property ${name}`);
    return property.slot;
  }

  /** Adds a custom property, known to be new and sound. */
  add(property: NewProperty, now: number): Property {
    const added: Property = {
      name: property.name,
      slot: this.#nextSlot++,
      type: property.type,
      fieldType: property.fieldType,
      hubspotDefined: false,
      readOnly: property.fieldType === 'calculation_equation',
      calculated: property.fieldType === 'calculation_equation',
      references: undefined,
      createdAt: now,
      label: property.label,
      description: property.description ?? '',
      groupName: property.groupName,
      options: property.options ?? (property.type === 'bool' ? ['true', 'false'].map(asOption) : []),
      updatedAt: now,
      usedBy: undefined,
      archivedAt: undefined,
    };
    this.#archived.delete(added.name);
    this.#byName.set(added.name, added);
    return added;
  }

  getArchived(name: string): Property | undefined {
    return this.#archived.get(name);
  }

  allArchived(): IterableIterator<Property> {
    return this.#archived.values();
  }

  /**
   * Archives a property: records keep nothing that any call could read. Its slot is not used again, so that one of the
   * same name begins empty.
   */
  archive(property: Property, at: number): void {
    property.archivedAt = at;
    this.#byName.delete(property.name);
    this.#archived.set(property.name, property);
  }
}

function asOption(value: string, index: number): PropertyOption {
  return { label: labelOf(value), value, displayOrder: index, hidden: false, description: '' };
}

function labelOf(name: string): string {
  const words = name.replace(/^hs_/, '').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
