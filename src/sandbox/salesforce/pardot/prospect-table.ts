import type { Org } from '../org/org.ts';
import type { Prospect } from '../org/prospects.ts';
import { type PardotTable, type PardotValue, pardotTable } from './pardot-table.ts';

/**
 * The people whom Account Engagement knows. What it does not keep itself stands in the lead or contact that it is synced with.
 * https://developer.salesforce.com/docs/marketing/pardot/guide/prospect-v5.html
 */
export function prospectTable(org: Org): PardotTable {
  const recordOf = ({ leadId, contactId }: Prospect) => {
    const id = contactId ?? leadId;
    return id === undefined ? undefined : org.findAny(id);
  };
  const synced = (field: string) => ({
    type: 'string' as const,
    read: (prospect: Prospect): PardotValue => recordOf(prospect)?.text(field) ?? null,
  });
  return pardotTable<Prospect>(
    {
      path: 'prospects',
      fields: {
        id: { type: 'integer', read: ({ id }) => id },
        campaignId: { type: 'integer', read: () => null },
        company: synced('Company'),
        createdAt: { type: 'datetime', read: ({ createdAt }) => wholeSecond(createdAt) },
        email: { type: 'string', read: ({ email }) => email },
        firstName: synced('FirstName'),
        isDeleted: { type: 'boolean', read: ({ isDeleted }) => isDeleted },
        jobTitle: synced('Title'),
        lastName: synced('LastName'),
        optedOut: { type: 'boolean', read: (prospect) => recordOf(prospect)?.flag('HasOptedOutOfEmail') ?? false },
        salesforceAccountId: synced('AccountId'),
        salesforceContactId: { type: 'string', read: ({ contactId = null }) => contactId },
        salesforceId: { type: 'string', read: ({ contactId, leadId = null }) => contactId ?? leadId },
        salesforceLeadId: { type: 'string', read: ({ leadId = null }) => leadId },
        updatedAt: { type: 'datetime', read: ({ updatedAt }) => wholeSecond(updatedAt) },
      },
      filterable: ['id', 'createdAt', 'updatedAt', 'email', 'salesforceId'],
      sortable: ['id', 'createdAt', 'updatedAt'],
      archivable: true,
    },
    () => org.prospects.all,
  );
}

function wholeSecond(at: number): number {
  return Math.floor(at / 1_000) * 1_000;
}
