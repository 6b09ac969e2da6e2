import { type Choice, choicesOf, newChoices } from '../outputs/output-choices.ts';
import type { OutputKey, OutputModel } from '../outputs/output-model.ts';
import { OUTPUT_PROPERTIES } from '../outputs/output-properties.ts';
import type { NewOption, Property } from './api/properties.ts';

/** The options of a new property; undefined for one that has none. */
export function newOptions(key: OutputKey, model: OutputModel): NewOption[] | undefined {
  if (OUTPUT_PROPERTIES[key].type === 'bool') return YES_OR_NO.map(placedAfter(0));
  return newChoices(key, model)?.map(placedAfter(0));
}

/** The options that the model needs and the portal's property lacks, to be put behind those that it has. */
export function missingOptions(key: OutputKey, model: OutputModel, { options }: Property): NewOption[] {
  const known = new Set((options ?? []).map(({ value }) => value));
  const missing = (choicesOf(key, model) ?? []).filter(({ value }) => !known.has(value));
  return missing.map(placedAfter(options?.length ?? 0));
}

const YES_OR_NO: readonly Choice[] = [
  { label: 'Yes', value: 'true' },
  { label: 'No', value: 'false' },
];

function placedAfter(count: number) {
  return (choice: Choice, index: number): NewOption => ({ ...choice, displayOrder: count + index, hidden: false });
}
