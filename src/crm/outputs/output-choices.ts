import { inWords } from '../../base/in-words.ts';
import { OVERRIDES, type Override } from '../../leads/lead.ts';
import type { OutputKey, OutputModel } from './output-model.ts';

/** One of the words that an output can hold, and how people read it. */
export interface Choice {
  readonly label: string;
  readonly value: string;
}

const OVERRIDE_LABELS: Readonly<Record<Override, string>> = {
  qualified: 'Ready for sales, whatever the model says',
  disqualified: 'Not for sales, whatever the model says',
};

/** What must be there to choose from; undefined where the output is no choice between words of ours. */
export function choicesOf(key: OutputKey, { flags, personas }: OutputModel): Choice[] | undefined {
  if (key === 'override') return OVERRIDES.map((value) => ({ label: OVERRIDE_LABELS[value], value }));
  const words = key === 'flags' ? flags : key === 'persona' ? personas : undefined;
  return words && [...new Set(words)].sort().map((value) => ({ label: inWords(value), value }));
}

/** The same for an output that is to be made: no CRM makes a choice without a word, even where the model has none yet. */
export function newChoices(key: OutputKey, model: OutputModel): Choice[] | undefined {
  const choices = choicesOf(key, model);
  return choices?.length === 0 ? [{ label: 'Other', value: 'other' }] : choices;
}
