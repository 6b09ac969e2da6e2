import { DEPLOY_SECRET, DEPLOY_USERNAME } from './definitions.ts';
import { definitionName, TOLD_OBJECTS } from './told-objects.ts';

/** How a change in Salesforce reaches leadgauge at once, in Markdown, for whoever administers the org. */
export function instantText(publicUrl: string): string {
  const flows = TOLD_OBJECTS.map((told) => `\`${definitionName(told)}\``).join(', ');
  return `${outboundMessageText(publicUrl, flows)}\n${flowCalloutText(publicUrl)}`;
}

function outboundMessageText(publicUrl: string, flows: string): string {
  return `## Outbound messages

The flows ${flows} send an outbound message when a record is created or changed by anybody but leadgauge. It
carries ids alone; leadgauge then reads the record. Outbound messages come with Enterprise, Unlimited, Performance and Developer
Edition, use up no API calls, and are sent again for 24 hours while leadgauge does not answer.

1. Make a secret with \`openssl rand -hex 32\`. Where leadgauge runs, set \`SALESFORCE_WEBHOOK_SECRETS\` to it, and
   \`SALESFORCE_ORGANIZATION_IDS\` to the Organization ID in Setup, Company Information.
2. Set \`${DEPLOY_SECRET}\` to the secret and \`${DEPLOY_USERNAME}\` to the user as whom leadgauge signs in, and run
   \`sf project deploy start\`. They are put into what is deployed, and into no file here.
3. A production org deploys flows switched off, unless Setup, Process Automation Settings says "Deploy processes and flows as
   active". Switch them on in Setup, Flows.
4. Change a lead, and look at Setup, Outbound Messages, View Message Delivery Status: what is delivered is no longer listed.

To replace the secret, set \`SALESFORCE_WEBHOOK_SECRETS\` to both, old and new, with a comma between; deploy with the new one; when
nothing waits any more for delivery, take the old one out.

Whoever may see outbound messages in Setup sees the secret, which is a part of their address:
\`${publicUrl}/webhooks/salesforce/<secret>\`.
`;
}

function flowCalloutText(publicUrl: string): string {
  return `## A flow of your own

Where outbound messages are not to be had, a flow can call leadgauge itself. What Salesforce fails to send may be lost: the next poll
finds the change.

1. Setup, Named Credentials, External Credentials: a new one with the authentication protocol Custom. Give it a principal with the
   authentication parameter \`Secret\`, whose value is one of \`SALESFORCE_WEBHOOK_SECRETS\`, and the custom header
   \`X-Leadgauge-Secret\`, whose value is \`{!$Credential.<name of the external credential>.Secret}\`.
2. Setup, Named Credentials: a new one with the URL \`${publicUrl}\` and this external credential.
3. Give the users whose changes count access to the principal, by External Credential Principal Access of a permission set.
4. A record-triggered flow on Lead (and one on Contact), when a record is created or updated, optimized for Actions and Related
   Records, with the path "Run Asynchronously": a callout is not allowed before the change is saved.
5. On that path an action, Create HTTP Callout: this named credential, the method POST, the URL path \`/webhooks/salesforce/flow\`, the
   sample request \`{ "object": "Lead", "id": "00Q000000000000AAA" }\`, the sample response \`{}\`. Set \`id\` to the record's id.

For a campaign member send \`leadId\` and \`contactId\` beside its \`id\`; for a task or an event send \`whoId\`. Apex may send several at
once: \`{ "records": [ … ] }\`, also as \`JSON.serialize(Trigger.new)\` writes them, at most 2,000.

leadgauge answers 200 with \`{}\`, and otherwise says what is wrong: a fault path can show it.
`;
}
