import { markAsToday } from '../../analysis/as-today.ts';
import { type ChangedAfter, changesReader } from '../../analysis/changed-after.ts';
import { nameOfField } from '../../analysis/questions/reading-questions.ts';
import { leadScorer, type ScoredLeads } from '../../analysis/scored-leads.ts';
import { type Column, type ColumnReader, readColumn } from '../../analysis/table/column.ts';
import { appliesTo } from '../../scoring/applies-to.ts';
import type { CompiledModel } from '../../scoring/compiled-model.ts';
import type { ReadPast } from './read-past.ts';

export interface ScorePastOptions {
  /** Our names of the fields whose values are wanted beside the scores; none when absent. */
  readonly fields?: readonly string[];
  /** Called now and then with how many leads were scored so far. */
  readonly onScored?: (count: number) => void;
}

export interface ScoredPast {
  /** In the order of the models, all of the same leads. */
  readonly scored: readonly ScoredLeads[];
  /** What the fields held when the leads were looked at, a row for each lead. */
  readonly columns: readonly Column[];
  /** By field, for whom it was changed after the purchase. */
  readonly changed: ReadonlyMap<string, ChangedAfter>;
  /** Leads that one of the models is not about: nothing is told of them. */
  readonly others: number;
}

/** What models would have said of the leads when they are looked at; of those that all of the models are about. */
export async function scorePast(
  past: Pick<ReadPast, 'leads' | 'asToday' | 'changedLater'>,
  models: readonly CompiledModel[],
  { fields = [], onScored }: ScorePastOptions = {},
): Promise<ScoredPast> {
  const scorers = models.map(leadScorer);
  const readers = fields.map((field): [string, ColumnReader] => [
    field,
    readColumn({ name: nameOfField(field), field }),
  ]);
  const changes = changesReader(fields);
  let count = 0;
  let others = 0;
  for await (const leads of past.leads()) {
    for (const { number, lead, activities, at, bought } of leads) {
      if (!models.every((model) => appliesTo(model, lead))) {
        others += 1;
        continue;
      }
      for (const scorer of scorers) scorer.add(lead, activities, bought, at);
      for (const [field, reader] of readers) reader.add(lead.fields[field] ?? '');
      changes.add(past.changedLater(number), bought);
    }
    count += leads.length;
    onScored?.(count);
  }
  return {
    scored: scorers.map((scorer) => withMarks(scorer.finish(), past)),
    columns: readers.map(([, reader]) => reader.finish()),
    changed: changes.finish(),
    others,
  };
}

function withMarks({ history, ...scored }: ScoredLeads, { asToday }: Pick<ReadPast, 'asToday'>): ScoredLeads {
  const features = history.features.map((feature) => markAsToday(feature, asToday));
  return { ...scored, history: { ...history, features } };
}
