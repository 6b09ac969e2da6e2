export type SoqlErrorCode =
  | 'MALFORMED_QUERY'
  | 'INVALID_FIELD'
  | 'INVALID_TYPE'
  | 'INVALID_QUERY_FILTER_OPERATOR'
  | 'NUMBER_OUTSIDE_VALID_RANGE';

/** Why Salesforce refuses a query: the API answers 400 with this code and message. */
export class SoqlError extends Error {
  readonly code: SoqlErrorCode;
  constructor(code: SoqlErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
