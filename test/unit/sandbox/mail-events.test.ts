import { describe, expect, it } from 'vitest';
import type { HubspotMailEvent } from './hubspot-body.ts';
import { CONTACTS, NOW, openSandbox, stillClock } from './open-sandbox.ts';

const EVENTS = '/email/public/v1/events';
const MINUTE = 60_000;

/** A portal with two contacts who were sent a mail at NOW. */
async function openWithMail() {
  const clock = stillClock();
  const { sandbox, ask } = await openSandbox({ clock }, { clock });
  const { people } = sandbox;
  const [a, b] = ['a', 'b'].map((name) => people.createContact({ email: `${name}@acme.example` }).id) as [
    string,
    string,
  ];
  people.sendMarketingEmail({ campaign: 'Spring', subject: 'It is spring', contactIds: [a, b] });
  await clock.advance(10 * MINUTE);
  const events = async (query = '') => (await ask('GET', `${EVENTS}?limit=1000${query}`)).body.events ?? [];
  const counters = async (id: string, ...names: string[]) => {
    const all = names.map((name) => `hs_email_${name}`);
    const { body } = await ask('GET', `${CONTACTS}/${id}?properties=${all.join(',')}`);
    return all.map((name) => body.properties?.[name]);
  };
  return { clock, sandbox, people, ask, a, b, events, counters };
}

const typesOf = (events: readonly HubspotMailEvent[]) => events.map(({ type }) => type);

