/** One thing that is wrong, as the REST API tells it. */
export interface ApiProblem {
  readonly errorCode: string;
  readonly message: string;
  /** The fields concerned, where the API tells of any. */
  readonly fields?: readonly string[];
}

/** An error of the REST API: a status and `[{errorCode, message, fields}]`. */
export class SalesforceError extends Error {
  readonly status: number;
  readonly problems: readonly ApiProblem[];

  constructor(status: number, problems: ApiProblem | readonly ApiProblem[]) {
    const list = 'errorCode' in problems ? [problems] : problems;
    super(list.map(({ message }) => message).join('\n'));
    this.status = status;
    this.problems = list;
  }
}

/** `refusal('INVALID_FIELD', 'No such column …')`: an answer of 400 unless told. */
export function refusal(
  errorCode: string,
  message: string,
  { status = statusOf(errorCode), fields }: { status?: number; fields?: readonly string[] } = {},
): SalesforceError {
  return new SalesforceError(status, { errorCode, message, ...(fields === undefined ? {} : { fields }) });
}

export function notFound(message = 'The requested resource does not exist'): SalesforceError {
  return refusal('NOT_FOUND', message);
}

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm */
export function statusOf(errorCode: string): number {
  return STATUSES[errorCode] ?? 400;
}

const STATUSES: Readonly<Record<string, number>> = {
  INVALID_SESSION_ID: 401,
  INVALID_AUTH_HEADER: 401,
  REQUEST_LIMIT_EXCEEDED: 403,
  API_DISABLED_FOR_ORG: 403,
  API_CURRENTLY_DISABLED: 403,
  INSUFFICIENT_ACCESS: 403,
  INSUFFICIENT_ACCESS_OR_READONLY: 403,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 403,
  CANNOT_UPDATE_CONVERTED_LEAD: 400,
  NOT_FOUND: 404,
  ENTITY_IS_DELETED: 404,
  METHOD_NOT_ALLOWED: 405,
  UNSUPPORTED_MEDIA_TYPE: 415,
  UNKNOWN_EXCEPTION: 500,
  SERVER_UNAVAILABLE: 503,
};
