import type { Answer } from '../http/route.ts';
import { statusOf } from '../http/salesforce-error.ts';
import type { Org } from '../org/org.ts';
import type { WriteError, WriteResult } from '../org/write-result.ts';

/** One row of the answer to a write of several records. A failure has no id: only its place says which record it was. */
export function saveResult(result: WriteResult, created?: boolean): Record<string, unknown> {
  if (!result.success) {
    const errors = result.errors.map(({ statusCode, message, fields }) => ({ statusCode, message, fields }));
    return { success: false, errors };
  }
  return { id: result.id, success: true, errors: [], ...(created === undefined ? {} : { created }) };
}

/** What a row says that was in order, in a request whose other rows were not, and who asked for all or none. */
export function rolledBack(): WriteResult {
  const message = 'Record rolled back because not all records were valid and the request was using AllOrNone header';
  return {
    success: false,
    errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message, fields: [] }],
  };
}

/** The answer to a write of one record that failed: the codes are called otherwise there, and duplicates are told. */
export function failedWrite(org: Org, errors: readonly WriteError[]): Answer {
  const [first] = errors;
  return {
    status: statusOf(first?.statusCode ?? ''),
    body: errors.map(({ statusCode, message, fields, duplicates }) =>
      duplicates === undefined
        ? { message, errorCode: statusCode, fields }
        : { duplicateResult: duplicateResult(org, message, duplicates), errorCode: statusCode, message },
    ),
  };
}

function duplicateResult(org: Org, message: string, ids: readonly string[]): Record<string, unknown> {
  const entityType = org.objectOf(ids[0] ?? '')?.name ?? '';
  const matchRecords = ids.map((id) => ({
    additionalInformation: [],
    fieldDiffs: [],
    matchConfidence: 100,
    record: { attributes: { type: entityType }, Id: id },
  }));
  const rule = `Standard_${entityType}_Match_Rule_v1_1`;
  return {
    allowSave: true,
    duplicateRule: `Standard_${entityType}_Duplicate_Rule`,
    duplicateRuleEntityType: entityType,
    errorMessage: message,
    matchResults: [
      { entityType, errors: [], matchEngine: 'FuzzyMatchEngine', matchRecords, rule, size: ids.length, success: true },
    ],
  };
}
