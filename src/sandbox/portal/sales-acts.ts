import { MINUTE } from '../../base/clock.ts';
import { CALL_DISPOSITIONS, type CallDisposition } from './call-dispositions.ts';
import { contactOf } from './contact-of.ts';
import type { DealStage } from './deal-stages.ts';
import type { Portal } from './portal.ts';
import type { CrmRecord, Values } from './record.ts';
import type { SalesKind } from './sales-properties.ts';
import { readTyped, type TypedValues } from './typed-values.ts';
import { type About, createSalesRecord, linkSalesRecord, removeSalesRecord, writeSalesRecord } from './write-sales.ts';

export type MeetingOutcome = 'SCHEDULED' | 'COMPLETED' | 'RESCHEDULED' | 'NO_SHOW' | 'CANCELED';

interface Concerned {
  readonly contactIds: readonly string[];
  readonly ownerId?: string;
}

/** Times are milliseconds since 1970, and now unless told. */
export interface LoggedCall extends Concerned {
  readonly at?: number;
  readonly minutes?: number;
  /** `connected` unless told. */
  readonly disposition?: CallDisposition;
  /** `OUTBOUND` unless told. */
  readonly direction?: 'INBOUND' | 'OUTBOUND';
}

export interface BookedMeeting extends Concerned {
  /** When it begins; now unless told. */
  readonly start?: number;
  /** 30 unless told. */
  readonly minutes?: number;
  readonly title?: string;
  /** `SCHEDULED` unless told. */
  readonly outcome?: MeetingOutcome;
}

export interface LoggedEmail extends Concerned {
  readonly at?: number;
  /** `EMAIL`, which sales wrote, unless told. */
  readonly direction?: 'EMAIL' | 'INCOMING_EMAIL' | 'FORWARDED_EMAIL';
  /** `SENT` unless told. */
  readonly status?: 'BOUNCED' | 'FAILED' | 'SCHEDULED' | 'SENDING' | 'SENT';
  readonly subject?: string;
}

export interface NewDeal {
  readonly name: string;
  readonly contactIds?: readonly string[];
  readonly companyId?: string;
  /** `appointmentscheduled` unless told. */
  readonly stage?: DealStage;
  readonly amount?: number;
  readonly closeDate?: number;
  readonly ownerId?: string;
}

/** What people of sales do in the portal. What is given back has the new record's id. */
export interface SalesPeople {
  logCall(call: LoggedCall): CrmRecord;
  bookMeeting(meeting: BookedMeeting): CrmRecord;
  changeMeeting(id: string, change: Pick<BookedMeeting, 'start' | 'minutes' | 'outcome'>): void;
  logEmail(email: LoggedEmail): CrmRecord;
  createDeal(deal: NewDeal): CrmRecord;
  moveDeal(id: string, stage: DealStage): void;
  /** Closes a deal as won, now or at another time. */
  winDeal(id: string, won?: { readonly at?: number; readonly amount?: number }): void;
  /** Edits any of their records, by the names of the API. */
  updateSales(kind: SalesKind, id: string, values: TypedValues): void;
  /** One more contact takes part in a call, meeting, e-mail, task or deal. */
  addToSales(kind: SalesKind, id: string, contactId: string): void;
  /** Deletes a call, meeting, e-mail, task or deal. */
  removeSales(kind: SalesKind, id: string): void;
}

