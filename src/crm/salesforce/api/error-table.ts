import { FatalError } from '../../../base/errors.ts';

/**
 * Salesforce understood the call and refused it: asking again the same way gives the same answer. Whoever knows what the
 * call was about turns it into something better; where nobody does, a person must look.
 */
export class SalesforceRefusal extends FatalError {
  readonly status: number;
  /** Salesforce's error codes, such as `INVALID_FIELD`, each once. */
  readonly codes: readonly string[];
  /** The fields that the answer names, each once. */
  readonly fields: readonly string[];
  constructor(
    message: string,
    details: { readonly status: number; readonly codes: readonly string[]; readonly fields: readonly string[] },
  ) {
    super(message);
    this.status = details.status;
    this.codes = details.codes;
    this.fields = details.fields;
  }
}

/** What to do about an error of Salesforce's, by its code. */
export type ErrorSort =
  /** The session is no longer known: sign in once more, try once more. */
  | 'session'
  /** Too many calls in a day (REQUEST_LIMIT_EXCEEDED): wait until some come free. */
  | 'daily'
  /** Too many calls at the same time: wait a little. */
  | 'concurrent'
  /** Passes by itself: the whole call again. */
  | 'retry'
  /** Somebody else writes to it at the moment: this row again, later. */
  | 'retry-row'
  /** The query took more than two minutes: ask for less, or by Bulk. */
  | 'too-slow'
  /** The rest of the pages is no longer kept: ask again from where the pages got to. */
  | 'restart'
  /** The record was deleted or merged. */
  | 'gone'
  /** The Lead was converted: write to its Contact. */
  | 'converted'
  /** The Contact became a person account: write to its Account. */
  | 'person-account'
  /** The record is not shared with our user, or is no more: leave the row out and say so. */
  | 'no-access'
  /** A rule of the org's refuses this record: a dead letter. */
  | 'dead-letter'
  /** A duplicate rule holds the record back. */
  | 'duplicate'
  /** A field or a value that config names is not in the org, or not for our user: stop, and name it. */
  | 'config'
  /** A person must act before anything works again. */
  | 'fatal'
  /** Not in the table. */
  | 'unknown';

/**
 * Looks the code up; the message decides where one code stands for several things.
 * https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm
 */
export function sortError(code: string, message = ''): ErrorSort {
  const sort = TABLE[code] ?? (code.startsWith('INSUFFICIENT_ACCESS') ? 'no-access' : 'unknown');
  // An automation of the org's ran into a lock: the code is that of the automation, the text has the cause.
  if ((sort === 'dead-letter' || sort === 'unknown') && message.includes('UNABLE_TO_LOCK_ROW')) return 'retry-row';
  if (sort === 'daily' && /concurrent/i.test(message)) return 'concurrent';
  return sort;
}

/** Our own code for a row that a bulk job left undone. */
export const UNPROCESSED = 'UNPROCESSED';

const TABLE: Readonly<Record<string, ErrorSort>> = {
  INVALID_SESSION_ID: 'session',
  INVALID_AUTH_HEADER: 'session',

  REQUEST_LIMIT_EXCEEDED: 'daily',

  SERVER_UNAVAILABLE: 'retry',
  UNKNOWN_EXCEPTION: 'retry',
  UNABLE_TO_LOCK_ROW: 'retry-row',
  [UNPROCESSED]: 'retry-row',
  QUERY_TIMEOUT: 'too-slow',
  INVALID_QUERY_LOCATOR: 'restart',

  ENTITY_IS_DELETED: 'gone',
  // What a record that was purged is called where it is written by itself.
  NOT_FOUND: 'gone',
  CANNOT_UPDATE_CONVERTED_LEAD: 'converted',
  INVALID_PERSON_ACCOUNT_OPERATION: 'person-account',
  INVALID_CROSS_REFERENCE_KEY: 'no-access',

  FIELD_CUSTOM_VALIDATION_EXCEPTION: 'dead-letter',
  REQUIRED_FIELD_MISSING: 'dead-letter',
  CANNOT_EXECUTE_FLOW_TRIGGER: 'dead-letter',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 'dead-letter',
  DUPLICATES_DETECTED: 'duplicate',

  INVALID_FIELD: 'config',
  INVALID_FIELD_FOR_INSERT_UPDATE: 'config',
  INVALID_TYPE: 'config',
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: 'config',
  STRING_TOO_LONG: 'config',
  NUMBER_OUTSIDE_VALID_RANGE: 'config',

  API_DISABLED_FOR_ORG: 'fatal',
  API_CURRENTLY_DISABLED: 'fatal',
  STORAGE_LIMIT_EXCEEDED: 'fatal',
  invalid_grant: 'fatal',

  // Account Engagement's: https://developer.salesforce.com/docs/marketing/pardot/guide/error-codes.html
  66: 'concurrent',
  122: 'daily',
  184: 'session',
};
