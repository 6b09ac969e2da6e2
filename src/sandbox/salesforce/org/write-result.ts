/** Why a write was refused, as the API's answers tell it. https://developer.salesforce.com/docs/platform/api/guide/sforce-api-calls-concepts-core-data-objects.html */
export interface WriteError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
  /** Of DUPLICATES_DETECTED: the ids of the records that are there already. */
  readonly duplicates?: readonly string[];
}

export type WriteResult =
  | { readonly success: true; readonly id: string }
  | { readonly success: false; readonly errors: readonly WriteError[] };

export function refusal(statusCode: string, message: string, fields: readonly string[] = []): WriteError {
  return { statusCode, message, fields };
}

export function refused(...errors: readonly WriteError[]): WriteResult {
  return { success: false, errors };
}
