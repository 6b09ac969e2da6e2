import { z } from 'zod';
import { ConfigError, messageOf } from '../base/errors.ts';
import { checkSalesforceUrl } from '../crm/salesforce/api/salesforce-url.ts';
import type { Credentials } from '../crm/salesforce/sign-in/sign-in.ts';

/** What the machine tells of a Salesforce org: who signs in where, and whose messages are taken. */
export interface SalesforceEnvironment {
  /** Where sessions come from: Salesforce's own address, the org's, or a sandbox on this machine. */
  readonly loginUrl: string;
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  /** Of the integration user, for the JWT bearer flow. */
  readonly username: string | undefined;
  /** RSA, in PEM. */
  readonly privateKey: string | undefined;
  readonly refreshToken: string | undefined;
  /** Another address of Account Engagement, such as a sandbox on this machine. */
  readonly accountEngagementUrl: string | undefined;
  /** The secret part of the address for outbound messages, and what a flow sends in its header. */
  readonly webhookSecrets: readonly string[];
  /** Whose outbound messages are taken. */
  readonly organizationIds: readonly string[];
}

const several = z
  .string()
  .default('')
  .transform((text) => text.split(/[,\s]+/).filter((part) => part !== ''));

const url = z.string().transform((text, context) => {
  try {
    return checkSalesforceUrl(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: `cannot be used: ${messageOf(error)}` });
    return z.NEVER;
  }
});

/** Random letters and digits worth 24 bytes at least: nothing else stands between a stranger and the receiver. */
const SECRET = /^[A-Za-z0-9_-]{32,128}$/;

/** The variables, by their names. */
export const salesforceVariables = {
  SALESFORCE_LOGIN_URL: url.default('https://login.salesforce.com'),
  SALESFORCE_CLIENT_ID: z.string().optional(),
  SALESFORCE_CLIENT_SECRET: z.string().optional(),
  SALESFORCE_USERNAME: z.string().optional(),
  SALESFORCE_PRIVATE_KEY: z
    .string()
    .refine(
      (text) => text.includes('PRIVATE KEY'),
      'must be the private key itself, in PEM: name its file with SALESFORCE_PRIVATE_KEY_FILE instead',
    )
    .optional(),
  SALESFORCE_REFRESH_TOKEN: z.string().optional(),
  SALESFORCE_ACCOUNT_ENGAGEMENT_URL: z.string().optional(),
  SALESFORCE_WEBHOOK_SECRETS: several.refine(
    (all) => all.every((secret) => SECRET.test(secret)),
    'must be 32 to 128 random letters and digits, as "openssl rand -hex 24" gives them; several with commas between',
  ),
  SALESFORCE_ORGANIZATION_IDS: several.refine(
    (all) => all.every((id) => /^00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/.test(id)),
    'must be the id of your organization, as Setup, Company Information shows it: 00D and 12 or 15 more; several with commas between',
  ),
};

type Read = z.output<z.ZodObject<typeof salesforceVariables>>;

export function salesforceEnvironment(data: Read): SalesforceEnvironment {
  return {
    loginUrl: data.SALESFORCE_LOGIN_URL,
    clientId: data.SALESFORCE_CLIENT_ID,
    clientSecret: data.SALESFORCE_CLIENT_SECRET,
    username: data.SALESFORCE_USERNAME,
    privateKey: data.SALESFORCE_PRIVATE_KEY,
    refreshToken: data.SALESFORCE_REFRESH_TOKEN,
    accountEngagementUrl: data.SALESFORCE_ACCOUNT_ENGAGEMENT_URL,
    webhookSecrets: data.SALESFORCE_WEBHOOK_SECRETS,
    organizationIds: data.SALESFORCE_ORGANIZATION_IDS,
  };
}

/** How leadgauge signs in. @throws ConfigError that says what is missing, for what cannot do without. */
export function requireSalesforceCredentials(environment: SalesforceEnvironment): Credentials {
  const { clientId, clientSecret, username, privateKey, refreshToken } = environment;
  if (clientId === undefined) {
    throw new ConfigError(
      'SALESFORCE_CLIENT_ID is not set: put the consumer key of your External Client App in .env (docs/salesforce.md says how to make one)',
    );
  }
  if (privateKey !== undefined) {
    if (username !== undefined) return { flow: 'jwt-bearer', clientId, username, privateKey };
    throw new ConfigError(
      'SALESFORCE_USERNAME is not set: with SALESFORCE_PRIVATE_KEY, name the user whom leadgauge signs in as',
    );
  }
  if (refreshToken !== undefined) return { flow: 'refresh-token', clientId, clientSecret, refreshToken };
  if (clientSecret !== undefined) return { flow: 'client-credentials', clientId, clientSecret };
  throw new ConfigError(
    'Salesforce needs one more variable besides SALESFORCE_CLIENT_ID: SALESFORCE_PRIVATE_KEY_FILE with SALESFORCE_USERNAME (JWT), or SALESFORCE_CLIENT_SECRET (client credentials), or SALESFORCE_REFRESH_TOKEN',
  );
}
