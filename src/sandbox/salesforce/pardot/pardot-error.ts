import type { Answer } from '../http/route.ts';
import { SalesforceError } from '../http/salesforce-error.ts';

/**
 * An error of Account Engagement's, known by its number.
 * https://developer.salesforce.com/docs/marketing/pardot/guide/error-codes.html
 */
export function pardotError(code: number, message: string, status = 400): SalesforceError {
  return new SalesforceError(status, { errorCode: String(code), message });
}

/** `{"code": 181, "message": "…"}`; what the server itself refuses gets Account Engagement's number for it. */
export function pardotErrorAnswer({ status, problems, message }: SalesforceError): Answer {
  const errorCode = problems[0]?.errorCode ?? '';
  if (/^\d+$/.test(errorCode)) return { status, body: { code: Number(errorCode), message } };
  if (status === 401) {
    return { status, body: { code: 184, message: 'access_token is invalid, unknown, or malformed' } };
  }
  return { status, body: { code: 183, message: 'An internal error occurred, please try your request again' } };
}
