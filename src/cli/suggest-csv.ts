import { basename } from 'node:path';
import type { History } from '../analysis/history.ts';
import { leakageOf } from '../analysis/leakage.ts';
import { sourceFacts } from '../analysis/source-facts.ts';
import type { SuggestedModelOptions } from '../analysis/suggested-model.ts';
import { tableHistory } from '../analysis/table/table-history.ts';
import { withoutTwins } from '../analysis/table/without-twins.ts';
import { readCsvHistory } from './csv-history.ts';
import type { CsvFlags } from './csv-options.ts';
import type { Io } from './io.ts';

/** What a model is to be suggested from. */
export interface ToLearnFrom {
  readonly history: History;
  /** Where it comes from, for the name of the model. */
  readonly title: string;
  /** What of it may mislead, in sentences. */
  readonly warnings: readonly string[];
  /** Where it comes from a CRM and a model that is there. */
  readonly from?: FromModel;
}

/** What the suggestion begins with, where there is a model already. */
export interface FromModel {
  /** What was looked at, for people. */
  readonly note: string;
  /** The model as it is, and what it says of each lead of the history. */
  readonly present: { readonly name: string; readonly scores: Float64Array };
  /** What is taken over, as `suggestedModel` has it. */
  readonly parts: Pick<SuggestedModelOptions, 'window' | 'requires' | 'kept'>;
  /** The model that is in use for these leads. */
  readonly champion: string;
}

/** The leads of a table. @throws ConfigError where it, or a column that is named, cannot be used. */
export async function csvToLearnFrom(flags: CsvFlags & { readonly json?: true }, io: Io): Promise<ToLearnFrom> {
  const { table, warnings, ...asked } = await readCsvHistory(flags, io, flags.json === true);
  const history = tableHistory(asked);
  return {
    history: withoutTwins(history),
    title: basename(table.file),
    // Of two columns that are empty together, each may know the outcome.
    warnings: [...leakageOf(sourceFacts(history)), ...warnings],
  };
}
