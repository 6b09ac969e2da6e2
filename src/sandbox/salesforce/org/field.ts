/** As stored: date-times are milliseconds since 1970 at whole seconds, dates `2026-11-22`, multi-select picklists `a;b`. */
export type FieldValue = string | number | boolean | null;

export type Values = Readonly<Record<string, FieldValue>>;

export type FieldType =
  | 'id'
  | 'reference'
  | 'string'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'url'
  | 'picklist'
  | 'multipicklist'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime';

export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
  readonly defaultValue: boolean;
}

/** What is said of a field when it is made; what is left out is as in most fields. */
export interface NewField {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** In characters; of text alone. */
  readonly length?: number;
  /** Digits in all, and those behind the point; of numbers alone. */
  readonly precision?: number;
  readonly scale?: number;
  /** Neither empty nor left out on insert. */
  readonly required?: boolean;
  /** Unless told, what is neither required nor a yes or no. */
  readonly nillable?: boolean;
  readonly createable?: boolean;
  readonly updateable?: boolean;
  /** A formula or the like. */
  readonly calculated?: boolean;
  readonly externalId?: boolean;
  readonly unique?: boolean;
  readonly restricted?: boolean;
  /** Every one of them active, the first no default. */
  readonly picklist?: readonly (string | PicklistValue)[];
  readonly referenceTo?: readonly string[];
  /** As it is called in a query from the child: `Account` of `AccountId`. */
  readonly relationshipName?: string;
  /** As the parents' child relationship is called: `Contacts`. */
  readonly childRelationship?: string;
  readonly defaultValue?: FieldValue;
  readonly description?: string;
  readonly inlineHelpText?: string;
  /** The field of the contact that this one of a person account shows. */
  readonly mirrors?: string;
}

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Where a record keeps it. */
  readonly slot: number;
  /** Ends in `__c` or `__pc`. */
  readonly custom: boolean;
  /** 0 for what is no text. */
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly required: boolean;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly calculated: boolean;
  readonly externalId: boolean;
  readonly unique: boolean;
  readonly restricted: boolean;
  readonly picklist: readonly PicklistValue[];
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | undefined;
  readonly childRelationship: string | undefined;
  readonly defaultValue: FieldValue;
  readonly description: string | undefined;
  readonly inlineHelpText: string | undefined;
  readonly mirrors: string | undefined;
  /** May stand in a WHERE; a long text may not. */
  readonly filterable: boolean;
  /** May stand in an ORDER BY. */
  readonly sortable: boolean;
}

const LENGTHS: Readonly<Partial<Record<FieldType, number>>> = {
  id: 18,
  reference: 18,
  string: 255,
  textarea: 255,
  email: 80,
  phone: 40,
  url: 255,
  picklist: 255,
  multipicklist: 4_099,
};

export function makeField(slot: number, field: NewField): Field {
  const { name, label, type, required = false, calculated = false } = field;
  const length = field.length ?? LENGTHS[type] ?? 0;
  const isLongText = type === 'textarea' && length > 255;
  return {
    name,
    label,
    type,
    slot,
    custom: /__p?c$/.test(name),
    length,
    precision: field.precision ?? (type === 'int' ? 8 : isNumber(type) ? 18 : 0),
    scale: field.scale ?? 0,
    required,
    nillable: field.nillable ?? (!required && type !== 'boolean' && type !== 'id'),
    createable: field.createable ?? !calculated,
    updateable: field.updateable ?? field.createable ?? !calculated,
    calculated,
    externalId: field.externalId ?? false,
    unique: field.unique ?? false,
    restricted: field.restricted ?? false,
    picklist: (field.picklist ?? []).map((one) => (typeof one === 'string' ? choice(one) : one)),
    referenceTo: field.referenceTo ?? [],
    relationshipName: field.relationshipName,
    childRelationship: field.childRelationship,
    defaultValue: field.defaultValue ?? (type === 'boolean' ? false : null),
    description: field.description,
    inlineHelpText: field.inlineHelpText,
    mirrors: field.mirrors,
    filterable: !isLongText,
    sortable: !isLongText && type !== 'multipicklist',
  };
}

export function isNumber(type: FieldType): boolean {
  return type === 'int' || type === 'double' || type === 'currency' || type === 'percent';
}

function choice(value: string): PicklistValue {
  return { value, label: value, active: true, defaultValue: false };
}
