import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import { editedConfig } from '../support/edited-config.ts';
import { addProspect, stateOf } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World, type WorldOptions } from '../support/world.ts';

const redis = await startTestRedis();

/** A portal with one prospect, whom leadgauge knows. */
async function openWithProspect(options: WorldOptions = {}) {
  const world = await openTestWorld(redis, options);
  const { contact, email } = addProspect(world);
  await world.backfill();
  const reasons = () => world.text(contact, 'leadgauge_reasons') ?? '';
  return { world, contact, email, reasons, people: world.sandbox.people };
}

/** What a leadgauge that has never seen the portal makes of it. */
async function anew(world: World, options: WorldOptions = {}) {
  const other = await openTestWorld(redis, { ...options, joins: world, namespace: 'anew' });
  await other.backfill();
  return stateOf(other);
}

describe('marketing e-mails', () => {
  it('count what people did with them, and not what machines did', async () => {
    const { world, contact, reasons, people } = await openWithProspect();
    const mail = { campaign: 'Spring offer', contactId: contact.id };
    people.sendMarketingEmail({ campaign: 'Spring offer', contactIds: [contact.id] });
    await world.clock.advance(2 * SECOND);
    people.clickEmail({ ...mail, url: 'https://gaugeworks.example/pricing' });
    people.openEmail({ ...mail, userAgent: 'Mozilla/5.0' });
    await world.sync();
    expect(reasons()).not.toContain('E-mail link clicked');

    await world.clock.advance(HOUR);
    people.clickEmail({ ...mail, url: 'https://gaugeworks.example/pricing' });
    await world.sync();
    expect(reasons()).toContain('+3 E-mail link clicked');

    await world.clock.advance(HOUR);
    people.unsubscribe(mail);
    await world.sync();
    expect(reasons()).toContain('-5 Ended a subscription');
    expect(await world.wrong()).toEqual([]);
    expect(await anew(world)).toEqual(stateOf(world));
  });

  it('are one call in a quiet minute, and a few more where many were sent', async () => {
    const world = await openTestWorld(redis, { leads: 10 });
    await world.backfill();
    const callsOf = async () => {
      const before = world.sandbox.requests.count({ path: '/email/public/v1/events' });
      await world.clock.advance(HOUR);
      await world.sync();
      return world.sandbox.requests.count({ path: '/email/public/v1/events' }) - before;
    };
    expect(await callsOf()).toBe(1);
    const contactIds = world.sandbox.portal.contacts.all.flatMap((contact) =>
      world.text(contact, 'email') === undefined ? [] : [contact.id],
    );
    for (let week = 0; week < 80; week += 1)
      world.sandbox.people.sendMarketingEmail({ campaign: `Offer ${week}`, contactIds });
    // One of all types, which is full, and one for each of the five that tell what a model asks for.
    expect(await callsOf()).toBe(6);
  });

  it('are counters below the edition that tells of each, and check says so', async () => {
    const { world, contact, reasons, people } = await openWithProspect({ tier: 'starter' });
    const findings = await world.connection.crm.check();
    expect(findings).toContainEqual({
      level: 'warning',
      message:
        'events of marketing e-mails cannot be read: it needs a Marketing Hub or Content Hub from Professional on and the scope content. ' +
        'A model asks for email-open and email-click, which HubSpot then only counts; and for email-bounce and email-unsubscribe, of which then nothing tells',
    });
    expect(world.connection.crm.streams.map(({ name }) => name)).not.toContainEqual(
      expect.stringMatching(/^marketing-email/),
    );
    people.sendMarketingEmail({ campaign: 'Spring offer', contactIds: [contact.id] });
    await world.clock.advance(HOUR);
    people.clickEmail({ campaign: 'Spring offer', contactId: contact.id, url: 'https://gaugeworks.example/' });
    await world.sync();
    expect(reasons()).toContain('+3 E-mail link clicked');
  });
});

