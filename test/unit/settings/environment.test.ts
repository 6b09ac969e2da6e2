import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readEnvironment, requireHubspotToken } from '../../../src/settings/environment.ts';
import { requireSalesforceCredentials } from '../../../src/settings/salesforce-environment.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'leadgauge-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const FORM_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

const PRIVATE_KEY = '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----';
const SECRET = 'a1'.repeat(24);
const NO_SALESFORCE = {
  loginUrl: 'https://login.salesforce.com',
  clientId: undefined,
  clientSecret: undefined,
  username: undefined,
  privateKey: undefined,
  refreshToken: undefined,
  accountEngagementUrl: undefined,
  webhookSecrets: [],
  organizationIds: [],
};

const NO_NOTIFY = { slackUrl: undefined, smtpUrl: undefined, httpsUrl: undefined, httpsSecret: undefined };

const read = (variables: Record<string, string>) => readEnvironment(variables, dir);

test('without any variable there are defaults, and nothing is reachable from outside', () => {
  expect(read({})).toEqual({
    hubspotToken: undefined,
    hubspotBaseUrl: undefined,
    hubspotWebhookSecrets: [],
    formWebhookSecrets: [],
    publicUrl: undefined,
    port: 3000,
    host: '127.0.0.1',
    redisUrl: undefined,
    salesforce: NO_SALESFORCE,
    notify: NO_NOTIFY,
    configDir: 'config',
    dataDir: 'data',
    logLevel: 'info',
    production: false,
  });
});

test('every variable is read', () => {
  const environment = read({
    HUBSPOT_TOKEN: ' pat-na1-abc ',
    HUBSPOT_BASE_URL: 'http://127.0.0.1:4000',
    HUBSPOT_WEBHOOK_SECRETS: 'new-secret, old-secret,',
    FORM_WEBHOOK_SECRETS: `${FORM_SECRET},${FORM_SECRET}`,
    PUBLIC_URL: 'https://leads.example.com/hooks/',
    PORT: '8080',
    HOST: '0.0.0.0',
    REDIS_URL: 'rediss://:word@redis:6380/2',
    SALESFORCE_LOGIN_URL: 'https://acme.my.salesforce.com',
    SALESFORCE_CLIENT_ID: '3MVG9.acme',
    SALESFORCE_CLIENT_SECRET: 'secret-of-acme',
    SALESFORCE_USERNAME: 'leadgauge@acme.example',
    SALESFORCE_PRIVATE_KEY: PRIVATE_KEY,
    SALESFORCE_REFRESH_TOKEN: '5Aep861',
    SALESFORCE_ACCOUNT_ENGAGEMENT_URL: 'http://127.0.0.1:4001',
    SALESFORCE_WEBHOOK_SECRETS: SECRET,
    SALESFORCE_ORGANIZATION_IDS: '00D000000000001, 00D000000000001EAA',
    SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T00/B00/xyz',
    SMTP_URL: 'smtp://smtp.example.com:587',
    NOTIFY_URL: 'https://hooks.example.com/leads',
    NOTIFY_SECRET: FORM_SECRET,
    LEADGAUGE_CONFIG: '/etc/leadgauge',
    LEADGAUGE_DATA: '/var/lib/leadgauge',
    LOG_LEVEL: 'debug',
    NODE_ENV: 'production',
  });
  expect(environment).toEqual({
    hubspotToken: 'pat-na1-abc',
    hubspotBaseUrl: 'http://127.0.0.1:4000',
    hubspotWebhookSecrets: ['new-secret', 'old-secret'],
    formWebhookSecrets: [FORM_SECRET, FORM_SECRET],
    publicUrl: 'https://leads.example.com/hooks',
    port: 8080,
    host: '0.0.0.0',
    redisUrl: 'rediss://:word@redis:6380/2',
    salesforce: {
      loginUrl: 'https://acme.my.salesforce.com',
      clientId: '3MVG9.acme',
      clientSecret: 'secret-of-acme',
      username: 'leadgauge@acme.example',
      privateKey: PRIVATE_KEY,
      refreshToken: '5Aep861',
      accountEngagementUrl: 'http://127.0.0.1:4001',
      webhookSecrets: [SECRET],
      organizationIds: ['00D000000000001', '00D000000000001EAA'],
    },
    notify: {
      slackUrl: 'https://hooks.slack.com/services/T00/B00/xyz',
      smtpUrl: 'smtp://smtp.example.com:587',
      httpsUrl: 'https://hooks.example.com/leads',
      httpsSecret: FORM_SECRET,
    },
    configDir: '/etc/leadgauge',
    dataDir: '/var/lib/leadgauge',
    logLevel: 'debug',
    production: true,
  });
});

test('a variable that is set to nothing is not set', () => {
  expect(read({ PORT: '', HUBSPOT_TOKEN: '  ', LOG_LEVEL: '' })).toEqual(read({}));
});

