import { flowXml } from './flow.ts';
import { outboundMessageXml } from './outbound-message.ts';
import { definitionName, PERSON_ACCOUNTS, TOLD_OBJECTS, type ToldObject } from './told-objects.ts';

export interface DefinitionFile {
  /** From the project's folder on, with `/`. */
  readonly path: string;
  readonly content: string;
}

/** An entry of `replacements` in `sfdx-project.json`: what `sf project deploy start` puts in place of a text as it deploys. */
export interface Replacement {
  readonly filename: string;
  readonly stringToReplace: string;
  /** The name of the environment variable that holds it. */
  readonly replaceWithEnv: string;
}

/** What makes Salesforce tell the receiver of a change at once. */
export interface Definitions {
  readonly files: readonly DefinitionFile[];
  /** So that no file holds the secret, and a sandbox of Salesforce's can have another user than production. */
  readonly replacements: readonly Replacement[];
}

export interface DefinitionOptions {
  /** Where Salesforce reaches the receiver, without a slash at the end. It sends to https alone: nothing is defined for any other. */
  readonly publicUrl: string | undefined;
  /** The folder of the metadata within the project, without a slash at the end: `force-app/main/default`. */
  readonly folder: string;
  /** Whether the org has person accounts. */
  readonly personAccounts?: boolean;
}

/** What is to be set in the environment as the files are deployed: one of SALESFORCE_WEBHOOK_SECRETS, and whom leadgauge signs in as. */
export const DEPLOY_SECRET = 'SALESFORCE_WEBHOOK_SECRET';
export const DEPLOY_USERNAME = 'SALESFORCE_USERNAME';

const SECRET = 'the-webhook-secret-is-put-here';
const USERNAME = 'the-username-is-put-here@leadgauge.invalid';

/** A flow for each object, and the outbound message that it sends; the same options give the same files. */
export function salesforceDefinitions({ publicUrl, folder, personAccounts }: DefinitionOptions): Definitions {
  if (!publicUrl?.startsWith('https://')) return { files: [], replacements: [] };
  const told = personAccounts ? [...TOLD_OBJECTS, PERSON_ACCOUNTS] : TOLD_OBJECTS;
  const endpointUrl = `${publicUrl}/webhooks/salesforce/${SECRET}`;
  const files = told.flatMap((each) => [
    { path: workflowPath(folder, each), content: outboundMessageXml(each, { endpointUrl, username: USERNAME }) },
    { path: flowPath(folder, each), content: flowXml(each, USERNAME) },
  ]);
  const replacements = files.flatMap(({ path, content }) =>
    [
      { filename: path, stringToReplace: SECRET, replaceWithEnv: DEPLOY_SECRET },
      { filename: path, stringToReplace: USERNAME, replaceWithEnv: DEPLOY_USERNAME },
    ].filter(({ stringToReplace }) => content.includes(stringToReplace)),
  );
  return { files, replacements };
}

const workflowPath = (folder: string, { object }: ToldObject) => `${folder}/workflows/${object}.workflow-meta.xml`;

const flowPath = (folder: string, told: ToldObject) => `${folder}/flows/${definitionName(told)}.flow-meta.xml`;
