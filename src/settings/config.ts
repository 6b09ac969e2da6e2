import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, type ConfigProblem } from '../base/errors.ts';
import { type HubspotConfig, hubspotConfigSchema } from '../crm/hubspot/config.ts';
import { mainModel, modelOutputsProblems } from '../crm/hubspot/model-outputs.ts';
import type { Lists } from '../leads/lists.ts';
import { NO_OWN_TITLES, type OwnTitles, titlesSchema } from '../leads/titles.ts';
import { type ModelSet, modelSet } from '../scoring/model-set.ts';
import { collector } from './collect.ts';
import { isFolder, namesIn } from './folder.ts';
import { readLists } from './lists.ts';
import { type ModelFile, type ModelParts, readModel, strangers } from './model-file.ts';
import { type Schedules, schedulesSchema } from './schedules.ts';
import { inOrder, readYaml, type YamlFile } from './yaml-file.ts';

/** What the folder `config/` says. */
export interface Config {
  readonly models: ModelSet;
  /** The id of the model with which the lifecycle stage goes. */
  readonly mainModel: string;
  /** With its places in the file, for problems that only the portal shows. */
  readonly hubspot: YamlFile<HubspotConfig>;
  readonly schedules: Schedules;
  readonly lists: Lists;
  readonly titles: OwnTitles;
  /** What is legal and likely wrong, in the order of files and lines. */
  readonly warnings: readonly ConfigProblem[];
}

/** Reads and checks every file of the folder. @throws ConfigError with all that is wrong, in the order of files and lines. */
export function loadConfig(dir: string): Config {
  if (!isFolder(dir)) {
    throw new ConfigError(
      `there is no folder ${dir}: run leadgauge where config/ is, or name the folder with LEADGAUGE_CONFIG`,
    );
  }
  const { problems, collect } = collector();
  const lists = collect(() => readLists(join(dir, 'lists')));
  const titles = collect(() => readTitles(join(dir, 'titles.yaml')));
  const hubspot = collect(() => readYaml(join(dir, 'hubspot.yaml'), hubspotConfigSchema));
  const schedules = collect(() => readSchedules(join(dir, 'schedules.yaml')));
  const files = lists && titles && readModels(join(dir, 'models'), { lists, titles }, { problems, collect });
  if (files && hubspot) problems.push(...files.flatMap((file) => strangers(file, hubspot)));
  // With a model missing, what else is said of all of them would be wrong.
  const main = hubspot && files && problems.length === 0 ? collect(() => nameOutputs(files, hubspot)) : undefined;
  if (problems.length > 0 || !lists || !titles || !hubspot || !schedules || !files || main === undefined)
    throw new ConfigError(inOrder(problems));
  const models = modelSet(files.map(({ model }) => model));
  const warnings = inOrder(files.flatMap((file) => file.warnings));
  return { models, mainModel: main, hubspot, schedules, lists, titles, warnings };
}

function readTitles(file: string): OwnTitles {
  return existsSync(file) ? readYaml(file, titlesSchema).value : NO_OWN_TITLES;
}

function readSchedules(file: string): Schedules {
  return existsSync(file) ? readYaml(file, schedulesSchema).value : schedulesSchema.parse({});
}

/** Every model of the folder that can be read. */
function readModels(
  dir: string,
  parts: ModelParts,
  { problems, collect }: ReturnType<typeof collector>,
): readonly ModelFile[] {
  const names = namesIn(dir, /^[^.].*\.ya?ml$/);
  if (names.length === 0)
    problems.push({ message: `there is no model in ${dir}: put one there, such as platform.yaml` });
  const files = names.flatMap((name) => collect(() => readModel(join(dir, name), parts)) ?? []);
  for (const [index, { model, file, locate }] of files.entries()) {
    const first = files.slice(0, index).find((other) => other.model.id === model.id);
    if (first === undefined) continue;
    const message = `${first.file} is the model "${model.id}" already: give each its own name`;
    problems.push({ ...locate(['model']), file, message });
  }
  return files;
}

/** Finds a place for what each model writes. @returns the id of the main model. */
function nameOutputs(files: readonly ModelFile[], hubspot: YamlFile<HubspotConfig>): string | undefined {
  const models = files.map(({ model }) => model);
  const wrong = modelOutputsProblems(hubspot.value, models);
  if (wrong.length > 0) {
    throw new ConfigError(
      wrong.map(({ path, atKey, message }) => ({ ...(atKey ? hubspot.locateKey : hubspot.locate)(path), message })),
    );
  }
  return mainModel(
    hubspot.value,
    models.map(({ id }) => id),
  );
}
