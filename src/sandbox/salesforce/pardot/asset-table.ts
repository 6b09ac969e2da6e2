import { type PardotTable, pardotTable } from './pardot-table.ts';

/** A form or form handler of Account Engagement. */
export interface Asset {
  readonly id: number;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export function assetTable(path: 'forms' | 'form-handlers', items: () => readonly Asset[]): PardotTable {
  return pardotTable<Asset>(
    {
      path,
      fields: {
        id: { type: 'integer', read: ({ id }) => id },
        campaignId: { type: 'integer', read: () => null },
        createdAt: { type: 'datetime', read: ({ createdAt }) => createdAt },
        folderId: { type: 'integer', read: () => null },
        isDeleted: { type: 'boolean', read: () => false },
        name: { type: 'string', read: ({ name }) => name },
        updatedAt: { type: 'datetime', read: ({ createdAt }) => createdAt },
      },
      filterable: ['id', 'createdAt', 'updatedAt', 'name'],
      sortable: ['id', 'createdAt', 'updatedAt', 'name'],
      archivable: true,
    },
    items,
  );
}