test.each([
  [{ PORT: 'http' }, 'PORT must be a number from 0 to 65535'],
  [{ PORT: '70000' }, 'PORT must be a number from 0 to 65535'],
  [{ LOG_LEVEL: 'inof' }, 'LOG_LEVEL is "inof", which is not allowed: did you mean "info"?'],
  [{ LOG_LEVEL: 'all' }, 'LOG_LEVEL is "all", which is not allowed: use one of error, warn, info, debug'],
  [{ NODE_ENV: 'prodution' }, 'NODE_ENV is "prodution", which is not allowed: did you mean "production"?'],
  [
    { PUBLIC_URL: 'https://leads.example.com/webhooks/hubspot/' },
    'PUBLIC_URL must end before /webhooks/, which leadgauge adds itself: write it such as https://leads.example.com',
  ],
  [
    { PUBLIC_URL: 'http://leads.example.com' },
    'PUBLIC_URL must be the address that HubSpot calls, such as https://leads.example.com: with https, and without ? or #',
  ],
  [
    { HUBSPOT_BASE_URL: 'acme' },
    'HUBSPOT_BASE_URL cannot be used: the HubSpot address is not a URL: use https://api.hubapi.com',
  ],
  [{ HUBSPOT_TOKN: 'x' }, 'HUBSPOT_TOKN is not a variable of leadgauge: did you mean HUBSPOT_TOKEN?'],
  [
    { HUBSPOT_WEBHOOK_SECRET: 'x' },
    'HUBSPOT_WEBHOOK_SECRET is not a variable of leadgauge: did you mean HUBSPOT_WEBHOOK_SECRETS?',
  ],
  [
    { FORM_WEBHOOK_SECRETS: 'whsec_short' },
    'FORM_WEBHOOK_SECRETS must be whsec_ and 24 to 64 random bytes in base64, as "openssl rand -base64 32" gives them; several with commas between',
  ],
  [
    { FORM_WEBHOOK_SECRET: 'x' },
    'FORM_WEBHOOK_SECRET is not a variable of leadgauge: did you mean FORM_WEBHOOK_SECRETS?',
  ],
  [{ LEADGAUGE_CONFIGS: 'x' }, 'LEADGAUGE_CONFIGS is not a variable of leadgauge: did you mean LEADGAUGE_CONFIG?'],
])('%j is answered with what to do', (variables, message) => {
  expect(() => read(variables)).toThrow(new Error(message).message);
});

test('several problems are told together', () => {
  expect(() => read({ PORT: 'x', LOG_LEVEL: 'x' })).toThrow(/^PORT .*\nLOG_LEVEL .*$/);
});

test('a variable that merely looks like ours is left alone once ours is set', () => {
  expect(read({ HUBSPOT_TOKEN: 'abc', HUBSPOT_TOKENS: 'x' }).hubspotToken).toBe('abc');
});

describe('a secret', () => {
  const CANARY = 'canary-5f2b';

  test.each<Record<string, string>>([
    { HUBSPOT_TOKEN: `Bearer ${CANARY}` },
    { HUBSPOT_TOKEN: `${CANARY} ${CANARY}` },
    { REDIS_URL: `https://:${CANARY}@redis` },
    { REDIS_URL: CANARY },
    { HUBSPOT_BASE_URL: CANARY },
    { HUBSPOT_BASE_URL: `https://evil.example/${CANARY}` },
    { PUBLIC_URL: `https://user:${CANARY}@leads.example.com` },
    { FORM_WEBHOOK_SECRETS: CANARY },
    { FORM_WEBHOOK_SECRETS: `${FORM_SECRET},whsec_${CANARY}` },
  ])('that cannot be used is never shown', (variables) => {
    expect(messageFrom(() => read(variables))).toMatch(
      /^(HUBSPOT_TOKEN|REDIS_URL|HUBSPOT_BASE_URL|PUBLIC_URL|FORM_WEBHOOK_SECRETS) /,
    );
    expect(messageFrom(() => read(variables))).not.toContain(CANARY);
  });

  test('may stand in a file', () => {
    writeFileSync(join(dir, 'token'), 'pat-na1-abc\n');
    writeFileSync(join(dir, 'secrets'), 'new\nold\n');
    writeFileSync(join(dir, 'form'), `${FORM_SECRET}\n`);
    const environment = read({
      HUBSPOT_TOKEN_FILE: join(dir, 'token'),
      HUBSPOT_WEBHOOK_SECRETS_FILE: 'secrets',
      FORM_WEBHOOK_SECRETS_FILE: 'form',
    });
    expect(environment.hubspotToken).toBe('pat-na1-abc');
    expect(environment.hubspotWebhookSecrets).toEqual(['new', 'old']);
    expect(environment.formWebhookSecrets).toEqual([FORM_SECRET]);
  });

  test('in a file is refused where the file is empty, gone, or not the only one', () => {
    writeFileSync(join(dir, 'empty'), '\n');
    expect(messageFrom(() => read({ HUBSPOT_TOKEN_FILE: 'empty' }))).toBe(
      'HUBSPOT_TOKEN_FILE names an empty file, empty: put the secret into it',
    );
    expect(messageFrom(() => read({ REDIS_URL_FILE: 'gone' }))).toBe(
      'REDIS_URL_FILE names gone, which cannot be read (ENOENT): correct the path or the permissions',
    );
    expect(messageFrom(() => read({ HUBSPOT_TOKEN_FILE: 'empty', HUBSPOT_TOKEN: CANARY }))).toBe(
      'HUBSPOT_TOKEN and HUBSPOT_TOKEN_FILE are both set: keep one of them',
    );
  });

  test('that is missing is asked for where it is needed', () => {
    expect(requireHubspotToken(read({ HUBSPOT_TOKEN: 'abc' }))).toBe('abc');
    expect(messageFrom(() => requireHubspotToken(read({})))).toMatch(
      /^HUBSPOT_TOKEN is not set: put a HubSpot service key/,
    );
  });
});

