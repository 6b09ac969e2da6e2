import { MINUTE } from '../../base/clock.ts';
import { CALL_DISPOSITIONS } from '../portal/call-dispositions.ts';
import type { Contact } from '../portal/contact.ts';
import { isClosed } from '../portal/deal-stages.ts';
import type { Portal } from '../portal/portal.ts';
import type { Values } from '../portal/record.ts';
import { type Dealings, salesCounters } from '../portal/sales-counters.ts';
import type { SalesKind } from '../portal/sales-properties.ts';
import { newSalesValues } from '../portal/write-sales.ts';
import type { SalesPast } from './sales-past.ts';

/** The counters that HubSpot keeps on the contact, in agreement with its past. */
export function salesCountersOf(past: SalesPast, now: number): Values {
  const { deal } = past;
  const dealings: Dealings = {
    calls: past.calls.map(({ at }) => at),
    meetings: past.meetings.map(({ start }) => start),
    emails: past.emails,
    deals: deal === undefined ? [] : [{ wonAt: wonAt(deal), amount: deal.amount }],
  };
  return salesCounters(dealings, now);
}

/** Puts the calls, meetings, e-mails and the deal of a past into the portal; the contact has its counters already. */
export function keepSales(portal: Portal, contact: Contact, past: SalesPast): void {
  const owner = portal.textOf(contact, 'hubspot_owner_id') ?? portal.owners.all[0]?.id;
  const add = (kind: SalesKind, values: Values, created: number, modified = created) => {
    const all = newSalesValues(kind, { hubspot_owner_id: owner, ...values }, modified);
    const record = portal.sales[kind].add(all, { created, modified });
    portal.sales[kind].contacts.add(record, contact);
    return record;
  };
  for (const { at, minutes, disposition } of past.calls) {
    const values = {
      hs_timestamp: at,
      hs_call_duration: minutes * MINUTE,
      hs_call_disposition: CALL_DISPOSITIONS[disposition],
      hs_call_status: disposition === 'connected' ? 'COMPLETED' : disposition === 'busy' ? 'BUSY' : 'NO_ANSWER',
      hs_call_direction: 'OUTBOUND',
    };
    add('calls', values, at, at + minutes * MINUTE);
  }
  for (const { bookedAt, start, minutes, outcome } of past.meetings) {
    const end = start + minutes * MINUTE;
    const times = { hs_timestamp: start, hs_meeting_start_time: start, hs_meeting_end_time: end };
    const values = { ...times, hs_meeting_title: 'Product walk-through', hs_meeting_outcome: outcome };
    add('meetings', values, bookedAt, outcome === 'SCHEDULED' ? bookedAt : end);
  }
  for (const { at, incoming } of past.emails) {
    const direction = incoming ? 'INCOMING_EMAIL' : 'EMAIL';
    add('emails', { hs_timestamp: at, hs_email_direction: direction, hs_email_status: 'SENT' }, at);
  }
  const { deal } = past;
  if (deal === undefined) return;
  const name = portal.textOf(contact, 'company') ?? 'New deal';
  const values = { dealname: name, dealstage: deal.stage, amount: deal.amount, closedate: deal.closedate };
  const record = add('deals', values, deal.createdAt, isClosed(deal.stage) ? deal.closedate : deal.createdAt);
  const company = portal.companies.find(String(portal.valueOf(contact, 'associatedcompanyid') ?? ''));
  if (company !== undefined) portal.sales.deals.companies.add(record, company);
}

function wonAt({ stage, closedate }: NonNullable<SalesPast['deal']>): number | undefined {
  return stage === 'closedwon' ? closedate : undefined;
}
