import { z } from 'zod';
import { ConfigError } from '../base/errors.ts';
import type { Sales } from './sales.ts';

/** What the machine tells of the ways to sales: addresses that are secrets themselves, and what is signed with. */
export interface NotifyEnvironment {
  /** Of an incoming webhook. */
  readonly slackUrl: string | undefined;
  /** With user and password where the server wants them. */
  readonly smtpUrl: string | undefined;
  readonly httpsUrl: string | undefined;
  /** `whsec_…` */
  readonly httpsSecret: string | undefined;
  /** What is wrong with the file that a variable is to be read from, by the variable; absent where nothing is. */
  readonly unread?: ReadonlyMap<string, string>;
}

/** Where notices go; a way that is off is absent. */
export interface NotifyTargets {
  readonly slack?: { readonly url: string };
  readonly email?: { readonly url: string; readonly from: string };
  readonly https?: { readonly url: string; readonly secret: string };
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The variables, by their names. Others use such names too: only those that `config/sales.yaml` asks for must be right. */
export const notifyVariables = {
  SLACK_WEBHOOK_URL: z.string().optional(),
  SMTP_URL: z.string().optional(),
  NOTIFY_URL: z.string().optional(),
  NOTIFY_SECRET: z.string().optional(),
};

type Read = z.output<z.ZodObject<typeof notifyVariables>>;

export function notifyEnvironment(data: Read, unread: ReadonlyMap<string, string>): NotifyEnvironment {
  return {
    ...(unread.size > 0 && { unread }),
    slackUrl: data.SLACK_WEBHOOK_URL,
    smtpUrl: data.SMTP_URL,
    httpsUrl: data.NOTIFY_URL,
    httpsSecret: data.NOTIFY_SECRET,
  };
}

/** Where `config/sales.yaml` wants notices sent. @throws ConfigError naming each variable that it takes and that is not set, or cannot be used. */
export function notifyTargets(sales: Pick<Sales, 'notify'>, environment: NotifyEnvironment): NotifyTargets {
  const { targets, problems } = usableTargets(sales, environment);
  if (problems.length > 0) throw new ConfigError(problems.map((message) => ({ message })));
  return targets;
}

/** The same without the ways that cannot be used, and why they cannot: for whatever sends nothing. */
export function usableTargets(
  { notify }: Pick<Sales, 'notify'>,
  environment: NotifyEnvironment,
): { readonly targets: NotifyTargets; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const { slackUrl, smtpUrl, httpsUrl, httpsSecret, unread } = environment;
  const need = (variable: Variable, way: string, value: string | undefined): string | undefined => {
    const problem = unread?.get(variable) ?? problemOf(variable, way, value);
    if (problem === undefined) return value;
    problems.push(problem);
    return undefined;
  };
  const { email } = notify;
  const slack = notify.slack ? need('SLACK_WEBHOOK_URL', 'slack', slackUrl) : undefined;
  const smtp = email === undefined ? undefined : need('SMTP_URL', 'email', smtpUrl);
  const https = notify.https ? need('NOTIFY_URL', 'https', httpsUrl) : undefined;
  const secret = notify.https ? need('NOTIFY_SECRET', 'https', httpsSecret) : undefined;
  const targets: NotifyTargets = {
    ...(slack !== undefined && { slack: { url: slack } }),
    ...(email !== undefined && smtp !== undefined && { email: { url: smtp, from: email.from } }),
    ...(https !== undefined && secret !== undefined && { https: { url: https, secret } }),
  };
  return { targets, problems };
}

function problemOf(variable: Variable, way: string, value: string | undefined): string | undefined {
  if (value === undefined) return missing(variable, way);
  return VARIABLES[variable].fits(value) ? undefined : `${variable} must be ${VARIABLES[variable].words}`;
}

type Variable = keyof typeof notifyVariables;

interface Rule {
  readonly fits: (value: string) => boolean;
  /** As in "must be …". */
  readonly words: string;
}

const VARIABLES: Readonly<Record<Variable, Rule>> = {
  SLACK_WEBHOOK_URL: {
    fits: isSlackUrl,
    words: 'the address of an incoming webhook, as Slack shows it: https://hooks.slack.com/services/…',
  },
  SMTP_URL: {
    fits: isSmtpUrl,
    words:
      'an address such as smtp://user:password@smtp.example.com:587, or smtps:// for TLS from the start; write %40 for an @ in the user or the password',
  },
  NOTIFY_URL: {
    fits: isNotifyUrl,
    words: 'an address such as https://hooks.example.com/leads: with https, and without a user, a password or #',
  },
  NOTIFY_SECRET: {
    fits: isWebhookSecret,
    words: 'whsec_ and 24 to 64 random bytes in base64, as "openssl rand -base64 32" gives them',
  },
};

function missing(variable: string, way: string): string {
  return `${variable} is not set: put it in .env, or the path of a file that holds it in ${variable}_FILE, or write "${way}: off" under "notify" in sales.yaml`;
}

/** A secret as Standard Webhooks has it: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export function isWebhookSecret(secret: string): boolean {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  if (base64 === undefined) return false;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length >= 24 && bytes.length <= 64 && bytes.toString('base64') === base64;
}

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks; one on this machine for tests. */
function isSlackUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !isPlain(url)) return false;
  const isSlack = /^hooks\.slack(?:-gov)?\.com$/.test(url.hostname) && url.protocol === 'https:' && url.port === '';
  return (isSlack && url.pathname !== '/') || isHere(url);
}

function isSmtpUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '' || url.hash !== '')
    return false;
  return isDecodable(url.username) && isDecodable(url.password);
}

function isNotifyUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && isPlain(url) && (url.protocol === 'https:' || isHere(url));
}

const isPlain = ({ username, password, hash }: URL) => username === '' && password === '' && hash === '';

const isHere = ({ protocol, hostname }: URL) =>
  (protocol === 'http:' || protocol === 'https:') && LOOPBACK.has(hostname);

function isDecodable(part: string): boolean {
  try {
    return decodeURIComponent(part) !== undefined;
  } catch {
    return false;
  }
}