describe('.env', () => {
  test('is read where it is, and what is set for real wins', () => {
    writeFileSync(join(dir, '.env'), '# ours\nHUBSPOT_TOKEN="from-file"\nPORT=4000\nHOST=\n');
    expect(read({ PORT: '5000' })).toMatchObject({ hubspotToken: 'from-file', port: 5000, host: '127.0.0.1' });
  });

  test('does not win by a variable that is set to nothing for real', () => {
    writeFileSync(join(dir, '.env'), 'PORT=4000\n');
    expect(read({ PORT: '' }).port).toBe(4000);
  });
});

test('.env.example names every variable, and its examples can be used', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../../.env.example'), 'utf8');
  const examples = [...text.matchAll(/^(?:# )?([A-Z][A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  expect(() => read(Object.fromEntries(examples))).not.toThrow();
  expect(examples.map(([name]) => name).sort()).toEqual(
    'FORM_WEBHOOK_SECRETS HOST HUBSPOT_BASE_URL HUBSPOT_TOKEN HUBSPOT_WEBHOOK_SECRETS LEADGAUGE_CONFIG LEADGAUGE_DATA LOG_LEVEL NODE_ENV NOTIFY_SECRET NOTIFY_URL PORT PUBLIC_URL REDIS_URL SALESFORCE_ACCOUNT_ENGAGEMENT_URL SALESFORCE_CLIENT_ID SALESFORCE_CLIENT_SECRET SALESFORCE_LOGIN_URL SALESFORCE_ORGANIZATION_IDS SALESFORCE_PRIVATE_KEY SALESFORCE_PRIVATE_KEY_FILE SALESFORCE_REFRESH_TOKEN SALESFORCE_USERNAME SALESFORCE_WEBHOOK_SECRETS SLACK_WEBHOOK_URL SMTP_URL'.split(
      ' ',
    ),
  );
});

function messageFrom(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing was thrown';
}

describe('of Salesforce', () => {
  test.each([
    [{ SALESFORCE_LOGIN_URL: 'https://evil.example' }, 'SALESFORCE_LOGIN_URL cannot be used'],
    [{ SALESFORCE_WEBHOOK_SECRETS: 'short' }, 'SALESFORCE_WEBHOOK_SECRETS must be 32 to 128 random letters'],
    [{ SALESFORCE_ORGANIZATION_IDS: '4711' }, 'SALESFORCE_ORGANIZATION_IDS must be the id of your organization'],
    [{ SALESFORCE_PRIVATE_KEY: '/etc/key.pem' }, 'SALESFORCE_PRIVATE_KEY must be the private key itself'],
    [{ SALESFORCE_CLIENT_IDD: 'x' }, 'did you mean SALESFORCE_CLIENT_ID?'],
  ])('%o is told of, and what to do', (variables, message) => {
    expect(() => read(variables)).toThrow(message);
  });

  const credentials = (variables: Record<string, string>) =>
    requireSalesforceCredentials(read({ SALESFORCE_CLIENT_ID: 'app', ...variables }).salesforce);

  test('the way to sign in follows from what is there', () => {
    expect(credentials({ SALESFORCE_CLIENT_SECRET: 's' }).flow).toBe('client-credentials');
    expect(credentials({ SALESFORCE_CLIENT_SECRET: 's', SALESFORCE_REFRESH_TOKEN: 't' }).flow).toBe('refresh-token');
    expect(credentials({ SALESFORCE_PRIVATE_KEY: PRIVATE_KEY, SALESFORCE_USERNAME: 'u' }).flow).toBe('jwt-bearer');
  });

  test('what is missing for it is named', () => {
    expect(() => requireSalesforceCredentials(read({}).salesforce)).toThrow('SALESFORCE_CLIENT_ID is not set');
    expect(() => credentials({ SALESFORCE_PRIVATE_KEY: PRIVATE_KEY })).toThrow('SALESFORCE_USERNAME is not set');
    expect(() => credentials({})).toThrow('Salesforce needs one more variable');
  });
});
