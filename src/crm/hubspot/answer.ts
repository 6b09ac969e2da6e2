import { MINUTE, SECOND } from '../../base/clock.ts';
import { FatalError } from '../../base/errors.ts';
import type { HubspotCall } from './hubspot-call.ts';
import { codesOf, ForbiddenError, missingScopes, type ProblemBody, parseProblem, RefusedError } from './refusal.ts';
import { retryAfter } from './reported-limits.ts';

/** What came back over the wire, or why nothing whole did. */
export type Answer =
  | { readonly status: number; readonly headers: Headers; readonly text: string; readonly lost?: undefined }
  | { readonly lost: string; readonly status?: undefined; readonly headers?: undefined };

export type Verdict<T> =
  | { readonly is: 'done'; readonly value: T }
  /** Not an attempt: HubSpot did nothing, and will once the time is over. */
  | { readonly is: 'limited'; readonly policy: string; readonly scope: 'all' | 'search'; readonly wait: number }
  /** `mayBeDone`: HubSpot may have carried the call out all the same. `wait`: not before that many milliseconds. */
  | { readonly is: 'failed'; readonly reason: string; readonly mayBeDone: boolean; readonly wait?: number };

/**
 * What to do about an answer.
 * https://developers.hubspot.com/docs/api-reference/error-handling
 * @throws FatalError (401), ForbiddenError (403), RefusedError (what remains of 3xx and 4xx): trying again does not help.
 */
export function judge<T>(call: HubspotCall<T>, answer: Answer): Verdict<T> {
  if (answer.status === undefined) return { is: 'failed', reason: answer.lost, mayBeDone: true };
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return read(call, answer.text);
  if (status >= 500) {
    return { is: 'failed', reason: `HubSpot answered ${status}`, mayBeDone: true, wait: retryAfter(headers) };
  }
  const problem = parseProblem(parseJson(answer.text));
  if (status === 429) return limited(call, problem, retryAfter(headers));
  if (status === 477) {
    // The account moves between data centres, which takes up to a day: nothing of it answers until then.
    return { is: 'limited', policy: 'account on the move', scope: 'all', wait: retryAfter(headers) ?? MINUTE };
  }
  if (status === 423) {
    return {
      is: 'failed',
      reason: 'HubSpot answered 423 (locked)',
      mayBeDone: false,
      wait: Math.max(retryAfter(headers) ?? 0, LOCKED),
    };
  }
  if (status === 408) return { is: 'failed', reason: 'HubSpot answered 408', mayBeDone: true };
  throw refusal(`${call.method} ${call.path}`, status, problem);
}

const LOCKED = 2 * SECOND;

/** HubSpot does not promise a `Retry-After`; these are the lengths of its windows. A new day may be any minute. */
const WINDOWS: Readonly<Record<string, number>> = {
  SECONDLY: SECOND,
  TEN_SECONDLY_ROLLING: 10 * SECOND,
  DAILY: 15 * MINUTE,
};

function limited<T>(call: HubspotCall<T>, problem: ProblemBody, after: number | undefined): Verdict<T> {
  const policy = problem.policyName !== undefined && problem.policyName in WINDOWS ? problem.policyName : 'unnamed';
  // The limit by the second is that of searches: other calls may go on.
  const scope = call.kind === 'search' && policy === 'SECONDLY' ? 'search' : 'all';
  return { is: 'limited', policy, scope, wait: Math.max(after ?? WINDOWS[policy] ?? 10 * SECOND, SECOND / 10) };
}

function refusal(what: string, status: number, problem: ProblemBody): FatalError {
  if (status === 401) {
    return new FatalError(
      'HubSpot refused the token: put a valid one (of a service key, a project app or a private app) into HUBSPOT_TOKEN',
    );
  }
  if (status === 403) {
    const scopes = missingScopes(problem);
    const need =
      scopes.length > 0
        ? `: give the credential the scope ${scopes.join(' or ')}`
        : ': the credential or the edition of the portal does not allow it';
    return new ForbiddenError(`HubSpot does not allow ${what}${need}`, scopes);
  }
  const why = codesOf(problem).join(', ');
  return new RefusedError(
    `HubSpot refused ${what} with ${status}${why === '' ? '' : ` (${why})`}: run "leadgauge check"`,
    status,
    problem,
  );
}

function read<T>(call: HubspotCall<T>, text: string): Verdict<T> {
  const parsed = call.schema.safeParse(parseJson(text));
  if (parsed.success) return { is: 'done', value: parsed.data };
  const place = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  const reason = `HubSpot's answer was cut off or has another shape than documented${place === '' ? '' : ` (at ${place})`}`;
  return { is: 'failed', reason, mayBeDone: true };
}

/** Undefined where it is no JSON: half a body, or an HTML page of a proxy. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
