import { z } from 'zod';
import type { CallKind } from '../../http/request-record.ts';
import type { Dispatch, Request } from '../http/dispatch.ts';
import { readBody } from '../http/read-body.ts';
import type { Answer, Call, Route, SentCall } from '../http/route.ts';
import type { Router } from '../http/router.ts';
import { MissingReference, resolve } from './composite-references.ts';
import type { Writer } from './writer.ts';

/** https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-composite-post.html */
const COMPOSITE = '/services/data/{version}/composite';
const MOST_REQUESTS = 25;
/** Queries and collections among them. */
const MOST_QUERIES = 5;

const ALLOWED = /^\/services\/data\/v\d\d\.0\/(sobjects\/|query|queryAll|composite\/sobjects)/;
const QUERY = /^\/services\/data\/v\d\d\.0\/(query|queryAll|composite\/sobjects)\b/;

const subrequest = z.object({
  method: z.string(),
  url: z.string(),
  referenceId: z.string().regex(/^\w+$/),
  body: z.unknown().optional(),
  httpHeaders: z.record(z.string(), z.string()).optional(),
});
type Subrequest = z.infer<typeof subrequest>;

const compositeBody = z.object({
  allOrNone: z.boolean().default(false),
  collateSubrequests: z.boolean().optional(),
  compositeRequest: z.array(subrequest),
});

interface Parts {
  readonly writer: Writer;
  readonly dispatch: Dispatch;
  readonly find: Router;
}

/** Up to 25 requests in one, which counts as one; later ones may refer to what earlier ones answered. */
export function compositeRoutes(parts: Parts): Route[] {
  return [
    {
      method: 'POST',
      template: COMPOSITE,
      kind: (call) => kindOf(parts.find, call),
      handle: (call) => composite(parts, call),
    },
  ];
}

function composite({ writer, dispatch }: Parts, call: Call): Answer {
  const { allOrNone, compositeRequest } = readBody(compositeBody, call.body);
  const problem = tooMuch(compositeRequest);
  if (problem !== undefined) {
    const answer = { status: 400, body: [{ errorCode: 'LIMIT_EXCEEDED', message: problem }] };
    return { status: 200, body: { compositeResponse: [subanswer(null, answer)] } };
  }
  const results = new Map<string, unknown>();
  const answers: Answer[] = [];
  const run = () => {
    for (const sub of compositeRequest) {
      const answer = carryOut(dispatch, call, sub, results);
      answers.push(answer);
      if (answer.status < 300) results.set(sub.referenceId, answer.body);
      else if (allOrNone) return false;
    }
    return true;
  };
  if (!allOrNone) run();
  else writer.together(run);
  const failed = allOrNone ? answers.findIndex(({ status }) => status >= 300) : -1;
  const compositeResponse = compositeRequest.map(({ referenceId }, place) => {
    const answer = answers[place];
    const stands = answer !== undefined && (failed < 0 || place === failed);
    return subanswer(referenceId, stands ? answer : halted(ROLLED_BACK));
  });
  return { status: 200, body: { compositeResponse } };
}

const ROLLED_BACK = 'The transaction was rolled back since another operation in the same transaction failed.';

function carryOut(dispatch: Dispatch, call: Call, sub: Subrequest, results: ReadonlyMap<string, unknown>): Answer {
  try {
    const url = String(resolve(sub.url, results));
    if (!ALLOWED.test(url)) return halted('The requested resource is not supported in a composite request');
    const headers = Object.fromEntries(
      Object.entries(sub.httpHeaders ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    );
    return dispatch(requestOf(sub.method, url, headers, resolve(sub.body, results)), call.session);
  } catch (error) {
    if (error instanceof MissingReference) return halted(error.message);
    throw error;
  }
}

/** A subrequest as the request that it stands for. */
export function requestOf(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): Request {
  const { pathname, searchParams } = new URL(url, 'http://sandbox');
  return { method: method.toUpperCase(), path: pathname, query: searchParams, headers, body, text: '' };
}

function halted(message: string): Answer {
  return { status: 400, body: [{ errorCode: 'PROCESSING_HALTED', message }] };
}

function subanswer(referenceId: string | null, { status, body, headers }: Answer): Record<string, unknown> {
  return { body: body ?? null, httpHeaders: headers ?? {}, httpStatusCode: status, referenceId };
}

function tooMuch(requests: readonly Subrequest[]): string | undefined {
  if (requests.length > MOST_REQUESTS) return `The request can’t contain more than ${MOST_REQUESTS} operations.`;
  if (requests.filter(({ url }) => QUERY.test(url)).length > MOST_QUERIES)
    return `The request can’t contain more than ${MOST_QUERIES} query or collection operations.`;
  return undefined;
}

/** A write if any part of it is one; else what its first part is. */
function kindOf(find: Router, { body }: SentCall): CallKind {
  const requests = compositeBody.safeParse(body).data?.compositeRequest ?? [];
  const kinds = requests.map((sub) => kindOfPart(find, sub));
  return kinds.includes('write') ? 'write' : (kinds[0] ?? 'other');
}

function kindOfPart(find: Router, { method, url, body }: Subrequest): CallKind {
  try {
    const request = requestOf(method, url, {}, body);
    const found = find(request.method, request.path);
    if (found === undefined) return 'other';
    const { kind } = found.route;
    return typeof kind === 'string' ? kind : kind({ ...request, params: found.params });
  } catch {
    return 'other';
  }
}
