import { type MetadataElement, metadataXml } from '../definitions/metadata-xml.ts';
import type { PicklistValue } from '../output-fields.ts';
import { fieldParts } from '../setup/field-metadata.ts';
import type { WantedField } from '../setup/wanted-fields.ts';

/** A custom field as a file of its own. https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customfield.htm */
export function fieldXml({ name, field, values }: Pick<WantedField, 'name' | 'field' | 'values'>): string {
  const required: MetadataElement[] = field.type === 'Checkbox' ? [] : [['required', 'false']];
  const elements = [
    ...Object.entries(fieldParts(field)).map(([part, value]): MetadataElement => [part, String(value)]),
    ...required,
    ...(values === undefined ? [] : [valueSet(values)]),
  ].sort(([one], [other]) => (one < other ? -1 : 1));
  return metadataXml('CustomField', [['fullName', name], ...elements]);
}

/** Restricted, so that nobody types a word that no model knows. */
function valueSet(values: readonly PicklistValue[]): MetadataElement {
  const each = values.map(
    ({ value, label }): MetadataElement => [
      'value',
      [
        ['fullName', value],
        ['default', 'false'],
        ['label', label],
      ],
    ],
  );
  return [
    'valueSet',
    [
      ['restricted', 'true'],
      ['valueSetDefinition', [['sorted', 'false'], ...each]],
    ],
  ];
}
