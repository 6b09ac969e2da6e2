import { ConfigError } from '../base/errors.ts';
import { ALL_SCOPES, createPortal, DEMO_TOKEN, loadCsv, startSandbox } from '../sandbox/sandbox.ts';
import { counted } from './print.ts';
import { LEADS, type RunningSandbox, type SandboxOptions } from './sandbox-options.ts';

/** A HubSpot portal. @throws ConfigError for options that do not go together, and files that cannot be read. */
export async function startHubspotSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { port, seed, buyers, tier = 'enterprise', leadsCsv, activitiesCsv, indexDelay, withoutScope } = options;
  const webhooks = webhooksOf(options);
  if (activitiesCsv !== undefined && leadsCsv === undefined)
    throw new ConfigError('--activities-csv needs --leads-csv: the file with the people who did it');
  const portal = createPortal({ leads: options.leads ?? (leadsCsv === undefined ? LEADS : 0), seed, buyers, tier });
  if (leadsCsv !== undefined) await loadCsv(portal, { leads: leadsCsv, activities: activitiesCsv });
  const scopes = ALL_SCOPES.filter((scope) => !withoutScope.includes(scope));
  const tokens = [{ token: DEMO_TOKEN, scopes }];
  const { url, close } = await startSandbox({ portal, port, webhooks, indexDelay, tokens });
  const leads = portal.contacts.all.length;
  return { told: { url, token: DEMO_TOKEN, leads }, welcome: welcome(url, leads, options), close };
}

function webhooksOf({ webhooks: url, webhookSecret: secret }: SandboxOptions) {
  if (url === undefined && secret === undefined) return undefined;
  if (url === undefined) throw new ConfigError('--webhook-secret needs --webhooks: the address to send them to');
  if (secret === undefined)
    throw new ConfigError('--webhooks needs --webhook-secret: the same as in HUBSPOT_WEBHOOK_SECRETS of the receiver');
  return { url, secret };
}

function welcome(url: string, contacts: number, { webhooks, withoutScope }: SandboxOptions): string[] {
  return [
    `A HubSpot portal with ${counted(contacts, 'contact')} is at ${url}`,
    `Its token is ${DEMO_TOKEN}`,
    ...(withoutScope.length === 0 ? [] : [`The token lacks ${[...new Set(withoutScope)].join(', ')}`]),
    ...(webhooks === undefined ? [] : [`It sends webhooks to ${webhooks}`]),
    '',
    'Try it from another terminal:',
    '',
    `  export HUBSPOT_BASE_URL=${url}`,
    `  export HUBSPOT_TOKEN=${DEMO_TOKEN}`,
  ];
}
