import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readValue } from '../../../src/sandbox/portal/property-value.ts';
import { createPortal, FORMS, type NewPortal, type Portal } from '../../../src/sandbox/sandbox.ts';
import { NOW } from './open-sandbox.ts';

const portalOf = (options: NewPortal) => createPortal({ now: NOW, ...options });

/** Everything that a portal holds, in a few letters. */
function digest(portal: Portal): string {
  const contacts = portal.contacts.all.map(({ id, values, bought }) => [id, values, bought]);
  const views = portal.views
    .between(0, NOW, 0, Number.POSITIVE_INFINITY, false)
    .map(({ contact, at, url }) => [contact.id, at, url]);
  const sent = portal.forms.all().map(({ guid }) => portal.forms.submissions(guid));
  const companies = portal.companies.all.map(({ id, values }) => [id, values]);
  return createHash('sha256')
    .update(JSON.stringify([contacts, views, sent, companies]))
    .digest('hex');
}

describe('the population', () => {
  it('is the same for the same seed, size and time, and another for another seed', () => {
    const same = { leads: 300, seed: 7 };
    expect(digest(portalOf(same))).toBe(digest(portalOf(same)));
    expect(digest(portalOf({ ...same, seed: 8 }))).not.toBe(digest(portalOf(same)));
  });

  it('has form ids that no seed changes', () => {
    expect(portalOf({ leads: 1, seed: 1 }).forms.all()).toEqual(portalOf({ leads: 1, seed: 2 }).forms.all());
    expect(FORMS.demo.guid).toBe('852b5071-7bdf-4e30-a72c-35fdf4310233');
  });

  it('is of believable people', () => {
    const portal = portalOf({ leads: 5_000 });
    const { all } = portal.contacts;
    const share = (test: (text: (name: string) => string) => boolean) =>
      all.filter((one) => test((name) => portal.textOf(one, name) ?? '')).length / all.length;
    expect(all).toHaveLength(5_000);
    expect(
      share((of) => /@(gmail|yahoo|outlook|hotmail|icloud|gmx|web|orange|proton|qq)\./.test(of('email'))),
    ).toBeCloseTo(0.25, 1);
    expect(share((of) => of('email') === '')).toBeCloseTo(0.005, 2);
    expect(share((of) => /\.(edu|ac\.uk|edu\.au)$/.test(of('email')))).toBeGreaterThan(0.01);
    expect(share((of) => /\.(gov|mil|gov\.uk|gouv\.fr|gc\.ca)$/.test(of('email')))).toBeGreaterThan(0.01);
    expect(share((of) => /@(rivalmetrics|leadometer|scorewise)\.example$/.test(of('email')))).toBeGreaterThan(0.001);
    expect(share((of) => of('jobtitle') === '')).toBeGreaterThan(0.05);
    expect(share((of) => of('hubspot_owner_id') !== '')).toBeGreaterThan(0.2);
    expect(share((of) => /\p{Emoji_Presentation}/u.test(of('firstname')))).toBeGreaterThan(0);
    expect(all.filter((one) => (portal.textOf(one, 'jobtitle') ?? '').length > 50_000)).toHaveLength(1);
    expect(portal.views.count / all.length).toBeGreaterThan(3);
    expect(portal.views.count / all.length).toBeLessThan(5);
    expect(portal.forms.count / all.length).toBeCloseTo(0.39, 1);
  });

  it('counts on each contact what that contact did', () => {
    const portal = portalOf({ leads: 1_000 });
    const conversions = new Map<string, number[]>();
    for (const { guid } of portal.forms.all()) {
      for (const { at, values } of portal.forms.submissions(guid)) {
        const email = values.find(([name]) => name === 'email')?.[1].toLowerCase() ?? '';
        conversions.set(email, [...(conversions.get(email) ?? []), at]);
      }
    }
    for (const contact of portal.contacts.all) {
      const views = portal.views.ofContact(contact);
      const number = (name: string) => portal.numberOf(contact, name);
      expect(number('hs_analytics_num_page_views') ?? 0).toBe(views.length);
      expect(number('hs_analytics_last_timestamp')).toBe(views.at(-1)?.at);
      expect(portal.textOf(contact, 'hs_analytics_first_url')).toBe(views[0]?.url);
      expect(portal.textOf(contact, 'hs_analytics_last_url')).toBe(views.at(-1)?.url);
      const sent = conversions.get(portal.textOf(contact, 'email') ?? '-') ?? [];
      expect(number('num_conversion_events') ?? 0).toBe(sent.length);
      expect(number('recent_conversion_date')).toBe(sent.length === 0 ? undefined : Math.max(...sent));
      for (const { at } of views) expect(at).toBeGreaterThanOrEqual(number('createdate') ?? 0);
      expect(number('lastmodifieddate')).toBeGreaterThanOrEqual(number('hs_analytics_last_timestamp') ?? 0);
      expect(number('lastmodifieddate')).toBeLessThan(NOW);
    }
  });

  it('has one company record for all who write from its domain, and counts them on it', () => {
    const portal = portalOf({ leads: 3_000 });
    const company = (name: string) => (one: (typeof portal.companies.all)[number]) =>
      portal.companyTable.textOf(one, name);
    const domains = portal.companies.all.map(company('domain'));
    expect(new Set(domains).size).toBe(domains.length);
    const people = Map.groupBy(portal.contacts.all, (one) => portal.numberOf(one, 'associatedcompanyid'));
    for (const one of portal.companies.all) {
      const own = people.get(one.number) ?? [];
      expect(own.length).toBeGreaterThan(0);
      expect([...one.contacts]).toEqual(own);
      expect(portal.companyTable.numberOf(one, 'num_associated_contacts')).toBe(own.length);
      expect(portal.companyTable.numberOf(one, 'hs_lastmodifieddate')).toBeLessThan(NOW);
    }
    const share = (domain: RegExp) => {
      const some = portal.contacts.all.filter((one) => domain.test(portal.textOf(one, 'email') ?? ''));
      return some.filter((one) => portal.valueOf(one, 'associatedcompanyid') !== undefined).length / some.length;
    };
    expect(share(/\.example$/)).toBeCloseTo(0.97, 1);
    expect(share(/@gmail\.com$/)).toBeLessThan(0.2);
    expect(share(/\.(edu|gov|mil)$/)).toBe(0);
    expect(domains).toContain('rivalmetrics.example');
    expect(Math.max(...portal.companies.all.map((one) => one.contacts.size))).toBeGreaterThan(20);
  });

  it('holds of each company what its type allows', () => {
    const portal = portalOf({ leads: 1_000 });
    for (const { values } of portal.companies.all) {
      for (const property of portal.companyTable.properties.all()) {
        const value = values[property.slot];
        if (value !== undefined) expect(readValue(property, value)).toEqual({ value });
      }
    }
  });

  it('has sent something through every form', () => {
    const portal = portalOf({ leads: 2_000 });
    for (const { name, guid } of portal.forms.all()) {
      expect([name, portal.forms.submissions(guid).length > 0]).toEqual([name, true]);
    }
  });

  it('buys more the more it fits and does', () => {
    const portal = portalOf({ leads: 8_000 });
    const bought = portal.contacts.all.filter((one) => one.bought);
    const rest = portal.contacts.all.filter((one) => !one.bought);
    expect(bought.length / 8_000).toBeGreaterThan(0.02);
    expect(bought.length / 8_000).toBeLessThan(0.07);
    const mean = (list: typeof bought, of: (one: (typeof bought)[number]) => number) =>
      list.reduce((sum, one) => sum + of(one), 0) / list.length;
    const pricing = (one: (typeof bought)[number]) =>
      portal.views.ofContact(one).filter(({ url }) => url.includes('/pricing')).length;
    const executive = (one: (typeof bought)[number]) =>
      /^(C.O|VP|Chief|Director)/.test(portal.textOf(one, 'jobtitle') ?? '') ? 1 : 0;
    expect(mean(bought, pricing)).toBeGreaterThan(3 * mean(rest, pricing));
    expect(mean(bought, executive)).toBeGreaterThan(1.5 * mean(rest, executive));
    const customers = bought.filter((one) => portal.textOf(one, 'lifecyclestage') === 'customer');
    expect(customers.length / bought.length).toBeGreaterThan(0.85);
  });

  it('can share one change time, as after an import', () => {
    const portal = portalOf({ leads: 300, sameTimestamp: 250 });
    const times = portal.contacts.all.map((one) => portal.numberOf(one, 'lastmodifieddate'));
    expect(times.filter((at) => at === NOW - 3_600_000)).toHaveLength(250);
  });

  it.each([1, 2, 20])('can be of %i', (leads) => {
    expect(portalOf({ leads }).contacts.all).toHaveLength(leads);
  });
});