describe('events of marketing e-mails', () => {
  it('come newest first, each with the SENT event of its mail', async () => {
    const { people, ask, a, events } = await openWithMail();
    people.openEmail({ campaign: 'Spring', contactId: a });
    people.clickEmail({
      campaign: 'Spring',
      contactId: a,
      url: 'https://www.gaugeworks.example/pricing',
      at: NOW + MINUTE,
    });
    const all = await events();
    expect(typesOf(all)).toEqual(['OPEN', 'CLICK', 'DELIVERED', 'SENT', 'DELIVERED', 'SENT']);
    const sent = all.at(-1)!;
    expect(all[1]).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      created: NOW + MINUTE,
      recipient: 'a@acme.example',
      appId: 113,
      appName: 'Batch',
      sentBy: { id: sent.id, created: NOW },
      url: 'https://www.gaugeworks.example/pricing',
      userAgent: expect.stringContaining('Chrome'),
      filteredEvent: false,
    });
    expect(all[0]).toMatchObject({ duration: 12_000, deviceType: 'COMPUTER' });
    expect(sent).toMatchObject({ subject: 'It is spring', from: expect.stringContaining('gaugeworks.example') });
    expect((await ask('GET', `${EVENTS}?limit=1001`)).status).toBe(400);
  });

  it('can be asked for by time, type, recipient and campaign, both ends of the time included', async () => {
    const { people, ask, a, b, events } = await openWithMail();
    const { id } = people.sendMarketingEmail({ campaign: 'Summer', contactIds: [b] });
    people.openEmail({ campaign: 'Spring', contactId: a });
    expect(typesOf(await events(`&startTimestamp=${NOW}&endTimestamp=${NOW}`))).toHaveLength(4);
    expect(typesOf(await events(`&startTimestamp=${NOW + 1}`))).toHaveLength(3);
    expect(typesOf(await events('&eventType=SENT&recipient=B@acme.example'))).toEqual(['SENT', 'SENT']);
    expect(typesOf(await events(`&appId=113&campaignId=${id}`))).toEqual(['DELIVERED', 'SENT']);
    expect((await ask('GET', `${EVENTS}?campaignId=${id}`)).status).toBe(400);
    expect((await ask('GET', `${EVENTS}?eventType=READ`)).status).toBe(400);
    expect((await ask('GET', `${EVENTS}?startTimestamp=2026-01-01`)).status).toBe(400);
  });

  it('come page by page, and no page moves when something happens in between', async () => {
    const { people, ask, a } = await openWithMail();
    const ids: string[] = [];
    let query = '';
    for (let more: boolean | undefined = true; more; ) {
      const { body } = await ask('GET', `${EVENTS}?limit=1${query}`);
      ids.push(...(body.events ?? []).map(({ id }) => id));
      people.openEmail({ campaign: 'Spring', contactId: a });
      more = body.hasMore;
      query = `&offset=${body.offset}`;
    }
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(4);
    expect((await ask('GET', `${EVENTS}?offset=nonsense`)).status).toBe(400);
  });

  it('move the counters and dates of the contact', async () => {
    const { people, a, counters } = await openWithMail();
    people.openEmail({ campaign: 'Spring', contactId: a, at: NOW + 2 * MINUTE });
    people.openEmail({ campaign: 'Spring', contactId: a, at: NOW + 5 * MINUTE, userAgent: 'Mozilla/5.0' });
    people.clickEmail({ campaign: 'Spring', contactId: a, url: 'https://www.gaugeworks.example/' });
    const iso = (at: number) => new Date(at).toISOString();
    expect(await counters(a, 'delivered', 'last_send_date')).toEqual(['1', iso(NOW)]);
    expect(await counters(a, 'open', 'first_open_date', 'last_open_date')).toEqual([
      '2',
      iso(NOW + 2 * MINUTE),
      iso(NOW + 5 * MINUTE),
    ]);
    expect(await counters(a, 'click', 'last_click_date')).toEqual(['1', iso(NOW + 10 * MINUTE)]);
  });

  it('of a bot are marked, can be left out, and count for nothing', async () => {
    const { people, a, events, counters } = await openWithMail();
    const mail = { campaign: 'Spring', contactId: a };
    people.clickEmail({ ...mail, url: 'https://www.gaugeworks.example/', userAgent: 'Barracuda Sentinel' });
    people.openEmail({ ...mail, filtered: true });
    expect((await events('&eventType=CLICK')).map(({ filteredEvent }) => filteredEvent)).toEqual([true]);
    expect(typesOf(await events('&excludeFilteredEvents=true'))).not.toContain('OPEN');
    expect(await counters(a, 'open', 'click')).toEqual([null, null]);
  });

  it('tell of what never arrived, of complaints and of who opted out, who is sent nothing any more', async () => {
    const { people, a, b, events, counters } = await openWithMail();
    people.bounceEmail({ campaign: 'Spring', contactId: b });
    people.reportSpam({ campaign: 'Spring', contactId: b });
    people.unsubscribe({ campaign: 'Spring', contactId: a });
    people.sendMarketingEmail({ campaign: 'Summer', contactIds: [a, b], deferred: true });
    const types = typesOf(await events(`&startTimestamp=${NOW + 1}`)).toReversed();
    expect(types).toEqual(['SENT', 'BOUNCE', 'SPAMREPORT', 'STATUSCHANGE', 'DROPPED', 'SENT', 'DEFERRED', 'DELIVERED']);
    expect((await events('&eventType=STATUSCHANGE'))[0]).toMatchObject({
      source: 'SOURCE_RECIPIENT',
      requestedBy: 'a@acme.example',
      portalSubscriptionStatus: 'UNSUBSCRIBED',
      subscriptions: [],
      bounced: false,
    });
    expect((await events('&eventType=DROPPED'))[0]).not.toHaveProperty('sentBy');
    expect(await counters(a, 'optout', 'delivered')).toEqual(['true', '1']);
    expect(await counters(b, 'bounce', 'delivered')).toEqual(['1', '2']);
  });

  it('stay with the address that the mail went to', async () => {
    const { people, a, b, events } = await openWithMail();
    people.update(a, { email: 'new@acme.example' });
    people.sendMarketingEmail({ campaign: 'Spring', contactIds: [a] });
    const merged = people.merge(a, b).id;
    const recipients = async () => (await events('&eventType=SENT')).map(({ recipient }) => recipient);
    expect(await recipients()).toEqual(['new@acme.example', 'b@acme.example', 'a@acme.example']);
    people.openEmail({ campaign: 'Spring', contactId: merged });
    people.eraseForPrivacy(merged);
    expect(await events()).toEqual([]);
  });

  it('belong to campaigns, which are listed by their last activity', async () => {
    const { people, ask, a } = await openWithMail();
    const spring = people.openEmail({ campaign: 'Spring', contactId: a });
    expect(spring).toBeUndefined();
    const { id } = people.sendMarketingEmail({ campaign: 'Summer', contactIds: [a], at: NOW + 20 * MINUTE });
    const path = '/email/public/v1/campaigns';
    const first = await ask('GET', `${path}?limit=1`);
    expect(first.body).toMatchObject({ hasMore: true, campaigns: [{ id, appId: 113, appName: 'Batch' }] });
    const second = await ask('GET', `${path}?limit=1&offset=${first.body.offset}`);
    expect(second.body.hasMore).toBe(false);
    const known = await ask('GET', `${path}/${second.body.campaigns![0]!.id}`);
    expect(known.body).toMatchObject({
      name: 'Spring',
      subject: 'It is spring',
      counters: { sent: 2, delivered: 2, open: 1, click: 0 },
    });
    expect((await ask('GET', `${path}/by-id`)).body.campaigns).toHaveLength(2);
    expect((await ask('GET', `${path}/1`)).status).toBe(404);
  });
});
