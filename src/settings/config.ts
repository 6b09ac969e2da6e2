import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, type ConfigProblem } from '../base/errors.ts';
import { type HubspotConfig, hubspotConfigSchema } from '../crm/hubspot/config.ts';
import * as hubspotOutputs from '../crm/hubspot/model-outputs.ts';
import { mainModel } from '../crm/outputs/output-model.ts';
import { type SalesforceConfig, salesforceConfigSchema } from '../crm/salesforce/config.ts';
import * as salesforceOutputs from '../crm/salesforce/model-outputs.ts';
import type { Lists } from '../leads/lists.ts';
import { NO_OWN_TITLES, type OwnTitles, titlesSchema } from '../leads/titles.ts';
import { type ModelSet, modelSet } from '../scoring/model-set.ts';
import { challengerWarnings } from './challenger-warnings.ts';
import { collector } from './collect.ts';
import { type CrmFile, type CrmParts, nameOutputs, readCrmFile } from './crm-file.ts';
import { isFolder, namesIn } from './folder.ts';
import { readLists } from './lists.ts';
import { type ModelFile, type ModelParts, readModel, strangers, strangersOf } from './model-file.ts';
import { readSales, salesOf } from './read-sales.ts';
import type { Sales } from './sales.ts';
import { type Schedules, schedulesSchema } from './schedules.ts';
import { hubspotWords, salesforceWords, type Words } from './words.ts';
import { inOrder, readYaml, type YamlFile } from './yaml-file.ts';
import { MISSING_FILE } from './yaml-source.ts';

/** What the folder `config/` says. */
export interface Config {
  readonly models: ModelSet;
  /** With its places in the file, for problems that only the portal shows; undefined where this CRM is off. */
  readonly hubspot: CrmFile<HubspotConfig> | undefined;
  /** The same of a Salesforce org. */
  readonly salesforce: CrmFile<SalesforceConfig> | undefined;
  /** The id of the model with which the lifecycle stage goes, in the first of these. */
  readonly mainModel: string;
  /** What models may name, of each of these. */
  readonly words: readonly Words[];
  readonly schedules: Schedules;
  readonly sales: Sales;
  readonly lists: Lists;
  readonly titles: OwnTitles;
  /** What is legal and likely wrong, in the order of files and lines. */
  readonly warnings: readonly ConfigProblem[];
}

const SALES = 'sales.yaml';

const HUBSPOT: CrmParts<HubspotConfig> = {
  file: 'hubspot.yaml',
  schema: hubspotConfigSchema,
  problems: hubspotOutputs.modelOutputsProblems,
  mainModel,
};
const SALESFORCE: CrmParts<SalesforceConfig> = {
  file: 'salesforce.yaml',
  schema: salesforceConfigSchema,
  problems: salesforceOutputs.modelOutputsProblems,
  mainModel,
};

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
  const crms = collectCrms(dir, collect);
  const schedules = collect(() => readSchedules(join(dir, 'schedules.yaml')));
  const sales = lists && titles && collect(() => ({ file: readSales(join(dir, SALES), { lists, titles }) }));
  const files = lists && titles && readModels(join(dir, 'models'), { lists, titles }, { problems, collect });
  const words = crms && wordsOf(crms);
  if (files && words) problems.push(...files.flatMap((file) => strangers(file, words)));
  if (sales?.file && words) problems.push(...strangersOf('field', sales.file.fields, words, sales.file.locate));
  // With a model missing, what else is said of all of them would be wrong.
  const models = modelSet(files?.map(({ model }) => model) ?? []);
  const named = crms && files && problems.length === 0 ? nameAll(crms, models, collect) : undefined;
  const main = named?.hubspot?.mainModel ?? named?.salesforce?.mainModel;
  if (
    problems.length > 0 ||
    !lists ||
    !titles ||
    !schedules ||
    !sales ||
    !files ||
    !words ||
    !named ||
    main === undefined
  )
    throw new ConfigError(inOrder(problems));
  const warnings = inOrder([
    ...[...files, ...(sales.file ? [sales.file] : [])].flatMap((file) => file.warnings),
    ...challengerWarnings(files),
  ]);
  return {
    models,
    mainModel: main,
    ...named,
    words,
    schedules,
    sales: salesOf(sales.file),
    lists,
    titles,
    warnings,
  };
}

/** HubSpot's file. @throws ConfigError where that CRM is off. */
export function hubspotOf({ hubspot }: Config): CrmFile<HubspotConfig> {
  if (hubspot !== undefined) return hubspot;
  throw new ConfigError('HubSpot is off: write "role: both" in config/hubspot.yaml');
}

interface Crms {
  readonly hubspot: YamlFile<HubspotConfig> | undefined;
  readonly salesforce: YamlFile<SalesforceConfig> | undefined;
}

type Collect = ReturnType<typeof collector>['collect'];

/** Undefined where something is wrong with any of them. */
function collectCrms(dir: string, collect: Collect): Crms | undefined {
  const hubspot = collect(() => ({ file: readCrmFile(dir, HUBSPOT) }));
  const salesforce = collect(() => ({ file: readCrmFile(dir, SALESFORCE) }));
  if (hubspot === undefined || salesforce === undefined) return undefined;
  return collect(() => {
    if (hubspot.file === undefined && salesforce.file === undefined) throw new ConfigError([nothingOn(dir)]);
    return { hubspot: hubspot.file, salesforce: salesforce.file };
  });
}

function nothingOn(dir: string): ConfigProblem {
  const file = join(dir, HUBSPOT.file);
  if (!existsSync(file)) return { file, message: MISSING_FILE };
  return { file, message: `no CRM is on: write "role: both" here or in ${join(dir, SALESFORCE.file)}` };
}

function wordsOf({ hubspot, salesforce }: Crms): readonly Words[] {
  return [
    ...(hubspot === undefined ? [] : [hubspotWords(hubspot.file, hubspot.value)]),
    ...(salesforce === undefined ? [] : [salesforceWords(salesforce.file, salesforce.value)]),
  ];
}

function nameAll({ hubspot, salesforce }: Crms, models: ModelSet, collect: Collect) {
  return {
    hubspot: hubspot && collect(() => nameOutputs(hubspot, HUBSPOT, models)),
    salesforce: salesforce && collect(() => nameOutputs(salesforce, SALESFORCE, models)),
  };
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
  const [only] = files;
  if (
    only !== undefined &&
    files.length === names.length &&
    files.every(({ model }) => model.challengerTo !== undefined)
  ) {
    const message = 'a challenger needs a model to challenge, and there is none that is in use: take challenger_to out';
    problems.push({ ...only.locate(['challenger_to']), message });
  }
  for (const [index, { model, file, locate }] of files.entries()) {
    const first = files.slice(0, index).find((other) => other.model.id === model.id);
    if (first === undefined) continue;
    const message = `${first.file} is the model "${model.id}" already: give each its own name`;
    problems.push({ ...locate(['model']), file, message });
  }
  return files;
}
