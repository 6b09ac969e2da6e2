import type { CallKind } from '../../http/request-record.ts';
import type { SalesforceError } from './salesforce-error.ts';

/** Who calls, known by an access token. */
export interface Session {
  readonly accessToken: string;
  /** The 18-character id of the user that the client signed in as. */
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** A request as it came, before anyone knows who sent it. */
export interface SentCall {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** What was sent as JSON; undefined where there was nothing, or something else. */
  readonly body: unknown;
  /** As it was sent. */
  readonly text: string;
}

export interface Call extends SentCall {
  readonly session: Session;
}

export interface Answer {
  readonly status: number;
  /** For JSON.stringify. */
  readonly body?: unknown;
  /** Sent as it is, in place of a body; give its Content-Type in the headers. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface AnyRoute {
  readonly method: string;
  /** `/services/data/{version}/sobjects/{object}/{id}`; `{version}` takes the versions of the API that are supported. */
  readonly template: string;
  /** What a request counts as in the record; some depend on what is asked. */
  readonly kind: CallKind | ((call: SentCall) => CallKind);
  /** An error in the shape of this part of the API; that of the REST API unless told. */
  readonly errorAnswer?: (error: SalesforceError) => Answer;
}

/** A request that needs a session: `Authorization: Bearer` and an access token. */
export interface SessionRoute extends AnyRoute {
  readonly open?: false;
  /** How many of the day's API requests it uses up; 1 unless told. */
  readonly cost?: number | ((call: SentCall) => number);
  readonly handle: (call: Call) => Answer;
}

/** A request that anybody may make, such as for a token. It uses up no API requests. */
export interface OpenRoute extends AnyRoute {
  readonly open: true;
  readonly handle: (call: SentCall) => Answer;
}

export type Route = SessionRoute | OpenRoute;

export interface FoundRoute {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}
