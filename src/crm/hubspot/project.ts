import type { ModelOutputs, OutputModel } from '../outputs/output-model.ts';
import type { SalesNeeds } from '../sales-needs.ts';
import type { HubspotConfig } from './config.ts';
import { modelOutputs } from './model-outputs.ts';
import { type NeededScope, neededScopes } from './needed-scopes.ts';
import { webhookSubscriptions } from './webhook-subscriptions.ts';

/** A file of the HubSpot project. */
export interface ProjectFile {
  /** From the project's folder on, with `/`. */
  readonly path: string;
  /** As it is when there is none yet. */
  readonly content: object;
  /** The part that follows from config. The rest is the user's own: a name, a logo, whom to ask for help. */
  readonly ours: object;
}

/** An app for one account that `hs project upload` makes of a folder. */
export interface HubspotProject {
  readonly files: readonly ProjectFile[];
  /** What the app is allowed. */
  readonly scopes: readonly NeededScope[];
  /** Left out, as the account may not have them: HubSpot installs no app that needs more than the account has. */
  readonly leftOut: readonly NeededScope[];
  /** Where webhooks go; without, the app sends none. */
  readonly targetUrl: string | undefined;
}

export interface ProjectOptions {
  readonly config: HubspotConfig;
  readonly models: readonly OutputModel[];
  /** What routing and follow-up need besides; nothing when absent. */
  readonly needs?: SalesNeeds;
  /** Where HubSpot reaches the receiver, without a slash at the end. It sends webhooks to https alone. */
  readonly publicUrl: string | undefined;
}

/** By the uid, HubSpot knows the app again at the next upload. */
export const APP_UID = 'leadgauge_app';
export const APP_FILE = 'src/app/app-hsmeta.json';
export const WEBHOOKS_FILE = 'src/app/webhooks/webhooks-hsmeta.json';
export const PROJECT_NAME = 'leadgauge';
const PLATFORM_VERSION = '2026.09';

export function hubspotProject({ config, models: all, needs, publicUrl }: ProjectOptions): HubspotProject {
  const models = modelOutputs(config, all);
  const needed = neededScopes(config, models, needs);
  const scopes = needed.filter(({ edition }) => edition === undefined);
  const targetUrl = publicUrl?.startsWith('https://') ? `${publicUrl}/webhooks/hubspot` : undefined;
  const files = [projectFile(), appFile(scopes)];
  return {
    files: targetUrl === undefined ? files : [...files, webhooksFile(config, models, targetUrl)],
    scopes,
    leftOut: needed.filter((need) => !scopes.includes(need)),
    targetUrl,
  };
}

/** https://developers.hubspot.com/docs/developer-tooling/platform/versioning */
function projectFile(): ProjectFile {
  const content = { name: PROJECT_NAME, srcDir: 'src', platformVersion: PLATFORM_VERSION };
  return { path: 'hsproject.json', content, ours: {} };
}

/** An app with static authentication has required scopes only. https://developers.hubspot.com/docs/apps/developer-platform/build-apps/app-configuration */
function appFile(scopes: readonly NeededScope[]): ProjectFile {
  const requiredScopes = ['oauth', ...scopes.map(({ scope }) => scope)];
  const auth = { type: 'static', requiredScopes };
  const content = {
    uid: APP_UID,
    type: 'app',
    config: {
      name: 'leadgauge',
      description: 'Scores the leads of this account and writes the score, its reasons and the stage to the contact.',
      distribution: 'private',
      auth: { ...auth, optionalScopes: [], conditionallyRequiredScopes: [] },
      permittedUrls: { fetch: ['https://api.hubapi.com'], iframe: [], img: [] },
    },
  };
  return { path: APP_FILE, content, ours: { config: { distribution: 'private', auth } } };
}

/** https://developers.hubspot.com/docs/apps/developer-platform/add-features/configure-webhooks */
function webhooksFile(config: HubspotConfig, models: readonly ModelOutputs[], targetUrl: string): ProjectFile {
  const subscriptions = webhookSubscriptions(config, models);
  return {
    path: WEBHOOKS_FILE,
    content: {
      uid: 'leadgauge_webhooks',
      type: 'webhooks',
      config: { settings: { targetUrl, maxConcurrentRequests: 10 }, subscriptions },
    },
    ours: { config: { settings: { targetUrl }, subscriptions } },
  };
}
