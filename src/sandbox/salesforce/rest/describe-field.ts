import type { Field, FieldType } from '../org/field.ts';
import { isNumber } from '../org/field.ts';

/** A field as describe tells of it. https://developer.salesforce.com/docs/platform/api/guide/sforce-api-calls-describesobjects-describesobjectresult.html */
export function describeField(field: Field, mayEdit: boolean): Record<string, unknown> {
  const { name, type, length } = field;
  const isText = length > 0;
  return {
    aggregatable: field.filterable && type !== 'boolean',
    aiPredictionField: false,
    autoNumber: false,
    byteLength: isText ? length * (type === 'id' || type === 'reference' ? 1 : 3) : 0,
    calculated: field.calculated,
    calculatedFormula: null,
    cascadeDelete: false,
    caseSensitive: false,
    compoundFieldName: null,
    controllerName: null,
    createable: field.createable && mayEdit,
    custom: field.custom,
    defaultValue: type === 'boolean' ? field.defaultValue : null,
    defaultValueFormula: null,
    defaultedOnCreate: type === 'boolean' || type === 'id' || field.defaultValue !== null,
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: type === 'int' ? field.precision : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId,
    extraTypeInfo: null,
    filterable: field.filterable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: field.filterable && !isNumber(type) && type !== 'datetime' && type !== 'multipicklist',
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: type === 'id' || field.externalId || type === 'email',
    inlineHelpText: field.inlineHelpText ?? null,
    label: field.label,
    length,
    mask: null,
    maskType: null,
    name,
    nameField: name === 'Name' || name === 'Subject',
    namePointing: field.referenceTo.length > 1,
    nillable: field.nillable,
    permissionable: field.custom && !field.required,
    picklistValues: field.picklist.map((one) => ({ ...one, validFor: null })),
    polymorphicForeignKey: field.referenceTo.length > 1,
    precision: type === 'int' ? 0 : field.precision,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName ?? null,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: field.restricted,
    scale: field.scale,
    searchPrefilterable: type === 'reference',
    soapType: soapTypeOf(type),
    sortable: field.sortable,
    type,
    unique: field.unique,
    updateable: field.updateable && mayEdit,
    writeRequiresMasterRead: false,
  };
}

function soapTypeOf(type: FieldType): string {
  if (type === 'id' || type === 'reference') return 'tns:ID';
  if (type === 'boolean' || type === 'int' || type === 'date') return `xsd:${type}`;
  if (type === 'datetime') return 'xsd:dateTime';
  return isNumber(type) ? 'xsd:double' : 'xsd:string';
}
