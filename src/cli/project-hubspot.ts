import { join } from 'node:path';
import { ConfigError } from '../base/errors.ts';
import { APP_FILE, APP_UID, type HubspotProject, hubspotProject, WEBHOOKS_FILE } from '../crm/hubspot/project.ts';
import { outputModels } from '../crm/outputs/output-models.ts';
import { hubspotOf } from '../settings/config.ts';
import type { Settings } from '../settings/settings.ts';
import { salesNeeds } from '../sync/sales-needs.ts';
import { hanging } from './explain-hanging.ts';
import { fold } from './print.ts';
import { POLLS_ALONE, type Project, whyUntold } from './project.ts';
import { readJsonObject, readText } from './project-files.ts';
import { hubspotSteps } from './project-hubspot-steps.ts';

/** The project that `hs project upload` makes an app of. @throws ConfigError where the folder has the app of something else. */
export function hubspotProjectIn(folder: string, settings: Settings): Project {
  const { publicUrl } = settings.environment;
  const { models, sales } = settings;
  const needs = salesNeeds(sales, models);
  const config = hubspotOf(settings).value;
  const app = hubspotProject({ config, models: outputModels(models, config), needs, publicUrl });
  refuseOtherApp(folder);
  return {
    name: 'the HubSpot project',
    heading: 'a HubSpot project with an app for this account alone',
    files: app.files,
    about: [
      'What the app may do, and what for:',
      ...scopeLines(app),
      hanging('* only "leadgauge setup" and "leadgauge remove" need it: take it out afterwards if you like', 2),
    ],
    notes: notesOf(app, folder, publicUrl),
    told: { scopes: app.scopes, leftOut: app.leftOut },
    next: hubspotSteps(folder, app),
  };
}

function refuseOtherApp(folder: string): void {
  const file = join(folder, APP_FILE);
  const there = readJsonObject(file);
  if (there === undefined || there.uid === APP_UID) return;
  throw new ConfigError(
    `${file} is the app of something else, as its uid is not ${APP_UID}: name another folder, as in --project my-folder`,
  );
}

/** Two columns; what is too long for a line of a terminal goes on in its own column. */
function scopeLines({ scopes }: HubspotProject): string[] {
  const start = Math.max(...scopes.map(({ scope }) => scope.length)) + 4;
  return scopes.map(({ scope, purpose, setupOnly }) => {
    const text = fold(`${purpose}${setupOnly ? ' *' : ''}`, start);
    return `  ${scope}`.padEnd(start) + text.slice(start);
  });
}

function notesOf({ leftOut }: HubspotProject, folder: string, publicUrl: string | undefined): string[] {
  const scopes = leftOut.map(
    ({ scope, purpose, edition, stream }) =>
      `Left out: the scope ${scope}, to ${purpose}. Only ${edition} has it, and HubSpot installs no app that asks for more than the account has. If yours does, write "${stream}: on" under streams in config/hubspot.yaml, and run this again.`,
  );
  const why = whyUntold(publicUrl);
  return why === undefined ? scopes : [...scopes, withoutWebhooks(folder, why)];
}

function withoutWebhooks(folder: string, why: string): string {
  const file = join(folder, WEBHOOKS_FILE);
  if (readText(file) !== undefined) return `${why}: ${file} was written before, and stays as it is.`;
  return `No webhooks, as ${why}: ${POLLS_ALONE}. To have webhooks as well, set PUBLIC_URL to the https address of the receiver in .env, and run this again.`;
}
