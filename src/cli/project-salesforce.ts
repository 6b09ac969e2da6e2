import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ConfigError } from '../base/errors.ts';
import { outputModels } from '../crm/outputs/output-models.ts';
import { modelOutputs } from '../crm/salesforce/model-outputs.ts';
import {
  SOURCE_PROJECT,
  SOURCE_PROJECT_FILE,
  SOURCE_ROOT,
  type SourceFolder,
  sourceFolder,
  toldFile,
} from '../crm/salesforce/source-folder.ts';
import type { Settings } from '../settings/settings.ts';
import { POLLS_ALONE, type Project, whyUntold } from './project.ts';
import { readJsonObject, readText } from './project-files.ts';
import { salesforceSteps } from './project-salesforce-steps.ts';

export interface SalesforceProjectOptions {
  /** Whether the org has person accounts: they are written to as accounts, which tell of their changes. */
  readonly personAccounts: boolean;
}

/**
 * The folder that `sf project deploy start` takes in: what `setup` makes, for teams that deploy it themselves, and what tells the receiver.
 * @throws ConfigError where Salesforce is off or a source alone, or the folder holds something else.
 */
export function salesforceProjectIn(
  folder: string,
  { salesforce, models, environment }: Settings,
  { personAccounts }: SalesforceProjectOptions,
): Project {
  if (salesforce === undefined)
    throw new ConfigError('Salesforce is off: write "role: both" in config/salesforce.yaml');
  const { value: config } = salesforce;
  if (config.role === 'source')
    throw new ConfigError(
      'Salesforce is a source alone, and needs no fields: write "role: both" in config/salesforce.yaml',
    );
  const { publicUrl } = environment;
  const named = modelOutputs(config, outputModels(models, config));
  const told = (object: string) => readText(join(folder, toldFile(object))) !== undefined;
  // No org gets rid of person accounts again.
  const hasPersonAccounts = personAccounts || told('Account');
  const source = sourceFolder({ config, models: named, publicUrl, personAccounts: hasPersonAccounts });
  refuseOtherFolder(folder, source);
  const why = whyUntold(publicUrl);
  if (why !== undefined && told('Lead')) throw wouldTellNowhere(folder, why);
  return {
    name: 'the Salesforce project',
    heading: 'a Salesforce project with what leadgauge needs in the org',
    files: source.files,
    about: ['What it brings into the org:', ...bringsLines(source)],
    notes: [...tellingNotes(why), ...(hasPersonAccounts ? [] : [PERSON_ACCOUNTS]), ...otherFilesNotes(folder, source)],
    told: { fields: source.fields, permissionSets: source.permissionSets, tellsOf: source.tellsOf },
    next: salesforceSteps(folder, { config, source, publicUrl }),
  };
}

function refuseOtherFolder(folder: string, { files }: SourceFolder): void {
  const file = join(folder, SOURCE_PROJECT_FILE);
  const project = readJsonObject(file);
  if (project === undefined) {
    const there = files.map(({ path }) => join(folder, path)).find((path) => readText(path) !== undefined);
    if (there === undefined) return;
    throw new ConfigError(
      `${there} is there already, and not leadgauge's: name another folder, as in --project my-folder`,
    );
  }
  if (project.name === SOURCE_PROJECT) return;
  throw new ConfigError(
    `${file} is the project of something else, as its name is not ${SOURCE_PROJECT}: name another folder, as in --project my-folder, and copy what you need from there`,
  );
}

function bringsLines({ fields, permissionSets, tellsOf }: SourceFolder): string[] {
  const [integration = '', sales = ''] = permissionSets;
  const on = [...Map.groupBy(fields, (field) => field.split('.')[0] ?? '')].map(
    ([object, own]) => `${own.length} on ${object}`,
  );
  return [
    `  fields: ${on.join(', ')}`,
    `  permission set ${integration}: for the integration user`,
    `  permission set ${sales}: for sales`,
    ...(tellsOf.length === 0 ? [] : [`  a flow and an outbound message each for ${tellsOf.join(', ')}`]),
  ];
}

/** Without its address, the files would be deployed with neither secret nor user. */
function wouldTellNowhere(folder: string, why: string): ConfigError {
  return new ConfigError(
    `${why}, but ${join(folder, toldFile('Lead'))} tells leadgauge of changes: set PUBLIC_URL as it was, or delete the folders flows and workflows beside it, and in the org what they made`,
  );
}

function tellingNotes(why: string | undefined): string[] {
  if (why === undefined) return [];
  return [
    `No flows and outbound messages, as ${why}: ${POLLS_ALONE}. To be told at once, set PUBLIC_URL to the https address of the receiver in .env, and run this again.`,
  ];
}

const PERSON_ACCOUNTS =
  'If the org has person accounts, run this with --person-accounts: they are written to as accounts, and what changes about them runs no flow of contacts.';

function otherFilesNotes(folder: string, { files }: SourceFolder): string[] {
  const others = otherFiles(folder, new Set(files.map(({ path }) => path)));
  if (others.length === 0) return [];
  return [
    `Deployed with it, and not, or no longer, needed by config/: ${others.join(', ')}. Delete what leadgauge wrote there before.`,
  ];
}

/** What else would be deployed from the folder. */
function otherFiles(folder: string, ours: ReadonlySet<string>): string[] {
  const root = join(folder, SOURCE_ROOT);
  try {
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .filter((path) => !ours.has(path.split(sep).join('/')))
      .sort();
  } catch {
    // It is still to be made.
    return [];
  }
}
