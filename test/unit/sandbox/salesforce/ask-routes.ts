import { answerOf, handleFound } from '../../../../src/sandbox/salesforce/http/dispatch.ts';
import type { Answer, Route, Session } from '../../../../src/sandbox/salesforce/http/route.ts';
import { createRouter } from '../../../../src/sandbox/salesforce/http/router.ts';
import { notFound } from '../../../../src/sandbox/salesforce/http/salesforce-error.ts';

interface Sent {
  readonly body?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks routes as the server does, without a server. */
export type AskRoutes = (method: string, path: string, sent?: Sent) => Answer;

export function askRoutes(
  routes: readonly Route[],
  session: Partial<Session> & { readonly userId: string },
): AskRoutes {
  const find = createRouter(routes);
  const known: Session = { accessToken: 'token', clientId: 'client', scopes: ['api', 'pardot_api'], ...session };
  return (method, path, { body, text = '', headers = {} } = {}) => {
    const { pathname, searchParams } = new URL(path, 'http://sandbox');
    const request = { method, path: pathname, query: searchParams, headers, body, text };
    const found = find(method, pathname);
    return answerOf(found?.route, () => {
      if (found === undefined) throw notFound();
      return handleFound(found, request, known);
    });
  };
}
