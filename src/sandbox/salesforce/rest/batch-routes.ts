import { z } from 'zod';
import type { Dispatch } from '../http/dispatch.ts';
import { readBody } from '../http/read-body.ts';
import type { Answer, Call, Route } from '../http/route.ts';
import { refusal } from '../http/salesforce-error.ts';
import { requestOf } from './composite-routes.ts';

const MOST_REQUESTS = 25;

const batchBody = z.object({
  haltOnError: z.boolean().default(false),
  batchRequests: z.array(z.object({ method: z.string(), url: z.string(), richInput: z.unknown().optional() })).min(1),
});

/**
 * Up to 25 requests in one that know nothing of each other; each of them counts against the day's limit.
 * https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-batch.html
 */
export function batchRoutes(dispatch: Dispatch): Route[] {
  return [
    {
      method: 'POST',
      template: '/services/data/{version}/composite/batch',
      kind: 'other',
      cost: ({ body }) => batchBody.safeParse(body).data?.batchRequests.length ?? 1,
      handle: (call) => batch(dispatch, call),
    },
  ];
}

function batch(dispatch: Dispatch, { body, session }: Call): Answer {
  const { haltOnError, batchRequests } = readBody(batchBody, body);
  if (batchRequests.length > MOST_REQUESTS) {
    throw refusal('LIMIT_EXCEEDED', `The request can’t contain more than ${MOST_REQUESTS} operations.`);
  }
  let hasErrors = false;
  const results = batchRequests.map(({ method, url, richInput }) => {
    if (hasErrors && haltOnError) {
      const message = 'Processing was halted because an earlier request of the batch failed.';
      return { statusCode: 412, result: [{ errorCode: 'BATCH_PROCESSING_HALTED', message }] };
    }
    // The address begins with the version: `v68.0/sobjects/Lead/…`.
    const path = url.startsWith('/') ? url : `/services/data/${url}`;
    const { status, body: result } = dispatch(requestOf(method, path, {}, richInput), session);
    hasErrors ||= status >= 400;
    return { statusCode: status, result: result ?? null };
  });
  return { status: 200, body: { hasErrors, results } };
}
