import type { CallKind } from '../../api-budget.ts';
import type { CallOptions } from '../../crm.ts';

/** The version of Salesforce's API that every call names, as in `/services/data/v68.0/`. */
export const API_VERSION = '68.0';

/** One HTTP request to an org, before sign-in, limits and retries are added to it. */
export interface ApiCall extends CallOptions {
  /** What it counts as in reports. */
  readonly kind: CallKind;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** From the root of the org's own host: `/services/data/v68.0/limits`, or a `nextRecordsUrl` as it came. See `dataPath`. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as `text/csv` in place of a body, for Bulk API 2.0. */
  readonly csv?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Whether doing it twice is as good as once: it is then tried again where its answer was lost. By default so for all but
   * POST, which is made once, and whoever wants it again looks first, as another process may have done it meanwhile.
   */
  readonly repeatable?: boolean;
  /** Milliseconds until it counts as lost; by default a little more than Salesforce gives a query. */
  readonly timeout?: number;
  /** Another host than the org's, for Account Engagement: `https://pi.pardot.com`. */
  readonly host?: string;
}

/** An answer with a status below 300. */
export interface ApiAnswer {
  readonly status: number;
  /** Parsed where it is JSON, else text; undefined where it is empty. */
  readonly body: unknown;
  /** By any spelling; undefined where the answer has none. */
  header(name: string): string | undefined;
}

/**
 * Carries calls to one org: signs in (once more where the session is no longer known), takes a slot of the budget before each
 * request, tells it what `Sforce-Limit-Info` said, tries what may be tried again, and turns every other answer into an error.
 */
export interface SalesforceApi {
  /**
   * @throws SalesforceRefusal for an answer of 400 to 499 that names error codes of Salesforce's; RetryableError,
   *   RateLimitedError or FatalError as `error-table.ts` sorts them, with no text of the answer in the message.
   */
  call(call: ApiCall): Promise<ApiAnswer>;
}

/** `dataPath('/query')` is `/services/data/v68.0/query`. */
export function dataPath(path: string): string {
  return `/services/data/v${API_VERSION}${path}`;
}
