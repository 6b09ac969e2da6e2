import { newChoices } from '../outputs/output-choices.ts';
import type { OutputKey, OutputModel } from '../outputs/output-model.ts';
import { ACCOUNT_PROPERTY, OUTPUT_PROPERTIES } from '../outputs/output-properties.ts';
import type { SalesforceConfig } from './config.ts';

export { OUR_WORD } from '../outputs/output-properties.ts';

export type FieldType =
  | 'Number'
  | 'Text'
  | 'LongTextArea'
  | 'Checkbox'
  | 'Picklist'
  | 'MultiselectPicklist'
  | 'DateTime'
  | 'Date';

/** A custom field as `setup` makes it. https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customfield.htm */
export interface OutputField {
  readonly type: FieldType;
  readonly label: string;
  /** What administrators read under Setup, and everybody as the help text beside the value. */
  readonly description: string;
  /** In characters, of a text. */
  readonly length?: number;
}

export interface PicklistValue {
  readonly value: string;
  readonly label: string;
}

/** What a text field holds, in characters, and a long one, which may hold four times that. */
export const TEXT = 255;
export const LONG_TEXT = 32_768;

const TYPES: Readonly<Record<OutputKey, FieldType>> = {
  score: 'Number',
  fit: 'Number',
  engagement: 'Number',
  grade: 'Text',
  reasons: 'LongTextArea',
  flags: 'MultiselectPicklist',
  mql: 'Checkbox',
  persona: 'Picklist',
  disqualified: 'LongTextArea',
  model_version: 'Text',
  scored_at: 'DateTime',
  mql_at: 'DateTime',
  route: 'Text',
  fast_track: 'Text',
  fast_track_at: 'DateTime',
  lead_at: 'DateTime',
  recycled_at: 'DateTime',
  stage_reason: 'Text',
  nurture: 'Text',
  nurture_at: 'DateTime',
  routed_at: 'DateTime',
  follow_up_by: 'DateTime',
  follow_up: 'Picklist',
  first_touched_at: 'DateTime',
  attempts: 'Number',
  overdue: 'Checkbox',
  override: 'Picklist',
};

/** The field of an output: the texts are the same in every CRM. */
export function outputField(key: OutputKey): OutputField {
  const { label, description } = OUTPUT_PROPERTIES[key];
  return { ...sized(TYPES[key]), label, description };
}

/** The one field of accounts. */
export const ACCOUNT_FIELD: OutputField = {
  type: 'Number',
  label: ACCOUNT_PROPERTY.label,
  description: ACCOUNT_PROPERTY.description,
};

export const STAGE_FIELD: OutputField = {
  type: 'Picklist',
  label: 'Lead stage',
  description:
    'Where this person stands on the way to becoming a customer. leadgauge moves it forward as far as the stage of a marketing qualified lead, and back from there alone, for a lead that is given back to marketing. Past it, it is yours to move.',
};

export const MQL_DATE_FIELD: OutputField = {
  type: 'Date',
  label: 'MQL date',
  description:
    'The day on which this lead last became a marketing qualified lead. Set by leadgauge: please do not edit it.',
};

/** The values that the picklist of an output must offer; undefined where it is none. */
export function outputValues(key: OutputKey, model: OutputModel): PicklistValue[] | undefined {
  const { type } = outputField(key);
  if (type !== 'Picklist' && type !== 'MultiselectPicklist') return undefined;
  return newChoices(key, model)?.map(({ value, label }) => ({ value, label }));
}

/** Those of the lifecycle stage, in their order. */
export function stageValues(stages: Exclude<SalesforceConfig['lifecycle'], 'off'>['stages']): PicklistValue[] {
  return stages.map((value) => ({ value, label: value }));
}

function sized(type: FieldType): Pick<OutputField, 'type' | 'length'> {
  if (type === 'Text') return { type, length: TEXT };
  return type === 'LongTextArea' ? { type, length: LONG_TEXT } : { type };
}
