import { type HubspotProject, PROJECT_NAME } from '../crm/hubspot/project.ts';
import { type RemainingStep, shellWord, step } from './project-steps.ts';

/** From the written project to the first look at the portal. */
export function hubspotSteps(folder: string, { targetUrl }: HubspotProject): RemainingStep[] {
  return [
    step(
      "Get HubSpot's command line, and let it into your account. You need to be a super admin there.",
      'npm install -g @hubspot/cli@latest',
      'hs account auth',
    ),
    step(
      'Upload the project. Say yes when it asks whether to create it.',
      `(cd ${shellWord(folder)} && hs project upload)`,
    ),
    step(
      `In HubSpot, open Development, Projects, ${PROJECT_NAME}, and there the app ${PROJECT_NAME}. Install it into your account from its tab Distribution.`,
    ),
    step(
      'From its tab Auth, copy into .env:',
      'HUBSPOT_TOKEN=           the access token',
      ...(targetUrl === undefined ? [] : ['HUBSPOT_WEBHOOK_SECRETS= the client secret']),
    ),
    ...(targetUrl === undefined
      ? []
      : [step('Have this address reach the receiver of "leadgauge start" (docs/webhooks.md):', targetUrl)]),
    step('Create the properties, and try everything.', 'leadgauge setup hubspot', 'leadgauge check'),
    step(
      'Do this again when config/ asks for other fields, forms or streams: write the project, upload it, and confirm the new scopes of the app in HubSpot.',
    ),
  ];
}
