import { z } from 'zod';

export const METADATA_TYPES = [
  'Text',
  'TextArea',
  'LongTextArea',
  'Html',
  'Number',
  'Currency',
  'Percent',
  'Checkbox',
  'Date',
  'DateTime',
  'Picklist',
  'MultiselectPicklist',
  'Email',
  'Phone',
  'Url',
] as const;

export type MetadataType = (typeof METADATA_TYPES)[number];

const whole = z.number().int().nullish();
const flag = z.boolean().nullish();

/** The Tooling API calls a value `valueName`; `fullName` is what the Metadata API calls it, and is refused here. */
const picklistValue = z.looseObject({
  valueName: z.string().min(1).max(255),
  label: z.string().min(1).max(255).nullish(),
  default: flag,
  isActive: flag,
  fullName: z.never().optional(),
});

/**
 * The `Metadata` of a custom field, as far as the sandbox makes use of it; the rest is let pass.
 * https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_customfield.htm
 */
export const fieldMetadata = z.looseObject({
  label: z.string().min(1),
  type: z.enum(METADATA_TYPES),
  length: whole,
  precision: whole,
  scale: whole,
  visibleLines: whole,
  required: flag,
  unique: flag,
  externalId: flag,
  description: z.string().max(1_000).nullish(),
  inlineHelpText: z.string().max(510).nullish(),
  defaultValue: z.union([z.string(), z.boolean()]).nullish(),
  valueSet: z
    .looseObject({
      restricted: flag,
      valueSetDefinition: z.looseObject({ sorted: flag, value: z.array(picklistValue) }),
    })
    .nullish(),
});

export type FieldMetadata = z.infer<typeof fieldMetadata>;
