import { describe, expect, it } from 'vitest';
import { readValue } from '../../../src/sandbox/portal/property-value.ts';
import { recount } from '../../../src/sandbox/portal/sales-counters.ts';
import { SALES_KINDS } from '../../../src/sandbox/portal/sales-properties.ts';
import { createPortal, type NewPortal } from '../../../src/sandbox/sandbox.ts';
import { NOW, stillClock } from './open-sandbox.ts';

const portalOf = (options: NewPortal) => createPortal({ now: NOW, clock: stillClock(), ...options });
const COUNTERS = [
  'engagements_last_meeting_booked',
  'notes_last_contacted',
  'num_contacted_notes',
  'hs_sales_email_last_replied',
  'num_associated_deals',
  'recent_deal_close_date',
  'recent_deal_amount',
];

describe('what sales did with the population', () => {
  it('is the same for the same seed', () => {
    const records = (seed: number) => {
      const { sales } = portalOf({ leads: 400, seed });
      return SALES_KINDS.map((kind) => sales[kind].store.all.map(({ id, values }) => [id, values]));
    };
    expect(records(7)).toEqual(records(7));
    expect(records(8)).not.toEqual(records(7));
  });

  it('is little, and of every kind', () => {
    const { sales } = portalOf({ leads: 5_000 });
    const share = (kind: (typeof SALES_KINDS)[number]) => sales[kind].store.all.length / 5_000;
    for (const kind of ['calls', 'meetings', 'emails', 'deals'] as const) {
      expect([kind, share(kind) > 0.03, share(kind) < 0.15]).toEqual([kind, true, true]);
    }
    const outcomes = sales.meetings.store.all.map((one) => sales.meetings.table.textOf(one, 'hs_meeting_outcome'));
    expect(new Set(outcomes).size).toBeGreaterThan(3);
  });

  it('agrees with the counters of everyone', () => {
    const portal = portalOf({ leads: 3_000 });
    const counters = () => portal.contacts.all.map((one) => COUNTERS.map((name) => portal.valueOf(one, name)));
    const before = counters();
    for (const contact of portal.contacts.all) recount(portal, contact);
    expect(counters()).toEqual(before);
    expect(before.filter(([meeting]) => meeting !== undefined).length).toBeGreaterThan(100);
  });

  it('ended in a deal that was won on the day for everyone who bought, and for nobody else', () => {
    const portal = portalOf({ leads: 4_000 });
    const { deals } = portal.sales;
    for (const contact of portal.contacts.all) {
      const won = deals.contacts
        .from(contact)
        .filter((deal) => deals.table.textOf(deal, 'hs_is_closed_won') === 'true');
      expect(won).toHaveLength(contact.bought ? 1 : 0);
      const stage = portal.textOf(contact, 'lifecyclestage');
      for (const deal of won) {
        if (stage === 'customer') {
          expect(deals.table.numberOf(deal, 'closedate')).toBe(
            portal.numberOf(contact, 'hs_lifecyclestage_customer_date'),
          );
        }
        const company = portal.numberOf(contact, 'associatedcompanyid');
        expect(deals.companies.to(deal).map(({ number }) => number)).toEqual(company === undefined ? [] : [company]);
      }
    }
  });

  it('was between the first and the last of each contact, and holds what its type allows', () => {
    const portal = portalOf({ leads: 3_000 });
    for (const kind of SALES_KINDS) {
      const { store, table, contacts } = portal.sales[kind];
      for (const record of store.all) {
        const [contact] = contacts.to(record);
        expect(table.numberOf(record, table.created)).toBeGreaterThanOrEqual(
          portal.numberOf(contact!, 'createdate') ?? Number.NaN,
        );
        expect(table.numberOf(record, 'hs_lastmodifieddate')).toBeLessThan(NOW);
        expect(table.numberOf(record, 'hs_lastmodifieddate')).toBeGreaterThanOrEqual(
          table.numberOf(record, table.created) ?? Number.NaN,
        );
        for (const property of table.properties.all()) {
          const value = record.values[property.slot];
          if (value !== undefined) expect(readValue(property, value)).toEqual({ value });
        }
      }
    }
  });
});
