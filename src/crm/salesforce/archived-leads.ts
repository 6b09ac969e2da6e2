import type { Clock } from '../../base/clock.ts';
import type { CallOptions } from '../crm.ts';
import type { SalesforceApi } from './api/api.ts';
import { everyRow } from './bulk-rows.ts';
import { PERSON_KINDS } from './person-kind.ts';
import { textOf } from './row.ts';

/**
 * Ids of all Leads and Contacts in the recycle bin, where they stay for 15 days; neither those that live on in what they were merged into,
 * nor those in what they were converted to.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_queryall.htm
 */
export async function* archivedLeads(api: SalesforceApi, clock: Clock, options?: CallOptions): AsyncIterable<string[]> {
  for (const kind of PERSON_KINDS) {
    const unconverted = kind === 'Lead' ? ' AND IsConverted = false' : '';
    const soql = `SELECT Id FROM ${kind} WHERE IsDeleted = true AND MasterRecordId = null${unconverted}`;
    for await (const rows of everyRow(api, clock, soql, { kind: 'read', ...options, all: true }))
      yield rows.flatMap((row) => textOf(row, 'Id') ?? []);
  }
}
