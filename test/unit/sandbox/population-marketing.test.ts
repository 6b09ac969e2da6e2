import { describe, expect, it } from 'vitest';
import type { MailEvent } from '../../../src/sandbox/portal/mail-events.ts';
import { createPortal, FORMS, type Portal } from '../../../src/sandbox/sandbox.ts';
import { NOW } from './open-sandbox.ts';

const MINUTE = 60_000;
const portalOf = (leads: number, seed = 1) => createPortal({ leads, seed, now: NOW });
const eventsOf = (portal: Portal): MailEvent[] => [
  ...portal.mail.newestFirst(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
];

describe('what marketing did in the population', () => {
  it('is in the events of e-mails as in the counters of each contact', () => {
    const portal = portalOf(1_500);
    const byRecipient = Map.groupBy(eventsOf(portal), ({ recipient }) => recipient);
    for (const contact of portal.contacts.all) {
      const number = (name: string) => portal.numberOf(contact, `hs_email_${name}`);
      const own = byRecipient.get(portal.textOf(contact, 'email') ?? '-') ?? [];
      const times = (type: string) =>
        own.filter((one) => one.type === type && one.details.filteredEvent !== true).map(({ at }) => at);
      const hasAddress = portal.textOf(contact, 'email') !== undefined;
      for (const [type, word] of [
        ['OPEN', 'open'],
        ['CLICK', 'click'],
      ] as const) {
        const read = times(type);
        if (!hasAddress) expect(read).toEqual([]);
        else expect(read).toHaveLength(number(word) ?? 0);
        if (read.length === 0) continue;
        expect([read.at(-1), read[0]]).toEqual([number(`first_${word}_date`), number(`last_${word}_date`)]);
      }
      if (own.length === 0) continue;
      expect(times('SENT')[0]).toBe(number('last_send_date'));
      expect(times('DELIVERED').length).toBeLessThanOrEqual(number('delivered') ?? 0);
      const optedOut = portal.valueOf(contact, 'hs_email_optout') === 'true';
      expect(times('STATUSCHANGE')).toHaveLength(optedOut ? 1 : 0);
    }
    expect(byRecipient.size).toBeGreaterThan(500);
  });

  it('has nobody but bots open or click within minutes of the delivery, and few bots', () => {
    const read = eventsOf(portalOf(1_500)).filter(({ type }) => type === 'OPEN' || type === 'CLICK');
    const bots = read.filter(({ details }) => details.filteredEvent === true);
    for (const { at, sentBy, details } of read) {
      if (details.filteredEvent !== true) expect(at - (sentBy?.at ?? at)).toBeGreaterThanOrEqual(5 * MINUTE);
    }
    expect(bots.length).toBeGreaterThan(0);
    expect(bots.length / read.length).toBeLessThan(0.05);
    expect(Math.max(...read.map(({ at }) => at))).toBeLessThan(NOW);
  });

  it('has two webinars, attended by people who had sent the form', () => {
    const portal = portalOf(3_000);
    const senders = new Set(
      portal.forms
        .submissions(FORMS.webinar.guid)
        .map(({ values }) => values.find(([name]) => name === 'email')?.[1].toLowerCase()),
    );
    expect(portal.marketingEvents.all).toHaveLength(2);
    for (const { participations, startsAt, endsAt } of portal.marketingEvents.all) {
      const of = (state: string) => participations.filter((one) => one.state === state);
      const registered = of('REGISTERED');
      expect(registered.length).toBeGreaterThan(15);
      expect(of('ATTENDED').length + of('NO_SHOW').length + of('CANCELLED').length).toBe(registered.length);
      expect(of('ATTENDED').length).toBeGreaterThan(registered.length / 3);
      for (const { contact, at } of registered) {
        expect(senders).toContain(portal.textOf(contact, 'email'));
        expect(at).toBeLessThan(startsAt);
      }
      for (const { at, seconds } of of('ATTENDED')) {
        expect(at + (seconds ?? 0) * 1_000).toBeLessThanOrEqual(endsAt);
        expect(seconds).toBeGreaterThan(0);
      }
    }
  });

  it('has lists of those who sent certain forms', () => {
    const portal = portalOf(2_000);
    const readers = portal.lists.findByName('Newsletter readers');
    expect(readers?.members.size).toBe(portal.forms.submissions(FORMS.newsletter.guid).length);
    expect(readers?.lastAddedAt).toBe(portal.forms.submissions(FORMS.newsletter.guid).at(-1)?.at);
    expect(portal.lists.findByName('Asked for a demo or a trial')?.members.size).toBeGreaterThan(50);
  });

  it('is the same for the same seed, and another for another', () => {
    const told = (portal: Portal) => [
      eventsOf(portal).map(({ number, type, at, recipient, campaign }) => [number, type, at, recipient, campaign.id]),
      portal.marketingEvents.all.map(({ participations }) => participations.map(({ state, at }) => [state, at])),
      portal.lists.all.map(({ members }) => [...members.values()]),
    ];
    expect(told(portalOf(300, 7))).toEqual(told(portalOf(300, 7)));
    expect(told(portalOf(300, 8))).not.toEqual(told(portalOf(300, 7)));
  });

  it('is nothing where there is nobody', () => {
    const portal = portalOf(0);
    expect([portal.lists.all, portal.marketingEvents.all, portal.mail.campaigns.all]).toEqual([[], [], []]);
  });
});
