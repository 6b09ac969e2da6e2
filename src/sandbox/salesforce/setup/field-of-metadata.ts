import type { Field, FieldType, NewField, PicklistValue } from '../org/field.ts';
import type { FieldMetadata, MetadataType } from './field-metadata.ts';

const FIELD_TYPES: Readonly<Record<MetadataType, FieldType>> = {
  Text: 'string',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Html: 'textarea',
  Number: 'double',
  Currency: 'currency',
  Percent: 'percent',
  Checkbox: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
  Picklist: 'picklist',
  MultiselectPicklist: 'multipicklist',
  Email: 'email',
  Phone: 'phone',
  Url: 'url',
};

/** The field that a description makes. @param before the field that it changes */
export function fieldOfMetadata(name: string, metadata: FieldMetadata, before?: Field): NewField {
  const { label, type, length, precision, scale, required, unique, externalId, valueSet } = metadata;
  const texts = {
    description: metadata.description ?? undefined,
    inlineHelpText: metadata.inlineHelpText ?? undefined,
  };
  return {
    name,
    label,
    type: FIELD_TYPES[type],
    ...(length === undefined || length === null ? {} : { length }),
    ...(precision === undefined || precision === null ? {} : { precision }),
    ...(scale === undefined || scale === null ? {} : { scale }),
    ...texts,
    required: required ?? false,
    unique: unique ?? false,
    externalId: externalId ?? false,
    restricted: valueSet?.restricted ?? false,
    picklist: valuesOf(metadata, before),
    ...(type === 'Checkbox' ? { defaultValue: String(metadata.defaultValue) === 'true' } : {}),
  };
}

/** A value that is no longer named stays, since records may have it, but nobody can choose it any more. */
function valuesOf({ valueSet }: FieldMetadata, before: Field | undefined): PicklistValue[] {
  const named = (valueSet?.valueSetDefinition.value ?? []).map(({ valueName, label, isActive, ...one }) => ({
    value: valueName,
    label: label ?? valueName,
    active: isActive ?? true,
    defaultValue: one.default ?? false,
  }));
  const names = new Set(named.map(({ value }) => value));
  const retired = (before?.picklist ?? []).filter(({ value }) => !names.has(value));
  return [...named, ...retired.map((one) => ({ ...one, active: false, defaultValue: false }))];
}

/** What the Tooling API tells of a field. Whatever was not said of it is null. */
export function metadataOfField(field: Field): FieldMetadata {
  const type = metadataTypeOf(field);
  const isText = type === 'Text' || type === 'LongTextArea' || type === 'Html';
  const isNumber = type === 'Number' || type === 'Currency' || type === 'Percent';
  const hasValues = type === 'Picklist' || type === 'MultiselectPicklist';
  return {
    label: field.label,
    type,
    length: isText ? field.length : null,
    precision: isNumber ? field.precision : null,
    scale: isNumber ? field.scale : null,
    visibleLines: type === 'LongTextArea' || type === 'MultiselectPicklist' ? 4 : null,
    required: field.required,
    unique: field.unique,
    externalId: field.externalId,
    description: field.description ?? null,
    inlineHelpText: field.inlineHelpText ?? null,
    defaultValue: type === 'Checkbox' ? String(field.defaultValue === true) : null,
    valueSet: hasValues
      ? { restricted: field.restricted, valueSetDefinition: { sorted: false, value: field.picklist.map(toldValue) } }
      : null,
  };
}

function toldValue({ value, label, active, defaultValue }: PicklistValue) {
  return { valueName: value, label, default: defaultValue, isActive: active };
}

function metadataTypeOf(field: Field): MetadataType {
  if (field.type === 'textarea') return field.length > 255 ? 'LongTextArea' : 'TextArea';
  const found = Object.entries(FIELD_TYPES).find(([, type]) => type === field.type)?.[0];
  return isMetadataType(found) ? found : 'Text';
}

function isMetadataType(name: string | undefined): name is MetadataType {
  return name !== undefined && name in FIELD_TYPES;
}
