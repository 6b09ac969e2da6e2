import type { Scope } from '../http/tokens.ts';
import type { Portal } from '../portal/portal.ts';
import type { CrmRecord } from '../portal/record.ts';
import type { SalesKind } from '../portal/sales-properties.ts';
import { createSalesRecord, removeSalesRecord, writeSalesRecord } from '../portal/write-sales.ts';
import type { RecordType } from './record-type.ts';

type Scopes = RecordType<CrmRecord>['scopes'];

const AS_CONTACTS: Scopes = {
  read: 'crm.objects.contacts.read',
  write: 'crm.objects.contacts.write',
  readSchema: 'crm.schemas.contacts.read',
  writeSchema: 'crm.schemas.contacts.write',
};

/** Which scopes open what sales keeps. */
export const SALES_SCOPES: Readonly<Record<SalesKind, Scopes>> = {
  calls: AS_CONTACTS,
  meetings: AS_CONTACTS,
  emails: AS_CONTACTS,
  tasks: AS_CONTACTS,
  deals: {
    read: 'crm.objects.deals.read',
    write: 'crm.objects.deals.write',
    readSchema: 'crm.schemas.deals.read',
    writeSchema: 'crm.schemas.deals.write',
  },
};

interface Kind {
  readonly word: string;
  readonly typeId: string;
  readonly alsoScope?: Scope;
  readonly required: readonly string[];
  readonly standard: readonly string[];
  readonly searched: readonly string[];
}

const DATED = ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'];

/** Guides: https://developers.hubspot.com/docs/api-reference/latest/crm/activities/calls/guide, and likewise for the others. */
const KINDS: Readonly<Record<SalesKind, Kind>> = {
  calls: engagement('CALL', '0-48', ['hs_call_title', 'hs_call_body']),
  meetings: engagement('MEETING_EVENT', '0-47', ['hs_meeting_title', 'hs_meeting_body']),
  emails: { ...engagement('EMAIL', '0-49', ['hs_email_subject', 'hs_email_text']), alsoScope: 'sales-email-read' },
  tasks: engagement('TASK', '0-27', ['hs_task_subject', 'hs_task_body']),
  deals: {
    word: 'DEAL',
    typeId: '0-3',
    required: [],
    standard: [
      'amount',
      'closedate',
      'createdate',
      'dealname',
      'dealstage',
      'hs_lastmodifieddate',
      'hs_object_id',
      'pipeline',
    ],
    searched: ['dealname', 'pipeline', 'dealstage'],
  },
};

export function salesType(portal: Portal, kind: SalesKind): RecordType<CrmRecord> {
  const { store, table } = portal.sales[kind];
  return {
    name: kind,
    ...KINDS[kind],
    scopes: SALES_SCOPES[kind],
    store,
    table,
    unique: undefined,
    tidy: () => [],
    conflict: () => undefined,
    create: (values) => createSalesRecord(portal, kind, values),
    write: (record, values) => writeSalesRecord(portal, kind, record, values),
    remove: (record) => removeSalesRecord(portal, kind, record),
    merge: undefined,
  };
}

function engagement(word: string, typeId: string, searched: readonly string[]): Kind {
  return { word, typeId, required: ['hs_timestamp'], standard: DATED, searched };
}
