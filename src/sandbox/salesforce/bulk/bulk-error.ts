import { refusal, type SalesforceError } from '../http/salesforce-error.ts';

/** What the Bulk API cannot do has this code, whatever it is. */
export function apiError(message: string): SalesforceError {
  return refusal('API_ERROR', message);
}

/** A job is not in a state in which it can be asked for that. */
export function wrongState(message: string): SalesforceError {
  return refusal('INVALIDJOBSTATE', message);
}
