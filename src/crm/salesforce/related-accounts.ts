import { batches } from '../../base/batches.ts';
import type { CallOptions, RelatedRecords } from '../crm.ts';
import { ACCOUNT, accountVersion } from './account-fields.ts';
import type { SalesforceApi } from './api/api.ts';
import { queryPages } from './api/query.ts';
import { oneOf } from './api/soql.ts';
import { CHANGES_LATENESS, changedRows } from './changed-rows.ts';
import { CHANGED } from './leads.ts';
import { idsOf } from './person-kind.ts';
import { type Column, flagOf, rowSchema, textOf, timeOf } from './row.ts';

/** The address of a query may have 16,384 characters, and an id takes 27 of them. */
const IDS_IN_QUERY = 400;

/** Accounts as far as fields of their Contacts come from them: from these columns. */
export function relatedAccounts(api: SalesforceApi, columns: readonly Column[]): RelatedRecords {
  const selected = new Set(['Id', CHANGED, 'IsDeleted', ...columns.map(({ name }) => name)]);
  const source = { object: 'Account', columns: [...selected] };
  return {
    name: ACCOUNT,
    ...CHANGES_LATENESS,
    async *changed(window, options) {
      for await (const { rows } of changedRows(api, [source], window, { kind: 'related', ...options })) {
        // Those who were of a deleted account are deleted with it, or of another one: that changes them.
        const live = rows.filter((row) => !flagOf(row, 'IsDeleted'));
        yield live.map((row) => ({
          id: textOf(row, 'Id') ?? '',
          version: accountVersion(columns, row),
          changedAt: timeOf(row, CHANGED) ?? window.to,
        }));
      }
    },
    leadsOf: (ids, options) => contactsOf(api, ids, options),
  };
}

async function* contactsOf(api: SalesforceApi, ids: readonly string[], options?: CallOptions): AsyncIterable<string[]> {
  for (const some of batches(idsOf('Account', ids), IDS_IN_QUERY)) {
    const soql = `SELECT Id FROM Contact WHERE AccountId IN ${oneOf(some)}`;
    for await (const rows of queryPages(api, soql, rowSchema, { kind: 'related', ...options }))
      yield rows.flatMap((row) => textOf(row, 'Id') ?? []);
  }
}
