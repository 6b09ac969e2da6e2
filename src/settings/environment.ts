import { z } from 'zod';
import { ConfigError, messageOf } from '../base/errors.ts';
import { nearestWord, suggestion } from '../base/nearest-word.ts';
import { checkBaseUrl } from '../crm/hubspot/base-url.ts';
import { isWebhookSecret, type NotifyEnvironment, notifyEnvironment, notifyVariables } from './notify-environment.ts';
import { redisUrlProblem } from './redis-url.ts';
import { type SalesforceEnvironment, salesforceEnvironment, salesforceVariables } from './salesforce-environment.ts';
import { readDotEnv, readSecretFiles, type Variables } from './variables.ts';

/** What the machine tells leadgauge: credentials, addresses and folders. Never part of `config/`. */
export interface Environment {
  readonly hubspotToken: string | undefined;
  /** Another address of the API, such as a sandbox on this machine. */
  readonly hubspotBaseUrl: string | undefined;
  /** The app's client secrets; several while one replaces the other. */
  readonly hubspotWebhookSecrets: readonly string[];
  /** What a company's own site signs with when it tells of a submission, `whsec_…`; several while one replaces the other. */
  readonly formWebhookSecrets: readonly string[];
  /** Where the CRM reaches the receiver, without a slash at the end: part of what a webhook's signature covers. */
  readonly publicUrl: string | undefined;
  readonly port: number;
  readonly host: string;
  readonly redisUrl: string | undefined;
  readonly salesforce: SalesforceEnvironment;
  readonly notify: NotifyEnvironment;
  readonly configDir: string;
  readonly dataDir: string;
  readonly logLevel: LogLevel;
  readonly production: boolean;
}

export type LogLevel = (typeof LOG_LEVELS)[number];
const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;

/**
 * Reads the environment, and `.env` in the working directory where there is one; what is set for real wins.
 * @throws ConfigError naming each variable that cannot be used and what to do; never with the value of a secret.
 */
export function readEnvironment(variables: Variables, workingDir = '.'): Environment {
  const { values, problems } = readSecretFiles({ ...readDotEnv(workingDir), ...present(variables) }, workingDir);
  const result = schema.safeParse(present(values));
  const wrong = result.success ? [] : result.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
  // Of what tells sales, only what config asks for must be right, and only where sales are told.
  const unread = new Map([...problems].filter(([name]) => name in notifyVariables));
  const unreadable = [...problems].flatMap(([name, message]) => (unread.has(name) ? [] : [message]));
  const all = [...unreadable, ...mistyped(values), ...wrong];
  if (!result.success || all.length > 0) throw new ConfigError(all.map((message) => ({ message })));
  const { data } = result;
  return {
    hubspotToken: data.HUBSPOT_TOKEN,
    hubspotBaseUrl: data.HUBSPOT_BASE_URL,
    hubspotWebhookSecrets: data.HUBSPOT_WEBHOOK_SECRETS,
    formWebhookSecrets: data.FORM_WEBHOOK_SECRETS,
    publicUrl: data.PUBLIC_URL,
    port: data.PORT,
    host: data.HOST,
    redisUrl: data.REDIS_URL,
    salesforce: salesforceEnvironment(data),
    notify: notifyEnvironment(data, unread),
    configDir: data.LEADGAUGE_CONFIG,
    dataDir: data.LEADGAUGE_DATA,
    logLevel: data.LOG_LEVEL,
    production: data.NODE_ENV === 'production',
  };
}

/** The token, for what cannot do without. @throws ConfigError that says where to get one. */
export function requireHubspotToken(environment: Environment): string {
  if (environment.hubspotToken !== undefined) return environment.hubspotToken;
  throw new ConfigError(
    'HUBSPOT_TOKEN is not set: put a HubSpot service key, or the access token of your HubSpot app, in .env, or the path of a file that holds it in HUBSPOT_TOKEN_FILE; "leadgauge setup hubspot --project" writes such an app',
  );
}

const token = z
  .string()
  .refine((text) => !/^bearer\s/i.test(text), 'begins with "Bearer": leave that word out')
  .refine((text) => /^[\x21-\x7e]+$/.test(text), 'holds a blank or another character that no token has: copy it again');

const baseUrl = z.string().transform((text, context) => {
  try {
    return checkBaseUrl(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: `cannot be used: ${messageOf(error)}` });
    return z.NEVER;
  }
});

const secrets = z
  .string()
  .default('')
  .transform((text) => text.split(/[,\s]+/).filter((secret) => secret !== ''));

/** What the receiver's own addresses end in. */
const RECEIVER_PATH = /\/webhooks\/(?:hubspot|salesforce|form)(?:\/|$)/i;

const schema = z.object({
  HUBSPOT_TOKEN: token.optional(),
  HUBSPOT_BASE_URL: baseUrl.optional(),
  HUBSPOT_WEBHOOK_SECRETS: secrets,
  ...salesforceVariables,
  ...notifyVariables,
  FORM_WEBHOOK_SECRETS: secrets.refine(
    (all) => all.every(isWebhookSecret),
    'must be whsec_ and 24 to 64 random bytes in base64, as "openssl rand -base64 32" gives them; several with commas between',
  ),
  PUBLIC_URL: z
    .string()
    .refine(
      isPublicUrl,
      'must be the address that HubSpot calls, such as https://leads.example.com: with https, and without ? or #',
    )
    .refine(
      (text) => !RECEIVER_PATH.test(text),
      'must end before /webhooks/, which leadgauge adds itself: write it such as https://leads.example.com',
    )
    .transform((text) => text.replace(/(?<!\/)\/+$/, ''))
    .optional(),
  PORT: z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, 'must be a number from 0 to 65535')
    .transform(Number)
    .default(3000),
  HOST: z.string().default('127.0.0.1'),
  REDIS_URL: z
    .string()
    .superRefine((text, context) => {
      const message = redisUrlProblem(text);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .optional(),
  LEADGAUGE_CONFIG: z.string().default('config'),
  LEADGAUGE_DATA: z.string().default('data'),
  LOG_LEVEL: oneOf(LOG_LEVELS).default('info'),
  NODE_ENV: oneOf(['production', 'development', 'test']).default('development'),
});

function oneOf<const W extends readonly string[]>(words: W) {
  return z.enum(words, {
    error: ({ input }) => `is ${JSON.stringify(input)}, which is not allowed${suggestion(String(input), words)}`,
  });
}

function isPublicUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || text.includes('?') || text.includes('#') || url.username !== '' || url.password !== '')
    return false;
  const here = url.hostname === 'localhost' || url.hostname === '127.0.0.1' || url.hostname === '[::1]';
  return url.protocol === 'https:' || (url.protocol === 'http:' && here);
}

/** A variable set to nothing is as good as not set. */
function present(variables: Variables): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) {
    if (value !== undefined && value.trim() !== '') kept[name] = value.trim();
  }
  return kept;
}

/** A name like one of ours, while ours is not set: others may have variables of their own that merely look alike. */
function mistyped(variables: Variables): string[] {
  return Object.keys(variables).flatMap((name) => {
    const [prefix] = /^(HUBSPOT|SALESFORCE|LEADGAUGE|FORM)_/.exec(name) ?? [];
    if (prefix === undefined || name in schema.shape) return [];
    const ours = Object.keys(schema.shape).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
    const near = nearestWord(name.slice(prefix.length), ours);
    if (near === undefined || variables[prefix + near] !== undefined) return [];
    return [`${name} is not a variable of leadgauge: did you mean ${prefix}${near}?`];
  });
}
