import type { SalesforceConfig } from '../config.ts';
import { instantText } from '../definitions/instant-text.ts';

/**
 * What to do with the folder, in Markdown.
 * @param publicUrl where Salesforce tells leadgauge of changes; undefined where it tells of none
 */
export function readme({ permission_sets: sets, lifecycle }: SalesforceConfig, publicUrl: string | undefined): string {
  const instant = publicUrl === undefined ? '' : `\n${instantText(publicUrl).trimEnd()}\n`;
  const secrets =
    publicUrl === undefined
      ? ''
      : '\nFirst put the secret and the user into the environment, as "Outbound messages" below says.\n';
  const stage = lifecycle === 'off' ? '' : ', stage and MQL date among them';
  return `# leadgauge for Salesforce

The fields and permission sets that leadgauge needs, written by \`leadgauge setup salesforce --project\` from config/salesforce.yaml and
the models. After a change of these, have it written again. What you change in these files is replaced then, after it was shown.

## Deploy
${secrets}
\`\`\`sh
sf project deploy start --source-dir force-app --dry-run
sf project deploy start --source-dir force-app
sf org assign permset --name ${sets.integration} --on-behalf-of <user name of the integration user>
sf org assign permset --name ${sets.sales} --on-behalf-of <user name of somebody in sales>
\`\`\`

Then, in Setup:

1. Object Manager, Lead, Fields & Relationships, "Map Lead Fields": map each field of leadgauge to the field of the same name on
   Contact${stage}, so that a converted lead takes its values along.
2. Object Manager, Lead and Contact, Page Layouts: put the fields onto the layouts that sales uses.
${instant}
## Take it away again

With all values. First take the fields out of "Map Lead Fields" and whatever else uses them. Then, in Setup, deactivate and delete the
flows whose names begin with leadgauge, and their outbound messages, if there are any.

\`\`\`sh
sf project deploy start --manifest removal/package.xml --post-destructive-changes removal/destructiveChanges.xml
\`\`\`
`;
}
