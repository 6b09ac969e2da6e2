import { SalesforceRefusal } from '../api/error-table.ts';

/**
 * Salesforce calls an object or a field that the user may not see, or that the edition does not have, unknown (INVALID_TYPE,
 * INVALID_FIELD). A query that it cannot read at all is a fault of ours, which must not look like a missing permission.
 */
export function isNotAllowed(error: unknown): error is SalesforceRefusal {
  return error instanceof SalesforceRefusal && !error.codes.includes('MALFORMED_QUERY');
}
