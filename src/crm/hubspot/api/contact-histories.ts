import { z } from 'zod';
import type { CallOptions } from '../../crm.ts';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';
import { contactSchema, propertyValue } from './contacts.ts';
import { after, paging } from './shapes.ts';

/** A value that a property was given, and when: ISO 8601, or milliseconds since 1970. */
const versionSchema = z.object({
  value: propertyValue,
  timestamp: z.union([z.string(), z.number().transform(String)]),
});
export type Version = z.output<typeof versionSchema>;

/** An odd one holds up no other. */
const versionsSchema = z
  .array(versionSchema.nullable().catch(null))
  .transform((versions) => versions.filter((version) => version !== null));

const historySchema = contactSchema.extend({
  /** Newest first. */
  propertiesWithHistory: z.record(z.string(), versionsSchema.catch([])).nullish().catch(undefined),
});
export type ContactHistory = z.output<typeof historySchema>;

const pageSchema = z.object({ results: z.array(historySchema), paging });

/** As many contacts as one call lists with the history of properties. */
export const HISTORY_BATCH = 50;

/**
 * A page of contacts in the order of their ids; each property of `withHistory` comes with its values of before and with its present
 * one, and need not be among `properties`. Search tells no history.
 * https://developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/guide#retrieve-contacts
 */
export async function listContactHistories(
  transport: Transport,
  page: {
    readonly properties: readonly string[];
    readonly withHistory: readonly string[];
    readonly after: string | undefined;
  },
  options?: CallOptions,
): Promise<{ contacts: ContactHistory[]; next: string | undefined }> {
  const query = {
    limit: String(HISTORY_BATCH),
    properties: page.properties.join(','),
    propertiesWithHistory: page.withHistory.join(','),
    archived: 'false',
    ...after(page.after),
  };
  const call = { kind: 'read', method: 'GET', path: PATHS.contacts, query, schema: pageSchema } as const;
  const answer = await transport.call(call, options);
  return { contacts: answer.results, next: answer.paging?.next?.after };
}