export function salesPeopleOf(portal: Portal): SalesPeople {
  const add = (kind: SalesKind, typed: TypedValues, about: About) => {
    return createSalesRecord(portal, kind, readTyped(portal.sales[kind].table.properties, typed), about);
  };
  const write = (kind: SalesKind, id: string, typed: TypedValues) => {
    const values = readTyped(portal.sales[kind].table.properties, typed);
    writeSalesRecord(portal, kind, recordOf(portal, kind, id), values);
  };
  return {
    logCall({ contactIds, ownerId, at, minutes = 5, disposition = 'connected', direction = 'OUTBOUND' }) {
      const values = {
        hs_timestamp: at ?? portal.now(),
        hs_call_duration: minutes * MINUTE,
        hs_call_disposition: CALL_DISPOSITIONS[disposition],
        hs_call_status: disposition === 'connected' ? 'COMPLETED' : disposition === 'busy' ? 'BUSY' : 'NO_ANSWER',
        hs_call_direction: direction,
        hubspot_owner_id: ownerId,
      };
      return add('calls', values, { contacts: contactsOf(portal, contactIds) });
    },
    bookMeeting({ contactIds, ownerId, start, minutes = 30, title = 'Meeting', outcome = 'SCHEDULED' }) {
      const values = {
        ...timesOf(start ?? portal.now(), minutes),
        hs_meeting_title: title,
        hs_meeting_outcome: outcome,
        hubspot_owner_id: ownerId,
      };
      return add('meetings', values, { contacts: contactsOf(portal, contactIds) });
    },
    changeMeeting(id, { start, minutes, outcome }) {
      const { table } = portal.sales.meetings;
      const meeting = recordOf(portal, 'meetings', id);
      const [from, to] = ['hs_meeting_start_time', 'hs_meeting_end_time'].map((name) => table.numberOf(meeting, name));
      const begin = start ?? from ?? portal.now();
      const lasts = minutes ?? (from === undefined || to === undefined ? 30 : (to - from) / MINUTE);
      const moved = start === undefined && minutes === undefined ? {} : timesOf(begin, lasts);
      write('meetings', id, { ...moved, ...(outcome === undefined ? {} : { hs_meeting_outcome: outcome }) });
    },
    logEmail({ contactIds, ownerId, at, direction = 'EMAIL', status = 'SENT', subject = 'Hello' }) {
      const values = {
        hs_timestamp: at ?? portal.now(),
        hs_email_direction: direction,
        hs_email_status: status,
        hs_email_subject: subject,
        hubspot_owner_id: ownerId,
      };
      return add('emails', values, { contacts: contactsOf(portal, contactIds) });
    },
    createDeal({ name, contactIds = [], companyId, stage = 'appointmentscheduled', amount, closeDate, ownerId }) {
      const values = { dealname: name, dealstage: stage, amount, hubspot_owner_id: ownerId };
      const companies = companyId === undefined ? [] : [companyOf(portal, companyId)];
      const closes = closeDate === undefined ? values : { ...values, closedate: closeDate };
      return add('deals', closes, { contacts: contactsOf(portal, contactIds), companies });
    },
    moveDeal: (id, stage) => write('deals', id, { dealstage: stage }),
    winDeal(id, { at, amount } = {}) {
      const given: Values = { closedate: at, amount };
      const known = Object.entries(given).filter(([, value]) => value !== undefined);
      write('deals', id, { dealstage: 'closedwon', ...Object.fromEntries(known) });
    },
    updateSales: write,
    addToSales(kind, id, contactId) {
      linkSalesRecord(portal, kind, recordOf(portal, kind, id), { contacts: contactsOf(portal, [contactId]) });
    },
    removeSales: (kind, id) => removeSalesRecord(portal, kind, recordOf(portal, kind, id)),
  };
}

function timesOf(start: number, minutes: number): TypedValues {
  return {
    hs_timestamp: start,
    hs_meeting_start_time: start,
    hs_meeting_end_time: start + minutes * MINUTE,
  };
}

function contactsOf(portal: Portal, ids: readonly string[]) {
  return ids.map((id) => contactOf(portal, id));
}

function companyOf(portal: Portal, id: string) {
  const company = portal.companies.find(id);
  if (company === undefined) throw new Error(`The sandbox portal has no company ${id}`);
  return company;
}

function recordOf(portal: Portal, kind: SalesKind, id: string): CrmRecord {
  const record = portal.sales[kind].store.find(id);
  if (record === undefined) throw new Error(`The sandbox portal has no ${kind} with id ${id}`);
  return record;
}
