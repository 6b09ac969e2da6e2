import { z } from 'zod';
import type { CallOptions } from '../../crm.ts';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';
import { batchErrors, expectOnlyNotFound, paging } from './shapes.ts';

/** As many records as one call tells the associations of. */
export const ASSOCIATIONS_BATCH = 1_000;

const answerSchema = z.object({
  results: z.array(
    z.object({
      from: z.object({ id: z.coerce.string() }),
      to: z.array(z.object({ toObjectId: z.coerce.string() })),
      paging,
    }),
  ),
  errors: batchErrors,
});

/**
 * The ids of all contacts that these records are about, at most `ASSOCIATIONS_BATCH` records, by the id of the record; one
 * that is about nobody is absent. One call, and more only for those that are about hundreds.
 * @throws RetryableError where HubSpot does not tell of one, for another reason than that there is nobody.
 * https://developers.hubspot.com/docs/api-reference/latest/crm/associations/associate-records/batch/get-associations
 */
export async function readContactsOf(
  transport: Transport,
  { type, ids }: { readonly type: string; readonly ids: readonly string[] },
  options?: CallOptions,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const path = `${PATHS.associations}/${type}/contacts/batch/read`;
  const contacts = new Map<string, Set<string>>();
  let inputs: { id: string; after?: string }[] = ids.map((id) => ({ id }));
  while (inputs.length > 0) {
    const asked = new Map(inputs.map(({ id, after }) => [id, after]));
    const call = { kind: 'activity', method: 'POST', path, body: { inputs }, schema: answerSchema } as const;
    const { results, errors } = await transport.call(call, options);
    expectOnlyNotFound(`contacts of ${type}`, errors);
    for (const { from, to } of results) {
      const known = contacts.get(from.id) ?? new Set();
      contacts.set(from.id, known.union(new Set(to.map(({ toObjectId }) => toObjectId))));
    }
    inputs = results.flatMap(({ from: { id }, paging }) => {
      const after = paging?.next?.after;
      // The same place again would be asked for without an end.
      return after === undefined || after === asked.get(id) ? [] : [{ id, after }];
    });
  }
  return contacts;
}
