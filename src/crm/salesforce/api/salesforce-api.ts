import { type Clock, MINUTE, SECOND } from '../../../base/clock.ts';
import { FatalError, RateLimitedError, RetryableError } from '../../../base/errors.ts';
import type { Log } from '../../../base/log.ts';
import { unlessAborted } from '../../../base/unless-aborted.ts';
import type { ApiBudget, CallKind, ReportedLimits } from '../../api-budget.ts';
import type { Session, SignIn } from '../sign-in/sign-in.ts';
import type { ApiCall, SalesforceApi } from './api.ts';
import { exchange } from './exchange.ts';
import { judge, LIMITS, type Verdict } from './judge.ts';
import { reportedLimits } from './reported-limits.ts';
import { checkAccountEngagementUrl } from './salesforce-url.ts';

export interface SalesforceApiOptions {
  readonly signIn: SignIn;
  readonly budget: ApiBudget;
  readonly clock: Clock;
  /** From 0 (inclusive) to 1 (exclusive), to spread attempts out. */
  readonly random: () => number;
  /** Told of every HTTP request to the API, before it is made. */
  readonly onCall?: (kind: CallKind) => void;
  readonly log?: Log;
  /** Milliseconds until a call counts as lost. */
  readonly timeout?: number;
}

const ATTEMPTS = 3;
const FIRST_BACKOFF = 0.5 * SECOND;
/** A longer wait is for the queue to keep, not for a call that holds a worker. */
const LONGEST_WAIT = MINUTE;
/** Salesforce itself gives a query two minutes. */
const TIMEOUT = 130 * SECOND;
/** Who looked longer ago than this whether a call that must not be made twice was made already must look again. */
const LONGEST_WAIT_UNSEEN = 15 * SECOND;

/**
 * The one place that speaks HTTP with an org. Not through jsforce's `Connection`: that one takes no signal, shows neither
 * status nor headers, signs in without end on a lasting 401, waits by timers of its own, takes proxies from the environment
 * and follows redirects with the token in hand. With a transport of ours put into it, all that stayed of it were its faults.
 */
export function createSalesforceApi(options: SalesforceApiOptions): SalesforceApi {
  const { signIn, budget, clock, random, onCall, log, timeout = TIMEOUT } = options;

  async function attempt(call: ApiCall, session: Session): Promise<Verdict> {
    const { kind, urgent, looks, patient, signal } = call;
    const asked = clock.now();
    const settle = await budget.take({ urgent, looks, patient, signal });
    let limits: ReportedLimits | undefined;
    try {
      if (!isRepeatable(call) && clock.now() - asked > LONGEST_WAIT_UNSEEN)
        throw new RetryableError(`${named(call)} waited too long for its turn: look before trying again`);
      onCall?.(kind);
      const answer = await exchange({ ...requestOf(call, session), timeout: call.timeout ?? timeout, signal });
      if (answer.headers !== undefined) limits = reportedLimits(answer.headers);
      return judge(named(call), answer);
    } finally {
      settle(limits);
    }
  }

  return {
    async call(call) {
      const { signal } = call;
      const what = named(call);
      let failures = 0;
      let limitedFor = 0;
      let renewals = 0;
      for (;;) {
        signal?.throwIfAborted();
        const session = await unlessAborted(signIn.token(), signal);
        const verdict = await attempt(call, session);
        if (verdict.is === 'done') return verdict.answer;
        if (verdict.is === 'session') {
          // One that another process opened may have been over when we found it.
          if (renewals >= MOST_RENEWALS || (renewals > 0 && session.shared !== true))
            throw new FatalError(call.host === undefined ? SESSION_REFUSED : SESSION_REFUSED_THERE);
          renewals += 1;
          await unlessAborted(signIn.renew(session.accessToken), signal);
          continue;
        }
        if (verdict.is === 'limited') {
          limitedFor += verdict.wait;
          // Account Engagement counts by itself: the org's calls go on.
          if (call.host === undefined) await budget.pause('all', verdict.wait);
          log?.warn(`Salesforce's limit of ${LIMITS[verdict.limit]} was reached`, { wait: verdict.wait });
          if (!isRepeatable(call) || limitedFor > LONGEST_WAIT)
            throw new RateLimitedError(`Salesforce's limit of ${LIMITS[verdict.limit]} is used up`, {
              retryAfter: verdict.wait,
            });
          if (call.host !== undefined) await clock.sleep(verdict.wait, signal);
          continue;
        }
        failures += 1;
        if (!isRepeatable(call)) {
          const done = verdict.mayBeDone ? 'so that it may or may not have been done' : 'so that it was not done';
          throw new RetryableError(`${verdict.reason} on ${what}, ${done}: look before trying again`, {
            retryAfter: verdict.wait,
          });
        }
        const wait = (verdict.wait ?? 0) + FIRST_BACKOFF * 2 ** (failures - 1) * (0.5 + random() / 2);
        if (failures >= ATTEMPTS || wait > LONGEST_WAIT) {
          throw new RetryableError(`${verdict.reason} on ${what}, ${failures} of ${ATTEMPTS} attempts`, {
            retryAfter: verdict.wait,
          });
        }
        log?.warn(`${verdict.reason} on ${what}; trying again`, { attempt: failures, wait: Math.round(wait) });
        await clock.sleep(wait, signal);
      }
    },
  };
}

const MOST_RENEWALS = 3;
const SESSION_REFUSED =
  'Salesforce refused the session that it had just given: let the app have the scope "api", the integration user the permission "API Enabled", and this machine\'s address into their login IP ranges';
const SESSION_REFUSED_THERE =
  'Account Engagement refused the session: let the app have the scope "pardot_api", and connect the integration user to a user of Account Engagement';

function isRepeatable({ method, repeatable = method !== 'POST' }: ApiCall): boolean {
  return repeatable;
}

/** `GET /services/data/v68.0/query`: without what is asked for, which may hold an address. */
function named({ method, path }: ApiCall): string {
  return `${method} ${path.replace(/\?.*$/s, '')}`;
}

function requestOf(call: ApiCall, { accessToken, instanceUrl }: Session) {
  const { method, path, body, csv, host } = call;
  if (!path.startsWith('/')) throw new TypeError('a path begins with /');
  const origin = host === undefined ? instanceUrl : checkAccountEngagementUrl(host);
  const type = csv !== undefined ? 'text/csv; charset=UTF-8' : 'application/json; charset=UTF-8';
  const text = csv ?? (body === undefined ? undefined : JSON.stringify(body));
  return {
    method,
    url: origin + path,
    headers: {
      Accept: 'application/json',
      ...(text === undefined ? {} : { 'Content-Type': type }),
      ...call.headers,
      Authorization: `Bearer ${accessToken}`,
    },
    body: text,
  };
}
