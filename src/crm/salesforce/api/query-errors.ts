import { RetryableError } from '../../../base/errors.ts';
import { SalesforceRefusal, sortError } from './error-table.ts';

/** Salesforce no longer keeps the pages that were still to come (INVALID_QUERY_LOCATOR): ask again from the cursor. */
export class QueryRestartError extends RetryableError {}

/** Salesforce gave up after two minutes (QUERY_TIMEOUT): ask for a narrower window, or by Bulk. */
export class QueryTooSlowError extends RetryableError {}

/** For `catch`: what can be done about a query that was refused is told by the error's class. */
export function asQueryError(error: unknown): never {
  if (error instanceof SalesforceRefusal) {
    const sorts = error.codes.map((code) => sortError(code));
    if (sorts.includes('restart'))
      throw new QueryRestartError(
        'Salesforce no longer keeps the rest of a query (INVALID_QUERY_LOCATOR): start it again from its cursor',
      );
    if (sorts.includes('too-slow'))
      throw new QueryTooSlowError('Salesforce gave a query up after two minutes (QUERY_TIMEOUT): ask for less at once');
  }
  throw error;
}
