import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ConfigError, type ConfigProblem } from '../base/errors.ts';
import { suggestion } from '../base/nearest-word.ts';
import { type HubspotConfig, hubspotConfigSchema } from '../crm/hubspot/config.ts';
import { type Lists, listLineProblem, parseList } from '../leads/lists.ts';
import { compileModel } from '../scoring/compile-model.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { ModelError } from '../scoring/model-error.ts';
import { type ModelSource, modelSchema } from '../scoring/model-schema.ts';
import { type Schedules, schedulesSchema } from './schedules.ts';
import { inOrder, readYaml, type YamlFile } from './yaml-file.ts';
import { readText } from './yaml-source.ts';

/** What the folder `config/` says. */
export interface Config {
  readonly model: CompiledModel;
  /** With its places in the file, for problems that only the portal shows. */
  readonly hubspot: YamlFile<HubspotConfig>;
  readonly schedules: Schedules;
  readonly lists: Lists;
}

/** A list of target accounts may be long. */
const LARGEST_LIST_MB = 10;

/** Reads and checks every file of the folder. @throws ConfigError with all that is wrong, in the order of files and lines. */
export function loadConfig(dir: string): Config {
  if (!isFolder(dir)) {
    throw new ConfigError(
      `there is no folder ${dir}: run leadgauge where config/ is, or name the folder with LEADGAUGE_CONFIG`,
    );
  }
  const problems: ConfigProblem[] = [];
  const collect = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const lists = collect(() => readLists(join(dir, 'lists')));
  const hubspot = collect(() => readYaml(join(dir, 'hubspot.yaml'), hubspotConfigSchema));
  const schedules = collect(() => readSchedules(join(dir, 'schedules.yaml')));
  const file = collect(() => readYaml(onlyModel(join(dir, 'models')), modelSchema));
  const model = file && lists && collect(() => compile(file, lists));
  if (file && model && hubspot) problems.push(...strangers(file, model, hubspot));
  if (problems.length > 0 || !model || !hubspot || !schedules || !lists) throw new ConfigError(inOrder(problems));
  return { model, hubspot, schedules, lists };
}

function readLists(dir: string): Lists {
  const names = isFolder(dir) ? readdirSync(dir).filter((name) => name.endsWith('.txt')) : [];
  return new Map(names.sort().map((name) => [basename(name, '.txt'), readList(join(dir, name))]));
}

function readList(file: string): ReadonlySet<string> {
  const text = readText(file, LARGEST_LIST_MB);
  const problems = text.split(/\r?\n/).flatMap((line, index) => {
    const message = listLineProblem(line);
    return message === undefined ? [] : [{ file, line: index + 1, column: 1, message }];
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return parseList(text);
}

function readSchedules(file: string): Schedules {
  return existsSync(file) ? readYaml(file, schedulesSchema).value : schedulesSchema.parse({});
}

function onlyModel(dir: string): string {
  const names = isFolder(dir) ? readdirSync(dir).filter((name) => /^[^.].*\.ya?ml$/.test(name)) : [];
  const [name, ...more] = names.sort();
  if (name === undefined) throw new ConfigError(`there is no model in ${dir}: put one there, such as platform.yaml`);
  if (more.length === 0) return join(dir, name);
  throw new ConfigError(
    `there are ${names.length} models in ${dir} (${names.join(', ')}), and leadgauge scores with one: keep the one you want and move the others elsewhere`,
  );
}

function compile(file: YamlFile<ModelSource>, lists: Lists): CompiledModel {
  try {
    return compileModel(file.value, { lists });
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw new ConfigError(error.problems.map(({ path, message }) => ({ ...file.locate(path), message })));
  }
}

/** What a model names and the connection's config does not know. */
function strangers(file: YamlFile<unknown>, model: CompiledModel, hubspot: YamlFile<HubspotConfig>): ConfigProblem[] {
  const fields = new Set(['email', ...Object.keys(hubspot.value.fields)]);
  const forms = new Set(Object.keys(hubspot.value.forms));
  const unknown = (kind: string, known: ReadonlySet<string>, mentions: CompiledModel['fields']): ConfigProblem[] =>
    mentions
      .filter(({ name }) => !known.has(name))
      .map(({ name, path }) => ({
        ...file.locate(path),
        message: `${hubspot.file} has no ${kind} "${name}"${suggestion(name, known)}`,
      }));
  return [...unknown('field', fields, model.fields), ...unknown('form', forms, model.forms)];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
