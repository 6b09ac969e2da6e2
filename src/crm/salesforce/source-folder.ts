import type { ModelOutputs } from '../outputs/output-model.ts';
import { API_VERSION } from './api/api.ts';
import type { SalesforceConfig } from './config.ts';
import { salesforceDefinitions } from './definitions/definitions.ts';
import { wantedSets } from './setup/permission-sets.ts';
import { fullName, isPackaged, wantedFields } from './setup/wanted-fields.ts';
import { fieldXml } from './source/field-xml.ts';
import { type MetadataType, manifestXml } from './source/manifest-xml.ts';
import { permissionSetXml } from './source/permission-set-xml.ts';
import { readme } from './source/readme.ts';

export interface SourceFile {
  /** From the folder on, with `/`. */
  readonly path: string;
  readonly content: string;
}

export interface SourceFolder {
  readonly files: readonly SourceFile[];
  /** `Lead.Leadgauge_Score__c` and so on, in the order of the files. */
  readonly fields: readonly string[];
  readonly permissionSets: readonly string[];
  /** The objects of whose changes Salesforce tells leadgauge; none where it reaches no receiver. */
  readonly tellsOf: readonly string[];
}

export interface SourceFolderOptions {
  readonly config: SalesforceConfig;
  readonly models: readonly ModelOutputs[];
  /** Where Salesforce reaches the receiver, without a slash at the end; undefined where it tells leadgauge of nothing. */
  readonly publicUrl?: string | undefined;
  /** Whether the org has person accounts. */
  readonly personAccounts?: boolean;
}

/** By this name of its, a folder is known for one of ours again. */
export const SOURCE_PROJECT = 'leadgauge';
export const SOURCE_PROJECT_FILE = 'sfdx-project.json';
/** All that is deployed is below this one. */
export const SOURCE_ROOT = 'force-app';
const FOLDER = `${SOURCE_ROOT}/main/default`;

/**
 * What `setup` makes, as a project for `sf project deploy start`, for teams that deploy their metadata themselves. The same config gives
 * the same files. Fields alone, without the objects that they are on: nothing else of Lead, Contact and Account is deployed.
 * https://developer.salesforce.com/docs/atlas.en-us.sfdx_dev.meta/sfdx_dev/sfdx_dev_source_file_format.htm
 */
export function sourceFolder({ config, models, publicUrl, personAccounts }: SourceFolderOptions): SourceFolder {
  const wanted = wantedFields(config, models).filter(({ name }) => !isPackaged(name));
  const sets = wantedSets(config, models, personAccounts === true);
  const definitions = salesforceDefinitions({ publicUrl, folder: FOLDER, ...(personAccounts && { personAccounts }) });
  const fields: MetadataType = { name: 'CustomField', members: wanted.map(fullName) };
  const permissionSets: MetadataType = { name: 'PermissionSet', members: sets.map(({ name }) => name) };
  const flows = { name: 'Flow', members: namesIn(definitions.files, 'flows') };
  const workflows = { name: 'Workflow', members: namesIn(definitions.files, 'workflows') };
  const files = [
    { path: SOURCE_PROJECT_FILE, content: project(definitions.replacements) },
    { path: 'README.md', content: readme(config, definitions.files.length > 0 ? publicUrl : undefined) },
    { path: 'manifest/package.xml', content: manifestXml([fields, flows, permissionSets, workflows]) },
    { path: 'removal/package.xml', content: manifestXml([]) },
    { path: 'removal/destructiveChanges.xml', content: manifestXml([fields, permissionSets]) },
    ...wanted.map((field) => ({
      path: `${FOLDER}/objects/${field.object}/fields/${field.name}.field-meta.xml`,
      content: fieldXml(field),
    })),
    ...sets.map((set) => ({
      path: `${FOLDER}/permissionsets/${set.name}.permissionset-meta.xml`,
      content: permissionSetXml(set),
    })),
    ...definitions.files,
  ];
  return { files, fields: fields.members, permissionSets: permissionSets.members, tellsOf: workflows.members };
}

/** Where it says to whom Salesforce tells of an object's changes. */
export function toldFile(object: string): string {
  return `${FOLDER}/workflows/${object}.workflow-meta.xml`;
}

function project(replacements: readonly object[]): string {
  const json = {
    packageDirectories: [{ path: SOURCE_ROOT, default: true }],
    name: SOURCE_PROJECT,
    namespace: '',
    sourceApiVersion: API_VERSION,
    ...(replacements.length > 0 && { replacements }),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** `…/flows/Leadgauge_Tells_Of_Leads.flow-meta.xml` is the flow of that name. */
function namesIn(files: readonly SourceFile[], folder: string): string[] {
  return files.flatMap(({ path }) => new RegExp(`/${folder}/([^/.]+)\\.`).exec(path)?.[1] ?? []);
}
