import { z } from 'zod';
import { batches } from '../../../base/batches.ts';
import { RetryableError } from '../../../base/errors.ts';
import type { CallOptions, WriteOutcome } from '../../crm.ts';
import { queryPages } from '../api/query.ts';
import { oneOf } from '../api/soql.ts';
import { IDS_PER_QUERY } from './contact-places.ts';
import { byObject } from './row-update.ts';
import { refusedRow } from './row-verdict.ts';
import type { Attempt } from './update-and-read.ts';
import type { WriteContext } from './write-context.ts';

interface Found {
  readonly isDeleted: boolean;
  readonly isMerged: boolean;
}

/**
 * Rows of which Salesforce says that they are deleted, or that it knows no such id: it is asked for them once more, the deleted
 * ones included. A record that was merged is to be read afresh; one that we may see and not edit is a matter of sharing; any other is gone.
 */
export async function settleMissing(
  { api }: Pick<WriteContext, 'api'>,
  attempts: readonly Attempt[],
  options?: CallOptions,
): Promise<WriteOutcome[]> {
  const found = new Map<string, Found>();
  for (const [object, wanted] of byObject(attempts.map(({ update }) => update.readId))) {
    for (const batch of batches(wanted, IDS_PER_QUERY)) {
      const soql = `SELECT Id,IsDeleted,MasterRecordId FROM ${object} WHERE Id IN ${oneOf(batch)}`;
      for await (const page of queryPages(api, soql, rowSchema, { kind: 'read', all: true, ...options }))
        for (const { Id, IsDeleted, MasterRecordId } of page)
          found.set(Id, { isDeleted: IsDeleted, isMerged: Boolean(MasterRecordId) });
    }
  }
  return attempts.map(({ update, problems }): WriteOutcome => {
    const { id, readId } = update;
    const record = found.get(readId);
    if (record?.isMerged) {
      const error = new RetryableError('the record was merged into another one in Salesforce: read it afresh');
      return { id, status: 'failed', error };
    }
    return record === undefined || record.isDeleted ? { id, status: 'gone' } : refusedRow(update, problems);
  });
}

const rowSchema = z.looseObject({ Id: z.string(), IsDeleted: z.boolean(), MasterRecordId: z.string().nullish() });
