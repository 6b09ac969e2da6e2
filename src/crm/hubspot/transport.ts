import { Client } from '@hubspot/api-client';
import { type Clock, MINUTE, SECOND } from '../../base/clock.ts';
import { FatalError, RateLimitedError, RetryableError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { unlessAborted } from '../../base/unless-aborted.ts';
import type { ApiBudget, CallKind, ReportedLimits } from '../api-budget.ts';
import type { CallOptions } from '../crm.ts';
import { type Answer, judge, type Verdict } from './answer.ts';
import { checkBaseUrl } from './base-url.ts';
import type { HubspotCall } from './hubspot-call.ts';
import { reportedLimits } from './reported-limits.ts';

export interface Transport {
  /**
   * Makes one API call, as often as it takes, and returns its validated answer.
   * @throws RefusedError for 400, 404 and the like; ForbiddenError for 403; FatalError for a bad token;
   *   RateLimitedError where waiting would take over a minute; RetryableError once three attempts have failed. A `once`
   *   call has one attempt: it is never waited for and made again in here.
   */
  call<T>(call: HubspotCall<T>, options?: CallOptions): Promise<T>;
  /** For what was read in spite of something odd. */
  readonly log?: Log;
}

export interface TransportOptions {
  readonly token: string;
  /** `https://api.hubapi.com`, or the sandbox's address. */
  readonly baseUrl: string;
  readonly budget: ApiBudget;
  readonly clock: Clock;
  /** From 0 (inclusive) to 1 (exclusive), to spread attempts out. */
  readonly random: () => number;
  /** Told of every HTTP request, before it is made. */
  readonly onCall?: (kind: CallKind) => void;
  readonly log?: Log;
  /** Milliseconds until a call counts as lost. */
  readonly timeout?: number;
}

const ATTEMPTS = 3;
const FIRST_BACKOFF = 0.5 * SECOND;
/** A longer wait is for the queue to keep, not for a call that holds a worker. */
const LONGEST_WAIT = MINUTE;
const TIMEOUT = 30 * SECOND;
/** Who looked longer ago than this whether a `once` call was made already must look again. */
const LONGEST_ONCE_WAIT = 15 * SECOND;

/** The one place that speaks HTTP with HubSpot. @throws ConfigError for an address that is neither HubSpot's nor a sandbox's. */
export function createTransport(options: TransportOptions): Transport {
  const { budget, clock, random, onCall, log, timeout = TIMEOUT } = options;
  // The client's own retries and limiter live in a process-wide singleton and know neither Retry-After nor 423: left off.
  const basePath = checkBaseUrl(options.baseUrl);
  const client = new Client({ accessToken: options.token, basePath });
  // Named where nobody answers: HUBSPOT_BASE_URL may be what is wrong.
  const { host } = new URL(basePath);

  async function attempt<T>(call: HubspotCall<T>, callOptions: CallOptions): Promise<Verdict<T>> {
    const { urgent, looks, patient, signal } = callOptions;
    const asked = clock.now();
    const settle = await budget.take({ search: call.kind === 'search', urgent, looks, patient, signal });
    let limits: ReportedLimits | undefined;
    try {
      if (call.once === true && clock.now() - asked > LONGEST_ONCE_WAIT)
        throw new RetryableError(`${call.method} ${call.path} waited too long for its turn: look before trying again`);
      onCall?.(call.kind);
      const answer = await send(client, call, { host, timeout, signal });
      if (answer.headers !== undefined) limits = reportedLimits(answer.headers);
      return judge(call, answer);
    } finally {
      settle(limits);
    }
  }

  return {
    log,
    async call(call, callOptions = {}) {
      const { signal } = callOptions;
      const what = `${call.method} ${call.path}`;
      let failures = 0;
      let limitedFor = 0;
      for (;;) {
        signal?.throwIfAborted();
        const verdict = await attempt(call, callOptions);
        if (verdict.is === 'done') return verdict.value;
        if (verdict.is === 'limited') {
          limitedFor += verdict.wait;
          await budget.pause(verdict.scope, verdict.wait);
          log?.warn(`HubSpot's rate limit (${verdict.policy}) was reached`, { wait: verdict.wait });
          if (call.once === true || limitedFor > LONGEST_WAIT) {
            throw new RateLimitedError(`HubSpot's rate limit (${verdict.policy}) is used up`, {
              retryAfter: verdict.wait,
            });
          }
          continue;
        }
        failures += 1;
        const wait = Math.max(verdict.wait ?? 0, FIRST_BACKOFF * 2 ** (failures - 1) * (0.5 + random() / 2));
        if (call.once === true) {
          const done = verdict.mayBeDone ? 'so that it may or may not have been done' : 'so that it was not done';
          throw new RetryableError(`${verdict.reason} on ${what}, ${done}: look before trying again`, {
            retryAfter: verdict.wait,
          });
        }
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

/**
 * The request and its whole body, or how it was lost. `apiRequest` takes no signal, so that a call which takes too long is
 * raced and left behind. The timer is the machine's and not the `Clock`: it watches a socket.
 */
async function send(
  client: Client,
  call: HubspotCall<unknown>,
  { host, timeout, signal }: { readonly host: string; readonly timeout: number; readonly signal?: AbortSignal },
): Promise<Answer> {
  const deadline = AbortSignal.timeout(timeout);
  const either = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
  try {
    return await unlessAborted(exchange(client, call), either);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof FatalError) throw error;
    return {
      lost: deadline.aborted
        ? `HubSpot did not answer within ${timeout / SECOND} s`
        : `the connection to ${host} broke`,
    };
  }
}

/**
 * `apiRequest` hands its request to `fetch` without a word on redirects, so that they are followed, and there is no option
 * against it: all we can do is to not believe what comes back. The token does not go along to another host, as `fetch`
 * leaves it out there; the body of a 307 or 308 does, to wherever HubSpot's own address (see `checkBaseUrl`) points.
 */
async function exchange(client: Client, call: HubspotCall<unknown>): Promise<Answer> {
  const { method, path, body } = call;
  const response = await client.apiRequest({ method, path, qs: call.query, body });
  if (response.redirected)
    throw new FatalError(`HubSpot redirected ${method} ${path} elsewhere, whose answer is not used: check the address`);
  return { status: response.status, headers: response.headers, text: await response.text() };
}
