export const PROPERTY_TYPES = ['string', 'number', 'date', 'datetime', 'enumeration', 'bool'] as const;
export type PropertyType = (typeof PROPERTY_TYPES)[number];

/** Which control may show which type; every other pair is refused. */
export const FIELD_TYPES: Readonly<Record<PropertyType, readonly string[]>> = {
  string: ['text', 'textarea', 'html', 'file', 'phonenumber', 'calculation_equation'],
  number: ['number', 'calculation_equation'],
  date: ['date'],
  datetime: ['date'],
  enumeration: ['select', 'radio', 'checkbox', 'booleancheckbox', 'calculation_equation'],
  bool: ['booleancheckbox', 'calculation_equation'],
};

export interface PropertyOption {
  readonly label: string;
  readonly value: string;
  readonly displayOrder: number;
  readonly hidden: boolean;
  readonly description: string;
}

export interface Property {
  readonly name: string;
  /** Where a record keeps it. */
  readonly slot: number;
  readonly type: PropertyType;
  readonly fieldType: string;
  readonly hubspotDefined: boolean;
  readonly readOnly: boolean;
  /** Worked out by HubSpot: a change of it leaves the record's time of change alone. */
  readonly calculated: boolean;
  /** What its values are the ids of, if of anything. */
  readonly references: 'OWNER' | 'COMPANY' | undefined;
  readonly createdAt: number;
  label: string;
  description: string;
  groupName: string;
  options: readonly PropertyOption[];
  updatedAt: number;
  /** The workflow that uses it, if any: it cannot be deleted while one does. */
  usedBy: string | undefined;
  archivedAt: number | undefined;
}

/** Whether a visitor may fill it in: nobody chooses an owner or a record by its id. */
export function isFormField({ readOnly, references }: Property): boolean {
  return !readOnly && references === undefined;
}

/** The shape of a property definition in the API. https://developers.hubspot.com/docs/api-reference/crm-properties-v3/guide */
export function describeProperty(property: Property): Record<string, unknown> {
  return {
    updatedAt: new Date(property.updatedAt).toISOString(),
    createdAt: new Date(property.createdAt).toISOString(),
    name: property.name,
    label: property.label,
    type: property.type,
    fieldType: property.fieldType,
    description: property.description,
    groupName: property.groupName,
    options: property.options,
    displayOrder: -1,
    calculated: property.calculated,
    externalOptions: property.references !== undefined,
    ...(property.references === undefined ? {} : { referencedObjectType: property.references }),
    archived: property.archivedAt !== undefined,
    ...(property.archivedAt === undefined ? {} : { archivedAt: new Date(property.archivedAt).toISOString() }),
    hasUniqueValue: property.name === 'email',
    hidden: false,
    hubspotDefined: property.hubspotDefined,
    formField: isFormField(property),
    modificationMetadata: {
      archivable: !property.hubspotDefined,
      readOnlyDefinition: property.hubspotDefined,
      readOnlyOptions: property.hubspotDefined && !['lifecyclestage', 'hs_lead_status'].includes(property.name),
      readOnlyValue: property.readOnly,
    },
  };
}
