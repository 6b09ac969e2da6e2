import type { FieldType, OutputField, PicklistValue } from '../output-fields.ts';
import type { WantedField } from './wanted-fields.ts';

/** The parts of a custom field that its type asks for. Numbers are whole: points are. */
const BY_TYPE: Readonly<Record<FieldType, Readonly<Record<string, string | number | boolean>>>> = {
  Number: { precision: 9, scale: 0 },
  Text: {},
  LongTextArea: { visibleLines: 6 },
  Checkbox: { defaultValue: 'false' },
  Picklist: {},
  MultiselectPicklist: { visibleLines: 4 },
  DateTime: {},
  Date: {},
};

/** What Salesforce shows beside a field to whoever reads its value. */
const LONGEST_HELP = 510;

export interface FieldMetadata {
  readonly label: string;
  readonly type: FieldType;
  readonly description: string;
  readonly inlineHelpText: string;
  readonly [part: string]: unknown;
}

/**
 * A custom field as the Tooling API takes it.
 * https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_customfield.htm
 */
export function toolingMetadata({ field, values }: Pick<WantedField, 'field' | 'values'>): FieldMetadata {
  return { ...fieldParts(field), ...(values === undefined ? {} : { valueSet: valueSet(values) }) };
}

/** The same but for the values of a picklist. */
export function fieldParts({ type, label, description, length }: OutputField): FieldMetadata {
  return {
    label,
    type,
    description,
    inlineHelpText: description.slice(0, LONGEST_HELP),
    ...(length === undefined ? {} : { length }),
    ...BY_TYPE[type],
  };
}

/** Restricted, so that nobody types a word that no model knows. The Tooling API says `valueName` where the Metadata API says `fullName`. */
function valueSet(values: readonly PicklistValue[]) {
  return { restricted: true, valueSetDefinition: { sorted: false, value: values.map(toolingValue) } };
}

export function toolingValue({ value, label }: PicklistValue) {
  return { valueName: value, label, default: false };
}
