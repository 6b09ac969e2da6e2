import { refusal } from '../http/salesforce-error.ts';
import type { Field } from '../org/field.ts';
import { fullId, mintId } from '../org/ids.ts';
import type { ObjectType } from '../org/object-type.ts';
import type { Org } from '../org/org.ts';
import type { Edition } from '../org/settings.ts';
import { checkMetadata } from './check-metadata.ts';
import { readFullName } from './custom-field-name.ts';
import type { FieldMetadata } from './field-metadata.ts';
import { fieldOfMetadata, metadataOfField } from './field-of-metadata.ts';

/** A custom field as setup knows it. */
export interface CustomField {
  /** 00N…, 18 characters. */
  readonly id: string;
  readonly object: ObjectType;
  readonly field: Field;
  /** As it was described when it was made or last changed. */
  readonly metadata: FieldMetadata;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

interface Known {
  readonly id: string;
  readonly slot: number;
  /** Undefined for a field that the Tooling API did not make. */
  readonly metadata: FieldMetadata | undefined;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** Custom fields of one object. https://help.salesforce.com/s/articleView?id=sf.custom_field_allocations.htm */
const MOST_FIELDS: Readonly<Record<Edition, number>> = {
  'Developer Edition': 500,
  'Professional Edition': 100,
  'Enterprise Edition': 500,
  'Unlimited Edition': 800,
};

/** The custom fields of an org: made, changed and removed. Whoever makes one does not see it until a permission set says so. */
export class CustomFields {
  /** Of one object; a test may lower it. */
  mostFields: number;
  readonly #org: Org;
  readonly #known = new Map<string, Known>();
  #lastId = 0;

  constructor(org: Org) {
    this.#org = org;
    this.mostFields = MOST_FIELDS[org.settings.edition];
  }

  /** Those of every object, also those that did not come by way of the Tooling API. */
  all(): CustomField[] {
    return this.#org.objects().flatMap((object) => this.#of(object).map((field) => this.#describe(object, field)));
  }

  /** By an id of 15 or 18 characters. */
  find(id: string): CustomField | undefined {
    const full = fullId(id);
    return this.all().find((one) => one.id === full);
  }

  /** @throws DUPLICATE_DEVELOPER_NAME and whatever else is wrong with a name or a description */
  add(fullName: string, metadata: FieldMetadata): CustomField {
    const { object, name, developerName } = readFullName(this.#org, fullName);
    if (object.field(name) !== undefined) {
      throw refusal('DUPLICATE_DEVELOPER_NAME', `There is already a field named ${developerName} on ${object.label}.`, {
        fields: ['DeveloperName'],
      });
    }
    checkMetadata(metadata);
    if (this.#of(object).length >= this.mostFields)
      throw refusal('LIMIT_EXCEEDED', `You have reached the maximum number of custom fields on ${object.label}.`);
    const field = this.#org.addField(object.name, fieldOfMetadata(name, metadata));
    return this.#describe(object, field, metadata);
  }

  /** Takes the place of all that was said of the field before. Its type stays. */
  change(customField: CustomField, metadata: FieldMetadata): void {
    const { object, field, id } = customField;
    checkMetadata(metadata);
    if (metadata.type !== customField.metadata.type)
      throw refusal('FIELD_INTEGRITY_EXCEPTION', 'The sandbox changes no type of a field', { fields: ['Type'] });
    const change = fieldOfMetadata(field.name, metadata, field);
    object.changeField(field.name, change);
    if (object.name === 'Contact') this.#changeMirror(field.name, change);
    const { createdAt } = customField;
    this.#known.set(keyOf(object, field), { id, slot: field.slot, metadata, createdAt, modifiedAt: this.#org.now() });
  }

  remove({ object, field }: CustomField): void {
    this.#known.delete(keyOf(object, field));
    this.#org.removeField(object.name, field.name);
  }

  /** A contact's field shows on person accounts under another name. */
  #changeMirror(name: string, change: ReturnType<typeof fieldOfMetadata>): void {
    this.#org.type('Account').changeField(name.replace(/__c$/, '__pc'), { ...change, required: false });
  }

  /** Fields that end in `__pc` are another object's. */
  #of(object: ObjectType): Field[] {
    return object.fields().filter(({ custom, mirrors }) => custom && mirrors === undefined);
  }

  #describe(object: ObjectType, field: Field, metadata?: FieldMetadata): CustomField {
    const known = this.#knownOf(object, field, metadata);
    const { id, createdAt, modifiedAt } = known;
    return { id, object, field, metadata: fullMetadata(field, known), createdAt, modifiedAt };
  }

  #knownOf(object: ObjectType, field: Field, metadata: FieldMetadata | undefined): Known {
    const key = keyOf(object, field);
    const before = this.#known.get(key);
    // Another slot under the same name is another field.
    if (before !== undefined && before.slot === field.slot) return before;
    const now = this.#org.now();
    const id = mintId('00N', ++this.#lastId);
    const known = { id, slot: field.slot, metadata, createdAt: now, modifiedAt: now };
    this.#known.set(key, known);
    return known;
  }
}

function keyOf(object: ObjectType, field: Field): string {
  return `${object.name}.${field.name}`;
}

/** With the picklist values that nobody can choose any more, which the last description did not name. */
function fullMetadata(field: Field, { metadata }: Known): FieldMetadata {
  const now = metadataOfField(field);
  return { ...now, ...metadata, valueSet: now.valueSet };
}
