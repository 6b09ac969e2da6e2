import { inWords } from '../../base/in-words.ts';
import { OVERRIDES, type Override } from '../../leads/lead.ts';
import type { NewOption, Property } from './api/properties.ts';
import type { OutputKey, OutputModel } from './model-outputs.ts';

type Choice = Pick<NewOption, 'label' | 'value'>;

/** The options of a new property; undefined for one that has none. */
export function newOptions(key: OutputKey, model: OutputModel): NewOption[] | undefined {
  if (key === 'mql') return YES_OR_NO.map(placedAfter(0));
  const choices = choicesOf(key, model);
  // HubSpot makes no choice without an option, even where the model has no word for it yet.
  return (choices?.length === 0 ? [{ label: 'Other', value: 'other' }] : choices)?.map(placedAfter(0));
}

/** The options that the model needs and the portal's property lacks, to be put behind those that it has. */
export function missingOptions(key: OutputKey, model: OutputModel, { options }: Property): NewOption[] {
  const known = new Set((options ?? []).map(({ value }) => value));
  const missing = (choicesOf(key, model) ?? []).filter(({ value }) => !known.has(value));
  return missing.map(placedAfter(options?.length ?? 0));
}

const OVERRIDE_LABELS: Readonly<Record<Override, string>> = {
  qualified: 'Ready for sales, whatever the model says',
  disqualified: 'Not for sales, whatever the model says',
};

/** What must be there to choose from; undefined where the property is no choice between words of ours. */
function choicesOf(key: OutputKey, { flags, personas }: OutputModel): Choice[] | undefined {
  if (key === 'override') return OVERRIDES.map((value) => ({ label: OVERRIDE_LABELS[value], value }));
  const words = key === 'flags' ? flags : key === 'persona' ? personas : undefined;
  return words && [...new Set(words)].sort().map((value) => ({ label: inWords(value), value }));
}

const YES_OR_NO: readonly Choice[] = [
  { label: 'Yes', value: 'true' },
  { label: 'No', value: 'false' },
];

function placedAfter(count: number) {
  return (choice: Choice, index: number): NewOption => ({ ...choice, displayOrder: count + index, hidden: false });
}
