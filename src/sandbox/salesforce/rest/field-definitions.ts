import type { NewField } from '../org/field.ts';
import { definitionOf } from '../org/field-history.ts';
import type { ObjectDefinition } from '../org/object-type.ts';
import { Org } from '../org/org.ts';
import { visibleFields } from './record-answer.ts';

const text = (name: string): NewField => ({ name, label: name, type: 'string' });

const ENTITY: ObjectDefinition = {
  name: 'EntityDefinition',
  label: 'Entity Definition',
  labelPlural: 'Entity Definitions',
  keyPrefix: '4ie',
  writable: false,
  fields: [{ name: 'Id', label: 'Id', type: 'id' }, text('QualifiedApiName'), text('Label')],
};
const FIELD: ObjectDefinition = {
  name: 'FieldDefinition',
  label: 'Field Definition',
  labelPlural: 'Field Definitions',
  keyPrefix: '4fe',
  writable: false,
  fields: [
    { name: 'Id', label: 'Id', type: 'id' },
    {
      name: 'EntityDefinitionId',
      label: 'Entity Definition ID',
      type: 'reference',
      referenceTo: ['EntityDefinition'],
      relationshipName: 'EntityDefinition',
    },
    text('QualifiedApiName'),
    text('Label'),
    { name: 'IsFieldHistoryTracked', label: 'Track Field History', type: 'boolean' },
  ],
};

/** Whether a query is about what the org's fields are, and not about its records. */
export function asksOfDefinitions(soql: string): boolean {
  return /\bFROM\s+(?:FieldDefinition|EntityDefinition)\b/i.test(soql);
}

/**
 * An org whose records are the definitions of another's fields, as this user sees them: a name and an address are one field each.
 * https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_fielddefinition.htm
 */
export function definitionsOf(org: Org, userId: string): Org {
  const definitions = new Org(org.settings);
  const [entities, fields] = [definitions.addObject(ENTITY), definitions.addObject(FIELD)];
  const time = { created: 0, modified: 0 };
  for (const type of org.objects()) {
    if (!org.access.mayReach(userId, type, 'Read')) continue;
    const entity = definitions.seed(entities, { QualifiedApiName: type.name, Label: type.label }, time);
    const labels = new Map<string, string>();
    for (const { name, label } of visibleFields(org, userId, type)) {
      const whole = definitionOf(name);
      labels.set(whole, whole === name ? label : whole);
    }
    for (const [name, label] of labels) {
      const isTracked = org.settings.tracked[type.name]?.includes(name) === true;
      const values = { QualifiedApiName: name, Label: label, IsFieldHistoryTracked: isTracked };
      definitions.seed(fields, { EntityDefinitionId: entity.id, ...values }, time);
    }
  }
  return definitions;
}
