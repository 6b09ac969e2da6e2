import { describe, expect, it } from 'vitest';
import { RULE } from '../../../src/sandbox/population/by-rule.ts';
import { createOrg } from '../../../src/sandbox/salesforce/population/create-org.ts';
import { createPortal, type Portal } from '../../../src/sandbox/sandbox.ts';
import { NOW, stillClock } from './open-sandbox.ts';

const portalOf = (leads: number) => createPortal({ leads, now: NOW, clock: stillClock(), buyers: 'by-rule' });
type Contact = Portal['contacts']['all'][number];

/** How much greater the odds of buying are, in logarithms, for those of whom something holds than for the others. */
function logOddsRatio(contacts: readonly Contact[], holds: (contact: Contact) => boolean): number {
  const odds = (some: readonly Contact[]) => {
    const bought = some.filter((one) => one.bought).length;
    return (bought + 0.5) / (some.length - bought + 0.5);
  };
  const with_ = contacts.filter(holds);
  return Math.log(odds(with_) / odds(contacts.filter((one) => !holds(one))));
}

/** Some of whom are assistants, and one leads to talents alone: the rule goes by more than the title. */
const LEADS = /\b(?:chief|vp|ceo|cto|cfo|coo|director|head)\b/i;

describe('a portal whose buyers follow the rule', () => {
  const portal = portalOf(6_000);
  const { all } = portal.contacts;
  const text = (contact: Contact, name: string) => portal.textOf(contact, name) ?? '';
  const soldAt = (contact: Contact) => portal.numberOf(contact, 'recent_deal_close_date') ?? Number.POSITIVE_INFINITY;
  const pathsBefore = (contact: Contact) =>
    portal.views.ofContact(contact).flatMap(({ at, url }) => (at < soldAt(contact) ? new URL(url).pathname : []));

  const pathsOf = (contact: Contact) => portal.views.ofContact(contact).map(({ url }) => new URL(url).pathname);

  it('has buyers enough, each with a deal that was won, and nobody else has one', () => {
    const buyers = all.filter(({ bought }) => bought);
    expect(buyers.length / all.length).toBeGreaterThan(0.05);
    expect(buyers.length / all.length).toBeLessThan(0.15);
    expect(all.filter((one) => Number.isFinite(soldAt(one)))).toEqual(buyers);
  });

  it('shows what matters', () => {
    const asked = logOddsRatio(all, (one) => pathsBefore(one).some((path) => path === '/demo' || path === '/trial'));
    const prices = logOddsRatio(all, (one) => pathsBefore(one).includes('/pricing'));
    expect(Math.abs(asked - RULE.asked)).toBeLessThan(0.6);
    expect(Math.abs(prices - RULE.sawPrices)).toBeLessThan(0.4);
    const title = portal.properties.get('jobtitle');
    const before = (one: Contact) => String((title && portal.history.of(one, title)[0]?.value) ?? '');
    const now = logOddsRatio(all, (one) => LEADS.test(text(one, 'jobtitle')));
    const then = logOddsRatio(all, (one) => LEADS.test(before(one)));
    expect(then).toBeGreaterThan(0.9);
    // A new job hides what the rule went by.
    expect(then).toBeGreaterThan(now);
  });

  it('shows nothing of what is noise', () => {
    for (const country of ['United States', 'Germany'])
      expect(Math.abs(logOddsRatio(all, (one) => text(one, 'country') === country))).toBeLessThan(0.4);
    for (const interest of ['platform', 'analytics', 'services'])
      expect(Math.abs(logOddsRatio(all, (one) => text(one, 'product_interest') === interest))).toBeLessThan(0.4);
    for (const path of ['/resources/ebook', '/customers', '/webinar'])
      expect(Math.abs(logOddsRatio(all, (one) => pathsOf(one).includes(path)))).toBeLessThan(0.4);
  });

  it('has a field that sales fill in once somebody bought, which gives every buyer away', () => {
    expect(logOddsRatio(all, (one) => text(one, 'timeframe') === 'now')).toBeGreaterThan(5);
    const timeframe = portal.properties.get('timeframe');
    if (timeframe === undefined) throw new Error('there is no such property');
    for (const contact of all.filter(({ bought }) => bought)) {
      for (const { at } of portal.history.of(contact, timeframe)) expect(at).toBeGreaterThanOrEqual(soldAt(contact));
    }
  });

  it('has documents read by buyers after the sale, and new titles that had no part in it', () => {
    const after = (contact: Contact) => portal.views.ofContact(contact).filter(({ at }) => at >= soldAt(contact));
    expect(all.flatMap(after).length).toBeGreaterThan(500);
    const title = portal.properties.get('jobtitle');
    const retitled = all.filter((one) => title !== undefined && portal.history.of(one, title).length > 1);
    expect(retitled.length / all.length).toBeCloseTo(0.11, 1);
    for (const contact of all) {
      const created = portal.numberOf(contact, 'createdate') ?? 0;
      for (const property of portal.properties.all())
        for (const { at } of portal.history.of(contact, property)) {
          expect(at).toBeGreaterThanOrEqual(created);
          expect(at).toBeLessThan(NOW);
        }
    }
  });
});

describe('an org whose buyers follow the rule', () => {
  const org = createOrg({ leads: 1_500, now: NOW, clock: stillClock(), buyers: 'by-rule' });

  it('has the same buyers, each converted before a won opportunity', () => {
    const portal = portalOf(1_500);
    const buyers = portal.contacts.all.filter(({ bought }) => bought).map((one) => portal.textOf(one, 'email') ?? '');
    const won = org.type('OpportunityContactRole').all.map((role) => org.get(role.text('ContactId') ?? ''));
    expect(buyers).toEqual(expect.arrayContaining(won.map((contact) => contact.text('Email') ?? '')));
    // Sales forget the role now and then.
    expect(org.type('Opportunity').all).toHaveLength(buyers.length);
    expect(won.length).toBeGreaterThan(0.7 * buyers.length);
    for (const contact of won) expect(org.type('Lead').where('ConvertedContactId', contact.id)).toHaveLength(1);
  });

  it('converted others, too, and remembers when a field was filled in', () => {
    const converted = org.type('Lead').all.filter((lead) => lead.flag('IsConverted')).length;
    expect(converted / 1_500).toBeGreaterThan(0.12);
    expect(converted / 1_500).toBeLessThan(0.3);
    const filled = ['LeadHistory', 'ContactHistory'].flatMap((name) => org.type(name).where('Field', 'Timeframe__c'));
    expect(filled.length).toBeGreaterThan(80);
    for (const row of filled) {
      const record = org.get(row.text('LeadId') ?? row.text('ContactId') ?? '');
      expect(row.get('NewValue')).toBe('now');
      expect(row.number('CreatedDate')).toBeGreaterThanOrEqual(record.number('CreatedDate') ?? 0);
    }
  });
});