describe('marketing events', () => {
  it.each(['every-state', 'last-state'] as const)(
    'count registration and attendance, and nothing that was cancelled, where HubSpot lists %s',
    async (participations) => {
      const { world, contact, reasons, people } = await openWithProspect({ participations });
      const other = addProspect(world, 'bob');
      const now = world.clock.now();
      people.holdEvent({ name: 'Pricing webinar', startsAt: now + DAY, endsAt: now + DAY + HOUR });
      people.registerFor('Pricing webinar', [contact.id, other.contact.id]);
      await world.sync();
      expect(reasons()).toContain('+10 Registered for an event or webinar');
      expect(world.text(other.contact, 'leadgauge_reasons')).toContain('Registered for an event or webinar');

      await world.clock.advance(2 * HOUR);
      people.cancel('Pricing webinar', [other.contact.id]);
      await world.sync();
      expect(world.text(other.contact, 'leadgauge_reasons')).not.toContain('Registered for an event or webinar');

      await world.clock.advance(DAY);
      people.attend('Pricing webinar', [contact.id], 45);
      await world.sync();
      expect(reasons()).toContain('+20 Attended an event or webinar');
      expect(reasons()).toContain('Registered for an event or webinar');
      expect(await world.wrong()).toEqual([]);
      expect(await anew(world)).toEqual(stateOf(world));
    },
  );

  it('of the past cost a listing and no more', async () => {
    const { world, people } = await openWithProspect();
    const now = world.clock.now();
    for (let count = 0; count < 250; count += 1)
      people.holdEvent({ name: `Webinar ${count}`, startsAt: now - 90 * DAY, endsAt: now - 90 * DAY + HOUR });
    await world.sync();
    const { activity } = world.calls;
    const path = '/marketing/marketing-events/2026-09';
    const listings = () => world.sandbox.requests.count({ path });
    const before = listings();
    for (let minute = 0; minute < 6; minute += 1) {
      await world.clock.advance(MINUTE);
      await world.sync();
    }
    expect(listings() - before).toBeLessThanOrEqual(6);
    expect(world.calls.activity).toBeGreaterThan(activity);
  });
});

describe('custom events', () => {
  const withEvents = () =>
    editedConfig(
      (yaml) =>
        `${yaml}\ncustom_events:\n  trial: pe24500001_trial\n  configurator: { event: pe24500001_configured, as: tool-use }\n`,
      'hubspot.yaml',
    );

  it('count under the key that config gives them, as what it says', async () => {
    const world = await openTestWorld(redis);
    const { contact } = addProspect(world);
    const { people, portal } = world.sandbox;
    for (const eventType of ['trial', 'configured']) people.fireEvent({ eventType, contactId: contact.id });
    expect([...portal.customEvents.types]).toEqual(['pe24500001_trial', 'pe24500001_configured']);
    await world.clock.advance(SECOND);
    const joined = await openTestWorld(redis, { joins: world, namespace: 'custom', config: withEvents() });
    await joined.backfill();
    const reasons = () => joined.text(contact, 'leadgauge_reasons');
    expect(reasons()).toContain('+5 Did something in the product');
    expect(reasons()).toContain('+10 Tool used');
    await joined.clock.advance(2 * DAY);
    people.fireEvent({ eventType: 'trial', contactId: contact.id });
    await joined.sync();
    expect(reasons()).toContain('Did something in the product (2 times');
    expect(await joined.wrong()).toEqual([]);

    const messages = (world: World) => world.connection.crm.check().then((all) => all.map(({ message }) => message));
    expect(await messages(joined)).toContain('all 2 custom events are there');
    const untold = async (world: World) =>
      (await messages(world)).flatMap((message) => /^(\S+): nothing here tells of it/.exec(message)?.[1] ?? []);
    expect(await untold(joined)).toEqual(['page-click', 'visit', 'download']);
    expect(await untold(world)).toEqual(['page-click', 'visit', 'download', 'tool-use', 'custom-event']);
  });

  it('whose minutes are in no property that the events have are told by check', async () => {
    const world = await openTestWorld(redis);
    const { contact } = addProspect(world);
    for (const eventType of ['trial', 'configured'])
      world.sandbox.people.fireEvent({ eventType, contactId: contact.id, properties: { time: '3', pages: '4' } });
    await world.clock.advance(SECOND);
    const check = async (minutes: string) => {
      const config = editedConfig(
        (yaml) => `${yaml}\ncustom_events:\n  configurator: { event: pe24500001_configured, minutes: ${minutes} }\n`,
        'hubspot.yaml',
      );
      const joined = await openTestWorld(redis, { joins: world, namespace: minutes, config });
      return (await joined.connection.crm.check()).filter(({ message }) => message.includes('none of the'));
    };
    expect(await check('tiem')).toEqual([
      {
        level: 'warning',
        message: expect.stringMatching(
          /none of the 1 oldest "pe24500001_configured" has a property "tiem": did you mean "time"\?$/,
        ),
      },
    ]);
    expect(await check('time')).toEqual([]);
  });

  it('that the portal does not have, or does not let be read, keep leadgauge from starting and say why', async () => {
    await expect(openTestWorld(redis, { config: withEvents() })).rejects.toThrow('the portal has no event');
    await expect(openTestWorld(redis, { config: withEvents(), tier: 'professional' })).rejects.toThrow(
      'needs an Enterprise edition',
    );
  });
});
