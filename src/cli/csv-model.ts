import type { Table } from '../analysis/table/table.ts';
import { ConfigError, formatProblem } from '../base/errors.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { readModel } from '../settings/model-file.ts';
import { loadSettings } from '../settings/settings.ts';
import type { Io } from './io.ts';
import { askedModels, isModelFile } from './score-models.ts';

/** A model that a table is to be scored by. */
export interface ModelForCsv {
  readonly model: CompiledModel;
  /** What it asks for that the table has a column of. */
  readonly fields: ReadonlySet<string>;
  readonly warnings: readonly string[];
}

/**
 * The model of config with this id, or that of a file. A file may ask for fields that are columns of the table and not in config.
 * @throws ConfigError where there is no such model, or the table has nothing that it asks for.
 */
export function modelForCsv(wanted: string, { file, columns }: Table, io: Io): ModelForCsv {
  const settings = loadSettings({ env: io.env });
  const read = isModelFile(wanted) ? readModel(wanted, settings) : undefined;
  const model = read?.model ?? askedModels(settings, wanted).models[0];
  if (model === undefined) throw new ConfigError(`there is no model "${wanted}"`);
  const there = new Set(columns.map(({ field }) => field));
  const asked = [...new Set(model.fields.map(({ name }) => name))];
  // What holds for everybody is asked of the address, which every CRM has.
  const missing = asked.filter((field) => !there.has(field) && field !== 'email');
  if (missing.length > 0 && !asked.some((field) => there.has(field))) {
    const message = `the table has no column that ${model.name} asks for: ${missing.join(', ')}`;
    throw new ConfigError([{ file, message }]);
  }
  return {
    model,
    fields: new Set(asked.filter((field) => there.has(field))),
    warnings: [
      ...(read?.warnings ?? []).map(formatProblem),
      ...(missing.length === 0
        ? []
        : [`The table has no column for ${missing.join(', ')}: no lead has a value there.`]),
      ...(model.rules.size === 0
        ? []
        : ['What leads did is not in the table: criteria that ask for it hold for nobody.']),
    ],
  };
}
