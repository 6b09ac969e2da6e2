import type { Clock } from '../../../base/clock.ts';
import type { Faults } from '../../http/faults.ts';
import type { CallKind, RequestRecord } from '../../http/request-record.ts';
import type { Reply, SentRequest } from '../../http/server.ts';
import { spoil } from '../../http/spoil.ts';
import { answerOf, errorAnswer, handleFound, type Request } from './dispatch.ts';
import { parseJson } from './read-body.ts';
import type { Answer, FoundRoute, Session } from './route.ts';
import type { Router } from './router.ts';
import { notFound, refusal } from './salesforce-error.ts';

/** The API requests of the last 24 hours. */
export interface ApiUsage {
  readonly used: number;
  readonly max: number;
  /** Counts one; false where none is left. */
  take(): boolean;
}

interface Parts {
  readonly find: Router;
  /** The routes under `/_sandbox`, which no fault, limit or record concerns. */
  readonly control: Router;
  readonly session: (accessToken: string) => Session | undefined;
  readonly usage: ApiUsage;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly requests: RequestRecord;
  readonly signal: AbortSignal;
}

const JSON_HEADERS = { 'Content-Type': 'application/json;charset=UTF-8' };
/** Of the address and all headers together, in bytes. https://help.salesforce.com/s/articleView?id=000386264 */
const LARGEST_HEAD = 16_384;
/** In characters; a body that is longer is not kept in the record of requests. */
const LONGEST_KEPT = 1_000_000;

/** Every request's way: recorded, spoilt if a fault was ordered, known by its session, counted against the day, carried out. */
export function answerRequests(parts: Parts): (request: SentRequest) => Promise<Reply> {
  return async (arrived) => {
    // The command line of Salesforce asks for `//services/data`, and gets an answer.
    const sent = { ...arrived, path: arrived.path.replace(/^\/+/, '/') };
    const request = readRequest(sent);
    if (sent.path.startsWith('/_sandbox')) return replyOf(carryOutControl(parts, request));
    const found = foundBy(parts.find, request);
    const kind = kindOf(found.route, request);
    // Secrets and tokens are in nobody's record, nor are whole files of CSV.
    const isSecret = kind === 'sign-in';
    const keepsBody = !isSecret && sent.text.length <= LONGEST_KEPT;
    const recorded = parts.requests.begin(
      {
        method: sent.method,
        path: sent.path,
        template: found.route?.route.template ?? sent.path,
        query: isSecret ? {} : Object.fromEntries(sent.query),
        kind,
        at: parts.clock.now(),
      },
      keepsBody ? sent.text : '',
    );
    const fault = parts.faults.meet(sent.method, sent.path, kind);
    recorded.faulty = fault !== undefined;
    const carry = () => tooLarge(sent) ?? carryOut(parts, found, request);
    const reply =
      fault === undefined ? carry() : await spoil(fault, carry, { ...parts, errorBody, headers: JSON_HEADERS });
    parts.requests.end(recorded, reply.spoil?.reset ? 0 : reply.status);
    return reply;
  };
}

/** Of a fault for which no body was ordered. */
function errorBody(status: number): unknown {
  const unknown = status === 503 ? 'SERVER_UNAVAILABLE' : 'UNKNOWN_EXCEPTION';
  const errorCode = status === 401 ? 'INVALID_SESSION_ID' : unknown;
  return [{ errorCode, message: 'An unexpected error occurred. Please try again.' }];
}

function readRequest({ method, path, query, headers, text }: SentRequest): Request {
  const isJson = /\bjson\b/i.test(headers['content-type'] ?? '');
  return { method, path, query, headers, text, body: isJson ? readable(text) : undefined };
}

/** What cannot be read stays undefined: the route that needs a body says so. */
function readable(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** A route, or why there is none. */
type Found = { readonly route: FoundRoute } | { readonly route?: undefined; readonly refusal: Answer };

function foundBy(find: Router, { method, path }: Request): Found {
  try {
    const route = find(method, path);
    if (route !== undefined) return { route };
    throw notFound();
  } catch (error) {
    return { refusal: errorAnswer(error) };
  }
}

function kindOf(found: FoundRoute | undefined, request: Request): CallKind {
  if (found === undefined) return 'other';
  const { kind } = found.route;
  return typeof kind === 'string' ? kind : kind({ ...request, params: found.params });
}

function carryOut({ session: sessionOf, usage }: Parts, found: Found, request: Request): Reply {
  const session = sessionOf(/^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '');
  const answer = answerOf(found.route?.route, () => {
    if (found.route?.route.open !== true) {
      if (session === undefined) throw refusal('INVALID_SESSION_ID', 'Session expired or invalid');
      takeRequests(usage, found.route, request);
    }
    return found.route === undefined ? found.refusal : handleFound(found.route, request, session);
  });
  const isRest = session !== undefined && request.path.startsWith('/services/data/');
  const told: Record<string, string> = isRest ? { 'Sforce-Limit-Info': `api-usage=${usage.used}/${usage.max}` } : {};
  return replyOf({ ...answer, headers: { ...told, ...answer.headers } });
}

/** What is not found uses up a request as well. */
function takeRequests(usage: ApiUsage, found: FoundRoute | undefined, request: Request): void {
  for (let left = costOf(found, request); left > 0; left--) {
    if (!usage.take()) throw refusal('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  }
}

function costOf(found: FoundRoute | undefined, request: Request): number {
  if (found === undefined || found.route.open === true) return 1;
  const { cost = 1 } = found.route;
  return typeof cost === 'number' ? cost : cost({ ...request, params: found.params });
}

function carryOutControl({ control }: Parts, request: Request): Answer {
  return answerOf(undefined, () => {
    const found = control(request.method, request.path);
    if (found === undefined) throw notFound('The sandbox has no such control');
    return handleFound(found, { ...request, body: parseJson(request.text) }, undefined);
  });
}

function replyOf({ status, body, text, headers }: Answer): Reply {
  return {
    status,
    headers: { ...JSON_HEADERS, ...headers },
    text: text ?? (body === undefined ? '' : JSON.stringify(body)),
  };
}

/** As the web server in front of Salesforce answers, before Salesforce hears of it. */
function tooLarge({ sizes }: SentRequest): Reply | undefined {
  if (sizes.head <= LARGEST_HEAD) return undefined;
  const [status, reason] = sizes.uri > LARGEST_HEAD ? [414, 'URI Too Long'] : [431, 'Request Header Fields Too Large'];
  const text = `<h1>Bad Message ${status}</h1><pre>reason: ${reason}</pre>`;
  return { status, headers: { 'Content-Type': 'text/html;charset=iso-8859-1' }, text };
}
