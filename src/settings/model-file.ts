import { ConfigError, type ConfigProblem } from '../base/errors.ts';
import { suggestion } from '../base/nearest-word.ts';
import type { HubspotConfig } from '../crm/hubspot/config.ts';
import type { Lists } from '../leads/lists.ts';
import type { OwnTitles } from '../leads/titles.ts';
import { compileModel } from '../scoring/compile-model.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { ModelError, type ModelProblem } from '../scoring/model-error.ts';
import { type ModelSource, modelSchema } from '../scoring/model-schema.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

/** What a model is made ready with, besides its own file. */
export interface ModelParts {
  readonly lists: Lists;
  readonly titles: OwnTitles;
}

/** A model with its places in the file, for problems that are found later. */
export interface ModelFile extends YamlFile<ModelSource> {
  readonly model: CompiledModel;
  /** What is legal and likely wrong, where it stands. */
  readonly warnings: readonly ConfigProblem[];
}

/** Reads one model, from whatever folder. @throws ConfigError with all that is wrong with it, each with its place. */
export function readModel(path: string, { lists, titles }: ModelParts): ModelFile {
  const file = readYaml(path, modelSchema);
  const placed = ({ path: at, message, first }: ModelProblem): ConfigProblem => ({
    ...file.locate(at),
    message: first === undefined ? message : `${message} (the first is in line ${file.locate(first).line})`,
  });
  try {
    const model = compileModel(file.value, { lists, titles });
    return { ...file, model, warnings: model.warnings.map(placed) };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw new ConfigError(error.problems.map(placed));
  }
}

/**
 * The same for a model that is not (yet) one of the folder's, held against that folder's fields and forms, lists and
 * titles. @throws ConfigError with all that is wrong with it.
 */
export function readOtherModel(
  path: string,
  config: ModelParts & { readonly hubspot: YamlFile<HubspotConfig> },
): ModelFile {
  const file = readModel(path, config);
  const problems = strangers(file, config.hubspot);
  if (problems.length > 0) throw new ConfigError(problems);
  return file;
}

/** What a model names and the connection's config does not know, where it does. */
export function strangers({ model, locate }: ModelFile, hubspot: YamlFile<HubspotConfig>): ConfigProblem[] {
  const { value } = hubspot;
  const fields = new Set(['email', ...[value.fields, value.company_fields, value.lists].flatMap(Object.keys)]);
  const forms = new Set(Object.keys(value.forms));
  const events = new Set(Object.keys(value.custom_events));
  const theirs: Readonly<Record<Kind, ReadonlyMap<string, string>>> = {
    field: new Map(),
    form: new Map(Object.entries(value.forms).map(([key, title]) => [title, key])),
    'custom event': new Map(Object.entries(value.custom_events).map(([key, { event }]) => [event, key])),
  };
  const advice = (kind: Kind, name: string, known: ReadonlySet<string>): string => {
    const key = theirs[kind].get(name);
    if (key !== undefined) return `: that is what HubSpot calls it, its key here is "${key}"`;
    const said = suggestion(name, known);
    if (said.endsWith('?')) return said;
    return `${said}${said === '' ? ':' : ', or'} add it there under ${kind.replace(' ', '_')}s`;
  };
  const unknown = (kind: Kind, known: ReadonlySet<string>, mentions: CompiledModel['fields']): ConfigProblem[] =>
    mentions
      .filter(({ name }) => !known.has(name))
      .map(({ name, path }) => ({
        ...locate(path),
        message: `${hubspot.file} has no ${kind} "${name}"${advice(kind, name, known)}`,
      }));
  return [
    ...unknown('field', fields, model.fields),
    ...unknown('form', forms, model.forms),
    ...unknown('custom event', events, model.customEvents),
  ];
}

/** What a model takes from the connection's config by name. */
type Kind = 'field' | 'form' | 'custom event';
