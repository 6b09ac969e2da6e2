import { inWords } from '../../base/in-words.ts';
import { OVERRIDES, type Override } from '../../leads/lead.ts';
import { FOLLOW_UP_STATES, type FollowUpState } from '../crm.ts';
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

/** In the order in which a follow-up goes through them. */
const FOLLOW_UP_LABELS: Readonly<Record<FollowUpState, string>> = {
  open: 'Waiting for the first try',
  reminded: 'Late: you were reminded',
  escalated: 'Late: passed on to somebody else',
  tried: 'Tried, not reached yet',
  reached: 'Reached',
  closed: 'Over',
};

/** What must be there to choose from; undefined where the output is no choice between words of ours. */
export function choicesOf(key: OutputKey, { flags, personas }: OutputModel): Choice[] | undefined {
  if (key === 'override') return OVERRIDES.map((value) => ({ label: OVERRIDE_LABELS[value], value }));
  if (key === 'follow_up') return FOLLOW_UP_STATES.map((value) => ({ label: FOLLOW_UP_LABELS[value], value }));
  const words = key === 'flags' ? flags : key === 'persona' ? personas : undefined;
  return words && [...new Set(words)].sort().map((value) => ({ label: inWords(value), value }));
}

/** The same for an output that is to be made: no CRM makes a choice without a word, even where the model has none yet. */
export function newChoices(key: OutputKey, model: OutputModel): Choice[] | undefined {
  const choices = choicesOf(key, model);
  return choices?.length === 0 ? [{ label: 'Other', value: 'other' }] : choices;
}
