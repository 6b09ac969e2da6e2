import { join } from 'node:path';
import { ConfigError, type ConfigProblem } from '../base/errors.ts';
import { suggestion } from '../base/nearest-word.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { ModelSource } from '../scoring/model-schema.ts';
import { namesIn } from '../settings/folder.ts';
import { readModel, readOtherModel } from '../settings/model-file.ts';
import type { Settings } from '../settings/settings.ts';

/** The models to score by. */
export interface AskedModels {
  readonly models: readonly CompiledModel[];
  /** The YAML file of a model that is not one of config's; undefined where they all are. */
  readonly file: string | undefined;
  /** What is legal and likely wrong with them. */
  readonly warnings: readonly ConfigProblem[];
  /** Whether more than one may be told of, so that each must be named. */
  readonly areSeveral: boolean;
  /** A model as YAML has it; read when asked for. */
  sourceOf(model: CompiledModel): ModelSource;
}

/**
 * All models of config but challengers, the main one first; or the one that was asked for, by its id or by a file of its own.
 * @throws ConfigError where there is no such model, or the file is no sound one.
 */
export function askedModels(settings: Settings, wanted: string | undefined): AskedModels {
  if (wanted !== undefined && isModelFile(wanted)) {
    const { model, value, warnings } = readOtherModel(wanted, settings);
    return { models: [model], file: wanted, warnings, areSeveral: false, sourceOf: () => value };
  }
  const { models: all, challengers, strays } = settings.models;
  const main = all.filter(({ id }) => id === settings.mainModel);
  const inOrder = [...main, ...all.filter((model) => !main.includes(model))];
  // A challenger is told of only where somebody asks for it.
  const beside = wanted === undefined ? [] : [...challengers.map(({ model }) => model), ...strays];
  const known = [...inOrder, ...beside];
  const ids = known.map(({ id }) => id);
  if (wanted !== undefined && !ids.includes(wanted)) {
    throw new ConfigError(`there is no model "${wanted}"${suggestion(wanted, ids)}`);
  }
  const models = known.filter(({ id }) => wanted === undefined || id === wanted);
  const { warnings } = settings;
  return { models, file: undefined, warnings, areSeveral: models.length > 1, sourceOf: sources(settings) };
}

export const isModelFile = (wanted: string) => /[/\\]|\.ya?ml$/i.test(wanted);

/** The settings hold models ready to score with, and not what they were made from. */
function sources(settings: Settings): (model: CompiledModel) => ModelSource {
  let read: ReadonlyMap<string, ModelSource> | undefined;
  return ({ id }) => {
    read ??= readSources(settings);
    const source = read.get(id);
    if (source === undefined) throw new ConfigError(`the model ${id} has just been taken out of config`);
    return source;
  };
}

function readSources(settings: Settings): ReadonlyMap<string, ModelSource> {
  const dir = join(settings.environment.configDir, 'models');
  const files = namesIn(dir, /^[^.].*\.ya?ml$/).map((name) => readModel(join(dir, name), settings));
  return new Map(files.map(({ model, value }) => [model.id, value]));
}
