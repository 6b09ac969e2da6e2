import { messageOf } from '../../../base/errors.ts';
import type { Answer, FoundRoute, Route, SentCall, Session } from './route.ts';
import type { Router } from './router.ts';
import { notFound, refusal, SalesforceError } from './salesforce-error.ts';

/** A request to be carried out for somebody who is known: one of its own, or a part of a composite request. */
export type Request = Omit<SentCall, 'params'>;

/** Carries out a request that needs a session; errors come back as the answers that they are. */
export type Dispatch = (request: Request, session: Session) => Answer;

/** Carries out requests by the routes that the router finds, without a look at limits. */
export function createDispatch(find: Router): Dispatch {
  return (request, session) =>
    answerOf(undefined, () => {
      const found = find(request.method, request.path);
      if (found === undefined || found.route.open === true) throw notFound();
      return handleFound(found, request, session);
    });
}

/** Lets a route handle a request. Only a route that is open needs no session. */
export function handleFound({ route, params }: FoundRoute, request: Request, session: Session | undefined): Answer {
  const call = { ...request, params };
  if (route.open === true) return route.handle(call);
  if (session === undefined) throw refusal('INVALID_SESSION_ID', 'Session expired or invalid');
  return route.handle({ ...call, session });
}

/** The answer of whatever is done, be it an error. */
export function answerOf(route: Route | undefined, carry: () => Answer): Answer {
  try {
    return carry();
  } catch (error) {
    return errorAnswer(error, route);
  }
}

/** An error in the route's own shape, or in that of the REST API. */
export function errorAnswer(error: unknown, route?: Route): Answer {
  const known = error instanceof SalesforceError ? error : unexpected(error);
  return route?.errorAnswer?.(known) ?? { status: known.status, body: known.problems };
}

function unexpected(error: unknown): SalesforceError {
  return refusal('UNKNOWN_EXCEPTION', `The sandbox broke: ${messageOf(error)}`);
}
