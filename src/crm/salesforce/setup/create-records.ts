import { z } from 'zod';
import { batches } from '../../../base/batches.ts';
import { FatalError } from '../../../base/errors.ts';
import { dataPath, type SalesforceApi } from '../api/api.ts';
import { MOST_RECORDS, updateRecords } from '../api/collections.ts';
import { codesOf, fieldsOf, parseProblems } from '../api/problems.ts';
import { readAs } from '../api/read-as.ts';
import { throwNoSetup } from './tooling.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Who was there first has made the same. */
const THERE_ALREADY = 'DUPLICATE_VALUE';

/**
 * Any number of records of the set-up; what is there already is fine.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_create.htm
 * @throws FatalError for one that Salesforce refuses.
 */
export async function createRecords(api: SalesforceApi, object: string, records: readonly Fields[]): Promise<void> {
  for (const batch of batches(records, MOST_RECORDS)) {
    const body = { allOrNone: false, records: batch.map((each) => ({ attributes: { type: object }, ...each })) };
    const path = dataPath('/composite/sobjects');
    const answer = await api.call({ kind: 'setup', method: 'POST', path, body }).catch(throwNoSetup);
    const rows = readAs(z.array(rowSchema), answer.body, `new records of ${object}`);
    for (const { success, errors } of rows) if (!success) refuse(object, errors);
  }
}

/** Changes records of the set-up, by their ids. @throws FatalError for one that Salesforce refuses. */
export async function changeRecords(
  api: SalesforceApi,
  object: string,
  records: readonly (Fields & { readonly Id: string })[],
): Promise<void> {
  for (const batch of batches(records, MOST_RECORDS)) {
    const updates = batch.map((each) => ({ attributes: { type: object }, ...each }));
    for (const result of await updateRecords(api, updates, { kind: 'setup' }).catch(throwNoSetup))
      if (!result.success) refuse(object, result.errors);
  }
}

const rowSchema = z.looseObject({ success: z.boolean(), errors: z.unknown() });

function refuse(object: string, errors: unknown): void {
  const problems = parseProblems(errors);
  const codes = codesOf(problems);
  if (codes.length > 0 && codes.every((code) => code === THERE_ALREADY)) return;
  const which = fieldsOf(problems).join(', ');
  throw new FatalError(
    `Salesforce refused a record of ${object} (${codes.join(', ') || 'no reason given'}${which === '' ? '' : `: ${which}`}): an administrator of the org must look`,
  );
}
