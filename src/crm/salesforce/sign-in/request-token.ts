import { z } from 'zod';
import { type Clock, MINUTE, SECOND } from '../../../base/clock.ts';
import { FatalError, RetryableError } from '../../../base/errors.ts';
import type { Log } from '../../../base/log.ts';
import { type Answer, exchange } from '../api/exchange.ts';
import { checkSalesforceUrl } from '../api/salesforce-url.ts';
import { refusedSignIn } from './refused-sign-in.ts';

export interface TokenAnswer {
  readonly accessToken: string;
  /** Without a slash at the end. */
  readonly instanceUrl: string;
  /** The next one, where the org has them rotated. */
  readonly refreshToken: string | undefined;
}

export interface TokenRequests {
  /** Checked by `checkSalesforceUrl`. */
  readonly loginUrl: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log?: Log;
  /** Milliseconds until a request counts as lost. */
  readonly timeout?: number;
}

/**
 * Asks Salesforce for a session, three times where an answer gets lost. Takes a minute and a half at most.
 * https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_endpoints.htm
 * @throws FatalError for what only a person can mend, saying what; RetryableError for what passes.
 */
export async function requestToken(
  form: Readonly<Record<string, string>>,
  { loginUrl, clock, random, log, timeout = TIMEOUT }: TokenRequests,
): Promise<TokenAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await exchange({
      method: 'POST',
      url: `${loginUrl}/services/oauth2/token`,
      headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      timeout,
    });
    const outcome = judge(answer, loginUrl);
    if ('accessToken' in outcome) return outcome;
    if (attempt >= ATTEMPTS)
      throw new RetryableError(`${outcome.failed} on signing in, ${ATTEMPTS} of ${ATTEMPTS} attempts`);
    const wait = FIRST_BACKOFF * 2 ** (attempt - 1) * (0.5 + random() / 2);
    log?.warn(`${outcome.failed} on signing in; trying again`, { attempt, wait: Math.round(wait) });
    await clock.sleep(wait);
  }
}

const ATTEMPTS = 3;
const FIRST_BACKOFF = SECOND;
const TIMEOUT = 25 * SECOND;
/** Salesforce counts sign-ins of a user by the hour. */
const TOO_MANY = 15 * MINUTE;

const token = z.string().regex(/^[\x21-\x7e]+$/);
const granted = z.object({ access_token: token, instance_url: z.string(), refresh_token: token.optional() });
const refused = z.object({ error: z.string(), error_description: z.string().catch('') });

function judge(answer: Answer, loginUrl: string): TokenAnswer | { readonly failed: string } {
  if (answer.status === undefined) return { failed: answer.lost };
  const { status, text } = answer;
  if (status >= 300 && status < 400) {
    throw new FatalError(
      `Salesforce answered the sign-in with a redirect (${status}), which is not followed: check the login address`,
    );
  }
  const json = parseJson(text);
  if (status < 300) {
    const { data } = granted.safeParse(json);
    if (data === undefined) return { failed: "Salesforce's answer was cut off or has another shape than documented" };
    return {
      accessToken: data.access_token,
      instanceUrl: instance(data.instance_url, loginUrl),
      refreshToken: data.refresh_token,
    };
  }
  const { error = '', error_description: description = '' } = refused.safeParse(json).data ?? {};
  if (status === 429 || /rate/.test(error) || /login rate/i.test(description))
    throw new RetryableError('Salesforce allows no more sign-ins at the moment', { retryAfter: TOO_MANY });
  if (status >= 500 || status === 408 || PASSING.has(error)) return { failed: `Salesforce answered ${status}` };
  throw refusedSignIn(status, error, description);
}

const PASSING = new Set(['server_error', 'temporarily_unavailable', 'unknown_error']);

/** The token goes wherever this points. */
function instance(url: string, loginUrl: string): string {
  try {
    const origin = checkSalesforceUrl(url.replace(/\/$/, ''));
    if (origin.startsWith('https:') || loginUrl.startsWith('http:')) return origin;
  } catch {
    // Said below.
  }
  throw new FatalError('Salesforce named an address of the org that is not its own: check the login address');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
