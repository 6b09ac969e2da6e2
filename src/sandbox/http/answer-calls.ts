import type { Clock } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import { uuidOfCount } from '../portal/uuid.ts';
import { type Answer, HubSpotError } from './answer.ts';
import type { Faults } from './faults.ts';
import type { Policy, RateLimits } from './rate-limits.ts';
import type { RequestRecord } from './request-record.ts';
import type { FoundRoute } from './router.ts';
import type { Reply, SentRequest } from './server.ts';
import { spoil } from './spoil.ts';
import type { Token } from './tokens.ts';

interface Parts {
  readonly find: (method: string, path: string) => FoundRoute | undefined;
  /** The routes under `/_sandbox`, which no fault, limit or record concerns. */
  readonly control: (method: string, path: string) => FoundRoute | undefined;
  readonly tokens: readonly Token[];
  readonly clock: Clock;
  readonly limits: RateLimits;
  readonly faults: Faults;
  readonly requests: RequestRecord;
  readonly signal: AbortSignal;
}

const JSON_HEADERS = { 'Content-Type': 'application/json;charset=utf-8' };

/** Every request's way: recorded, spoilt if a fault was ordered, known by its token, counted against the limits, carried out. */
export function answerCalls(parts: Parts): (request: SentRequest) => Promise<Reply> {
  const byToken = new Map(parts.tokens.map((token) => [token.token, token]));
  let count = 0;

  return async (request) => {
    const { method, path, query, text } = request;
    const correlationId = uuidOfCount(0x5a9d, ++count);
    if (path.startsWith('/_sandbox')) return carryOutControl(parts, request, correlationId);
    const found = parts.find(method, path);
    const recorded = parts.requests.begin(
      {
        method,
        path,
        template: found?.route.template ?? path,
        query: Object.fromEntries(query),
        kind: found?.route.kind ?? 'other',
        at: parts.clock.now(),
      },
      text,
    );
    const fault = parts.faults.meet(method, path, recorded.kind);
    recorded.faulty = fault !== undefined;
    const carry = () => carryOut(parts, byToken, request, found, correlationId);
    const reply =
      fault === undefined
        ? carry()
        : await spoil(fault, carry, {
            ...parts,
            errorBody: () => ({ status: 'error', message: 'internal error', correlationId }),
            headers: JSON_HEADERS,
          });
    parts.requests.end(recorded, reply.spoil?.reset ? 0 : reply.status);
    return { ...reply, headers: { 'X-HubSpot-Correlation-Id': correlationId, ...reply.headers } };
  };
}

function carryOut(
  { limits, clock }: Parts,
  tokens: ReadonlyMap<string, Token>,
  request: SentRequest,
  found: FoundRoute | undefined,
  correlationId: string,
): Reply {
  const token = tokens.get(/^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '');
  if (token === undefined) return errorReply(unauthenticated(), correlationId);
  const app = token.app ?? token.token;
  const search = found?.route.kind === 'search';
  const exceeded = limits.take(app, search, clock.now());
  // HubSpot tells a search nothing of the limits.
  const headers = search ? {} : limits.headers(app, clock.now());
  if (exceeded !== undefined)
    return { ...limitReply(exceeded, correlationId), headers: { ...JSON_HEADERS, ...headers } };
  const reply = attempt(correlationId, () => {
    if (found === undefined)
      throw new HubSpotError(404, 'OBJECT_NOT_FOUND', 'Unable to find the path that was asked for');
    checkScopes(found, token);
    return call(found, request);
  });
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

function carryOutControl({ control }: Parts, request: SentRequest, correlationId: string): Reply {
  return attempt(correlationId, () => {
    const found = control(request.method, request.path);
    if (found === undefined) throw new HubSpotError(404, 'OBJECT_NOT_FOUND', 'The sandbox has no such control');
    return call(found, request);
  });
}

function call({ route, params }: FoundRoute, { query, text }: SentRequest): Answer {
  return route.handle({ params, query, text, body: text === '' ? undefined : parse(text) });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HubSpotError(400, 'VALIDATION_ERROR', 'Invalid input JSON on line 1, column 1: it cannot be read');
  }
}

function attempt(correlationId: string, carry: () => Answer): Reply {
  try {
    const { status, body } = carry();
    return { status, headers: JSON_HEADERS, text: body === undefined ? '' : JSON.stringify(body) };
  } catch (error) {
    const known = error instanceof HubSpotError ? error : new HubSpotError(500, 'INTERNAL_ERROR', messageOf(error));
    return errorReply(known, correlationId);
  }
}

function errorReply({ status, category, message, more }: HubSpotError, correlationId: string): Reply {
  const text = JSON.stringify({ status: 'error', message, correlationId, category, ...more });
  return { status, headers: JSON_HEADERS, text };
}

function unauthenticated(): HubSpotError {
  return new HubSpotError(
    401,
    'INVALID_AUTHENTICATION',
    'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
  );
}

function checkScopes({ route }: FoundRoute, token: Token): void {
  const { scopes, alsoScope } = route;
  const lacksAlso = alsoScope !== undefined && !token.scopes.includes(alsoScope);
  if (!lacksAlso && (scopes.length === 0 || scopes.some((scope) => token.scopes.includes(scope)))) return;
  throw new HubSpotError(
    403,
    'MISSING_SCOPES',
    "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    {
      errors: [
        {
          message: 'One or more of the following scopes are required.',
          context: { requiredGranularScopes: alsoScope === undefined ? scopes : [...scopes, alsoScope] },
        },
      ],
      links: { scopes: 'https://developers.hubspot.com/scopes' },
    },
  );
}

function limitReply(policyName: Policy, correlationId: string): Reply {
  const name = policyName.toLowerCase();
  const message = `You have reached your ${name} limit.`;
  return {
    status: 429,
    headers: JSON_HEADERS,
    text: JSON.stringify({ status: 'error', message, errorType: 'RATE_LIMIT', correlationId, policyName }),
  };
}
