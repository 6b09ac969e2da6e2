import type { Company } from './company.ts';
import type { Contact } from './contact.ts';
import { isClosed } from './deal-stages.ts';
import type { Portal } from './portal.ts';
import type { CrmRecord, Value, Values } from './record.ts';
import { recount } from './sales-counters.ts';
import type { SalesKind } from './sales-properties.ts';

export interface About {
  readonly contacts?: readonly Contact[];
  readonly companies?: readonly Company[];
}

/** Adds a call, meeting, e-mail, task or deal of these values, known to be valid. */
export function createSalesRecord(portal: Portal, kind: SalesKind, values: Values, about: About = {}): CrmRecord {
  const at = portal.now();
  const record = portal.sales[kind].add(newSalesValues(kind, values, at), { created: at, modified: at });
  linkSalesRecord(portal, kind, record, about);
  return record;
}

/** Writes values of one, known to be valid, as `RecordTable.write` does. */
export function writeSalesRecord(portal: Portal, kind: SalesKind, record: CrmRecord, values: Values): void {
  const { table, contacts } = portal.sales[kind];
  const at = portal.now();
  table.write(record, kind === 'deals' ? dealValues(values, table.valueOf(record, 'dealstage'), at) : values, { at });
  for (const contact of contacts.to(record)) recount(portal, contact);
}

/** Deletes one: it shows in archived lists from now on. */
export function removeSalesRecord(portal: Portal, kind: SalesKind, record: CrmRecord): void {
  const { store, contacts } = portal.sales[kind];
  store.archive(record, portal.now());
  for (const contact of contacts.to(record)) recount(portal, contact);
}

/** Says of one whom else it is about. */
export function linkSalesRecord(
  portal: Portal,
  kind: SalesKind,
  record: CrmRecord,
  { contacts = [], companies = [] }: About,
): void {
  const links = portal.sales[kind];
  for (const company of companies) links.companies.add(record, company);
  for (const contact of contacts) {
    links.contacts.add(record, contact);
    recount(portal, contact);
  }
}

/** What a new one has from the start: what it is created with, and what HubSpot adds. */
export function newSalesValues(kind: SalesKind, values: Values, at: number): Values {
  switch (kind) {
    case 'meetings':
      return { hs_meeting_start_time: values.hs_timestamp, ...values };
    case 'tasks':
      return { hs_task_status: 'NOT_STARTED', ...values };
    case 'deals':
      return { pipeline: 'default', ...dealValues(values, undefined, at) };
    default:
      return values;
  }
}

/** A deal is closed by its stage. */
function dealValues(values: Values, before: Value | undefined, at: number): Values {
  const stage = 'dealstage' in values ? values.dealstage : before;
  const closes = isClosed(stage) && !isClosed(before);
  return {
    // The day it is closed, unless somebody says another.
    ...(closes ? { closedate: at } : {}),
    ...values,
    hs_is_closed: String(isClosed(stage)),
    hs_is_closed_won: String(stage === 'closedwon'),
  };
}
