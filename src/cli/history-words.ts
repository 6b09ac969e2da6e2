import { percentText } from '../analysis/number-text.ts';
import { durationText } from '../base/duration-text.ts';
import type { Outcome } from '../crm/outcome.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { ReadPast } from '../sync/history/read-past.ts';
import { counted } from './print.ts';

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  'deal-won': 'a deal or opportunity with the person was won',
  customer: 'the person became a customer by the lifecycle stage',
  converted: 'sales converted the lead',
};

export interface HistoryWordsOptions {
  readonly past: ReadPast;
  readonly since: number;
  readonly before: number;
  /** What the leads are judged by. */
  readonly models: readonly CompiledModel[];
  /** Leads that they are not about. */
  readonly others: number;
}

/** What was looked at, for people. */
export function historyNote({ past, since, before }: Pick<HistoryWordsOptions, 'past' | 'since' | 'before'>): string {
  return (
    `Bought means that ${OUTCOME_WORDS[past.outcome]}. Buyers are taken as they were ${durationText(before)} before sales had won or converted ` +
    `them, all others as they were when they were as old as some buyer was then, from ${dayText(since)} on; what they did later is not looked at.`
  );
}

/** What of the CRM's history may mislead, in sentences. */
export function historyWarnings({ past, since, before, models, others }: HistoryWordsOptions): string[] {
  const { imported, earlier, doubled, findings, counted: counters, count } = past;
  // Where no buyer tells how old leads are when they buy, none is too young.
  const young = past.bought.includes(1) ? past.young : 0;
  const asked = [...counters].filter((type) => models.some(({ activityTypes }) => activityTypes.includes(type)));
  const warnings = [
    imported > 0 &&
      `${counted(imported, 'lead')} ${were(imported)} left out that the CRM did not know yet ${durationText(before)} before sales won or converted ` +
        'them, as customers that were imported.',
    earlier.leads > 0 &&
      `${counted(earlier.leads, 'lead')} of ${count.toLocaleString('en-US')} ${were(earlier.leads)} left out as of before ${dayText(since)}` +
        `${earlier.buyers === 0 ? '' : `, ${percentText(earlier.buyers / earlier.leads)} of which bought`}: --since looks back farther.`,
    young > 0 &&
      `${counted(young, 'lead')} of ${count.toLocaleString('en-US')} ${were(young)} left out as too young: nobody can say yet whether they buy.`,
    doubled > 0 &&
      `${counted(doubled, 'record')} ${were(doubled)} left out, as another one has the same address and was known earlier: each person counts once.`,
    others > 0 && `${counted(others, 'lead')} that the model is not about ${were(others)} left out.`,
    asked.length > 0 &&
      `The CRM only counts some of what leads did (${asked.join(', ')}): how much of it was before is not known, so that criteria which ask for ` +
        'it hold for nobody here.',
    ...findings.flatMap(({ level, message }) => (level === 'ok' ? [] : upper(message))),
  ];
  return warnings.filter((warning) => warning !== false);
}

const were = (count: number) => (count === 1 ? 'was' : 'were');
const dayText = (time: number) => new Date(time).toISOString().slice(0, 10);
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
