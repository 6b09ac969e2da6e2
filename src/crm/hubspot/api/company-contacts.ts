import { z } from 'zod';
import { batches } from '../../../base/batches.ts';
import type { CallOptions } from '../../crm.ts';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';
import { ASSOCIATIONS_BATCH } from './associations.ts';
import { batchErrors, expectOnlyNotFound, paging } from './shapes.ts';

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
 * The ids of everyone who is associated with these companies, page by page, as one of them may have a hundred thousand.
 * @throws RetryableError where HubSpot does not tell those of all.
 * https://developers.hubspot.com/docs/api-reference/latest/crm/associations/associate-records/batch/get-associations
 */
export async function* listCompanyContacts(
  transport: Transport,
  companyIds: readonly string[],
  options?: CallOptions,
): AsyncIterable<string[]> {
  const path = `${PATHS.associations}/companies/contacts/batch/read`;
  for (const some of batches(companyIds, ASSOCIATIONS_BATCH)) {
    let after = new Map<string, string | undefined>(some.map((id) => [id, undefined]));
    while (after.size > 0) {
      const inputs = [...after].map(([id, from]) => (from === undefined ? { id } : { id, after: from }));
      const call = { kind: 'related', method: 'POST', path, body: { inputs }, schema: answerSchema } as const;
      const { results, errors } = await transport.call(call, options);
      expectOnlyNotFound('contacts of companies', errors);
      yield results.flatMap(({ to }) => to.map(({ toObjectId }) => toObjectId));
      const asked = after;
      const more = results.flatMap(({ from: { id }, paging: page }): [string, string][] => {
        const next = page?.next?.after;
        return next === undefined || next === asked.get(id) ? [] : [[id, next]];
      });
      after = new Map(more);
    }
  }
}
