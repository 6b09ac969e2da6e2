import type { Contact } from './contact.ts';
import type { Portal } from './portal.ts';
import type { CrmRecord, Value } from './record.ts';
import type { SalesRecords } from './sales-records.ts';

/** What sales did with one contact. Times are milliseconds since 1970. */
export interface Dealings {
  readonly calls: readonly number[];
  /** When they begin. */
  readonly meetings: readonly number[];
  readonly emails: readonly { readonly at: number; readonly incoming: boolean }[];
  readonly deals: readonly { readonly wonAt: number | undefined; readonly amount: number | undefined }[];
}

/** The counters and dates that HubSpot keeps on the contact about it; undefined for what there is none of. */
export function salesCounters(dealings: Dealings, now: number): Record<string, Value | undefined> {
  const { calls, meetings, emails, deals } = dealings;
  const sent = emails.filter(({ incoming }) => !incoming).map(({ at }) => at);
  const replies = emails.filter(({ incoming }) => incoming).map(({ at }) => at);
  const touches = [...calls, ...sent, ...meetings].filter((at) => at <= now);
  const wins = deals.flatMap(({ wonAt, amount }) => (wonAt === undefined ? [] : [{ wonAt, amount }]));
  const win = wins.toSorted((a, b) => a.wonAt - b.wonAt).at(-1);
  return {
    // The latest there is in the calendar, which may be still to come.
    engagements_last_meeting_booked: latest(meetings),
    notes_last_contacted: latest(touches),
    num_contacted_notes: touches.length || undefined,
    hs_sales_email_last_replied: latest(replies),
    num_associated_deals: deals.length || undefined,
    recent_deal_close_date: win?.wonAt,
    recent_deal_amount: win?.amount,
  };
}

/** Brings the contact's counters in step with its calls, meetings, e-mails and deals. Writes what differs alone. */
export function recount(portal: Portal, contact: Contact): void {
  if (contact.state !== 'live') return;
  const counters = Object.entries(salesCounters(dealingsOf(portal, contact), portal.now()));
  const changed = counters.filter(([name, value]) => portal.valueOf(contact, name) !== value);
  if (changed.length > 0) portal.write(contact, Object.fromEntries(changed), 'CRM_UI');
}

function dealingsOf({ sales: { calls, meetings, emails, deals } }: Portal, contact: Contact): Dealings {
  return {
    calls: timesOf(calls, contact, 'hs_timestamp'),
    meetings: timesOf(meetings, contact, 'hs_meeting_start_time'),
    emails: emails.contacts.from(contact).map((email) => ({
      at: numberOf(emails, email, 'hs_timestamp') ?? 0,
      incoming: emails.table.textOf(email, 'hs_email_direction') === 'INCOMING_EMAIL',
    })),
    deals: deals.contacts.from(contact).map((deal) => ({
      wonAt: deals.table.textOf(deal, 'hs_is_closed_won') === 'true' ? numberOf(deals, deal, 'closedate') : undefined,
      amount: numberOf(deals, deal, 'amount'),
    })),
  };
}

function timesOf(records: SalesRecords, contact: Contact, property: string): number[] {
  return records.contacts.from(contact).flatMap((record) => numberOf(records, record, property) ?? []);
}

function numberOf({ table }: SalesRecords, record: CrmRecord, property: string): number | undefined {
  return table.numberOf(record, property);
}

function latest(times: readonly number[]): number | undefined {
  return times.length === 0 ? undefined : Math.max(...times);
}
