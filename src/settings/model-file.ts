import { ConfigError, type ConfigProblem } from '../base/errors.ts';
import { suggestion } from '../base/nearest-word.ts';
import type { Lists } from '../leads/lists.ts';
import type { OwnTitles } from '../leads/titles.ts';
import type { Mention } from '../scoring/compilation.ts';
import { compileModel } from '../scoring/compile-model.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { ModelError, type ModelProblem } from '../scoring/model-error.ts';
import { type ModelSource, modelSchema } from '../scoring/model-schema.ts';
import { knownWords, type WordKind, type Words } from './words.ts';
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
 * The same for a model that is not (yet) one of the folder's, held against the words of that folder's connections, its lists and
 * its titles. @throws ConfigError with all that is wrong with it.
 */
export function readOtherModel(path: string, config: ModelParts & { readonly words: readonly Words[] }): ModelFile {
  const file = readModel(path, config);
  const problems = strangers(file, config.words);
  if (problems.length > 0) throw new ConfigError(problems);
  return file;
}

/** What a model names and the config of no connection knows, where it does. */
export function strangers({ model, locate }: ModelFile, words: readonly Words[]): ConfigProblem[] {
  return [
    ...strangersOf('field', model.fields, words, locate),
    ...strangersOf('form', model.forms, words, locate),
    ...strangersOf('custom event', model.customEvents, words, locate),
  ];
}

/** The same for the places of any file that name things of one kind. */
export function strangersOf(
  kind: WordKind,
  mentions: readonly Mention[],
  words: readonly Words[],
  locate: YamlFile<unknown>['locate'],
): ConfigProblem[] {
  const asked = words.filter(({ keys }) => keys[kind] !== undefined);
  const known = knownWords(asked, kind);
  return mentions
    .filter(({ name }) => !known.has(name))
    .map(({ name, path }) => ({
      ...locate(path),
      message: `${inFiles(asked)} ${kind} "${name}"${advice(asked, kind, name)}`,
    }));
}

const inFiles = (words: readonly Words[]) => {
  const files = words.map(({ file }) => file);
  return files.length > 1 ? `none of ${files.join(' and ')} has a` : `${files[0] ?? 'config'} has no`;
};

function advice(words: readonly Words[], kind: WordKind, name: string): string {
  for (const { crm, theirs } of words) {
    const key = theirs[kind].get(name);
    if (key !== undefined) return `: that is what ${crm} calls it, its key here is "${key}"`;
  }
  const said = suggestion(name, knownWords(words, kind));
  if (said.endsWith('?')) return said;
  const places = [...new Set(words.map(({ keys }) => keys[kind]))].join(' or ');
  return `${said}${said === '' ? ':' : ', or'} add it there under ${places}`;
}
