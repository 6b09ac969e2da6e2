import { leadScorer, type ScoredLeads } from '../../analysis/scored-leads.ts';
import { type Column, type ColumnReader, readColumn } from '../../analysis/table/column.ts';
import { inWords } from '../../base/in-words.ts';
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
  /** Leads that one of the models is not about: nothing is told of them. */
  readonly others: number;
}

/** What models would have said of the leads when they are looked at; of those that all of the models are about. */
export async function scorePast(
  past: Pick<ReadPast, 'leads'>,
  models: readonly CompiledModel[],
  { fields = [], onScored }: ScorePastOptions = {},
): Promise<ScoredPast> {
  const scorers = models.map(leadScorer);
  const readers = fields.map((field): [string, ColumnReader] => [
    field,
    // As people write it: `Job title`.
    readColumn({ name: inWords(field.replaceAll('_', '-')), field }),
  ]);
  let count = 0;
  let others = 0;
  for await (const leads of past.leads()) {
    for (const { lead, activities, at, bought } of leads) {
      if (!models.every((model) => appliesTo(model, lead))) {
        others += 1;
        continue;
      }
      for (const scorer of scorers) scorer.add(lead, activities, bought, at);
      for (const [field, reader] of readers) reader.add(lead.fields[field] ?? '');
    }
    count += leads.length;
    onScored?.(count);
  }
  return {
    scored: scorers.map((scorer) => scorer.finish()),
    columns: readers.map(([, reader]) => reader.finish()),
    others,
  };
}
