import { refusal, type SalesforceError } from '../http/salesforce-error.ts';
import type { FieldMetadata, MetadataType } from './field-metadata.ts';

const LABEL_LENGTH = 40;

type Property = 'length' | 'precision' | 'scale' | 'visibleLines' | 'valueSet' | 'defaultValue';

const NEEDED: Readonly<Partial<Record<MetadataType, readonly Property[]>>> = {
  Text: ['length'],
  LongTextArea: ['length', 'visibleLines'],
  Html: ['length', 'visibleLines'],
  Number: ['precision', 'scale'],
  Currency: ['precision', 'scale'],
  Percent: ['precision', 'scale'],
  Checkbox: ['defaultValue'],
  Picklist: ['valueSet'],
  MultiselectPicklist: ['valueSet', 'visibleLines'],
};

/** From and to, both included. https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customfield.htm */
const RANGES: Readonly<Partial<Record<MetadataType, Readonly<Partial<Record<Property, readonly [number, number]>>>>>> =
  {
    Text: { length: [1, 255] },
    LongTextArea: { length: [256, 131_072], visibleLines: [2, 50] },
    Html: { length: [256, 131_072], visibleLines: [10, 50] },
    Number: { precision: [1, 18], scale: [0, 17] },
    Currency: { precision: [1, 18], scale: [0, 17] },
    Percent: { precision: [1, 18], scale: [0, 17] },
    MultiselectPicklist: { visibleLines: [3, 10] },
  };

/** @throws what Salesforce says of a field that cannot be as it is described */
export function checkMetadata(metadata: FieldMetadata): void {
  const { label, type, precision, scale, required, valueSet } = metadata;
  if (label.length > LABEL_LENGTH) {
    throw refusal('STRING_TOO_LONG', `Label: data value too large: ${label} (max length=${LABEL_LENGTH})`, {
      fields: ['Label'],
    });
  }
  for (const property of NEEDED[type] ?? []) {
    if (metadata[property] === undefined || metadata[property] === null)
      throw wrong(`Must specify '${property}' for a CustomField of type ${type}`, property);
  }
  for (const [property, [least, most]] of rangesOf(type)) {
    const value = metadata[property];
    if (typeof value === 'number' && (value < least || value > most))
      throw wrong(`${property} must be between ${least} and ${most} for a CustomField of type ${type}`, property);
  }
  if (typeof scale === 'number' && typeof precision === 'number' && scale > precision)
    throw wrong('scale must not be greater than precision', 'scale');
  if (required === true && (type === 'Checkbox' || type === 'MultiselectPicklist' || type === 'LongTextArea'))
    throw wrong(`Can not specify 'required' for a CustomField of type ${type}`, 'required');
  checkValues(valueSet);
}

function rangesOf(type: MetadataType): [Property, readonly [number, number]][] {
  const ranges = RANGES[type] ?? {};
  return (['length', 'precision', 'scale', 'visibleLines'] as const).flatMap(
    (property): [Property, readonly [number, number]][] => {
      const range = ranges[property];
      return range === undefined ? [] : [[property, range]];
    },
  );
}

function checkValues(valueSet: FieldMetadata['valueSet']): void {
  const names = (valueSet?.valueSetDefinition.value ?? []).map(({ valueName }) => valueName.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw refusal('DUPLICATE_VALUE', `duplicate value found: a picklist value is there twice: ${twice}`);
}

function wrong(message: string, field: string): SalesforceError {
  return refusal('FIELD_INTEGRITY_EXCEPTION', message, { fields: [field] });
}
