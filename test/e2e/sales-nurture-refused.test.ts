import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import { FatalError } from '../../src/base/errors.ts';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import type { Connection } from '../../src/sync/connection.ts';
import { retryLeads } from '../../src/sync/retry-leads.ts';
import { editedConfig } from '../support/edited-config.ts';
import { addOrgProspect } from '../support/org-people.ts';
import { type OrgWorld, openOrgWorld } from '../support/org-world.ts';
import { addProspect } from '../support/people.ts';
import { salesforceOf, shippedConfig } from '../support/shipped-config.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const SERIES = 'Nurture: content';

const lettersOf = async ({ space }: Connection) =>
  (await listDeadLetters(space)).map(({ id, reason }) => ({ id, reason }));

async function passHour(world: World | OrgWorld): Promise<void> {
  await world.clock.advance(HOUR);
  await world.sync();
}

async function retry({ connection, score }: World | OrgWorld, ...ids: readonly string[]): Promise<void> {
  await retryLeads(connection, ids);
  await score();
}

describe('a list that takes nobody any more', () => {
  /** A portal with the list, in which somebody is about to be routed there. */
  async function openPortal() {
    const first = await openTestWorld(redis);
    first.sandbox.people.createList({ name: SERIES });
    const nurture = (yaml: string) => `${yaml}\nnurture: { content: { list: "${SERIES}" } }\n`;
    const world = await openTestWorld(redis, { joins: first, config: editedConfig(nurture, 'hubspot.yaml') });
    const ada = addProspect(world);
    await world.backfill();
    await passHour(world);
    world.sandbox.people.submitForm('ebook', { email: ada.email });
    return { world, ...ada, lists: world.sandbox.portal.lists };
  }

  it.each([
    ['was deleted', 404],
    ['is filled by its filters now', 400],
  ])('as it %s: the lead is scored, and a dead letter says why it is not routed', async (what, status) => {
    const { world, contact, lists } = await openPortal();
    const [list] = lists.all.splice(0);
    if (what !== 'was deleted' && list !== undefined) lists.all.push({ ...list, processingType: 'DYNAMIC' });
    const bea = addProspect(world, 'bea');
    await passHour(world);
    expect(world.number(contact, 'leadgauge_engagement')).toBeGreaterThan(0);
    expect(world.number(bea.contact, 'leadgauge_score')).toBeGreaterThan(0);
    for (const output of ['route', 'nurture', 'nurture_at'])
      expect(world.sandbox.portal.valueOf(contact, `leadgauge_${output}`) ?? '').toBe('');
    const letters = await lettersOf(world.connection);
    expect(letters).toEqual([
      { id: contact.id, reason: expect.stringContaining(`the list of nurture.content (${status})`) },
    ]);
    expect(letters[0]?.reason).toMatch(/^the lead is not routed to nurture: /);

    // Tried again too early, nothing is written for it.
    const writes = world.writes();
    await retry(world, contact.id);
    expect(world.writes()).toBe(writes);
    expect(await lettersOf(world.connection)).toHaveLength(1);

    lists.all.length = 0;
    world.sandbox.people.createList({ name: SERIES });
    await retry(world, contact.id);
    expect(world.text(contact, 'leadgauge_route')).toBe('nurture');
    expect([...(lists.findByName(SERIES)?.members.keys() ?? [])].map(({ id }) => id)).toEqual([contact.id]);
    expect(await lettersOf(world.connection)).toEqual([]);
  });

  it('is asked again after a quarter of an hour, and not with every lead that is scored: the dead letters stay', async () => {
    const { world, contact, lists } = await openPortal();
    const { connection, sandbox } = world;
    const asked = () => sandbox.requests.count({ path: /memberships\/add/ });
    const passMinute = async () => {
      for (const { id } of sandbox.portal.contacts.all) sandbox.people.update(id, { phone: String(world.clock.now()) });
      await world.clock.advance(MINUTE);
      await world.sync();
    };
    lists.all.length = 0;
    const bea = addProspect(world, 'bea');
    await passHour(world);
    const [letter] = await listDeadLetters(connection.space);
    sandbox.people.submitForm('ebook', { email: bea.email });
    for (let minute = 0; minute < 5; minute += 1) await passMinute();
    expect(asked()).toBe(1);
    expect(await listDeadLetters(connection.space)).toEqual([
      letter,
      { id: bea.contact.id, reason: letter?.reason, at: expect.any(Number) },
    ]);
    // A person who says that it is mended need not wait, and neither does the other lead then.
    await retry(world, contact.id);
    expect(asked()).toBe(2);
    await world.clock.advance(15 * MINUTE);
    await passMinute();
    expect(asked()).toBe(3);
    sandbox.people.createList({ name: SERIES });
    await retry(world, contact.id, bea.contact.id);
    expect(asked()).toBe(4);
    expect([...(lists.findByName(SERIES)?.members.keys() ?? [])]).toHaveLength(2);
    expect(await listDeadLetters(connection.space)).toEqual([]);
  });

  it('is another than one that refuses some leads: those alone are dead letters, and the next ones are put on it', async () => {
    const { world, contact, lists } = await openPortal();
    const { connection, sandbox, clock } = world;
    const refusal = { path: /memberships\/add$/, status: 400, body: { category: 'VALIDATION_ERROR' } };
    const heal = sandbox.faults.add(refusal);
    await passHour(world);
    heal();
    expect(await lettersOf(connection)).toEqual([
      { id: contact.id, reason: expect.stringContaining('on the list of nurture.content (400, VALIDATION_ERROR)') },
    ]);
    const bea = addProspect(world, 'bea');
    await world.sync();
    await clock.advance(MINUTE);
    sandbox.people.submitForm('ebook', { email: bea.email });
    await world.sync();
    const members = () => [...(lists.findByName(SERIES)?.members.keys() ?? [])].map(({ id }) => id);
    expect(members()).toEqual([bea.contact.id]);
    await retry(world, contact.id);
    expect(members().toSorted()).toEqual([contact.id, bea.contact.id].toSorted());
    expect(await lettersOf(connection)).toEqual([]);
  });

  it('is no matter of the token: one that was revoked stops everything, and loses nobody', async () => {
    const { world, contact } = await openPortal();
    const heal = world.sandbox.faults.add({ path: /memberships\/add$/, status: 401, body: {} });
    await world.clock.advance(HOUR);
    await expect(world.sync()).rejects.toThrow(FatalError);
    expect(await lettersOf(world.connection)).toEqual([]);
    heal();
    await passHour(world);
    expect(world.text(contact, 'leadgauge_route')).toBe('nurture');
  });
});

describe('a campaign that takes nobody any more', () => {
  it('as it was deleted: the lead is scored, and a dead letter says why it is not routed', async () => {
    const config = shippedConfig();
    const file = salesforceOf(config);
    const value = { ...file.value, nurture: { content: { campaign: SERIES } } };
    const nurturing = { ...config, salesforce: { ...file, value } };
    const first = await openOrgWorld(redis);
    const campaign = first.sandbox.people.createCampaign(SERIES).id;
    const world = await openOrgWorld(redis, { joins: first, config: nurturing });
    const { id } = addOrgProspect(world);
    await world.backfill();
    await passHour(world);
    world.sandbox.people.remove(campaign);
    world.sandbox.people.respond('Download the ebook', id);
    await passHour(world);
    expect(world.number(id, 'Leadgauge_Engagement__c')).toBeGreaterThan(0);
    expect(world.text(id, 'Leadgauge_Route__c')).toBeUndefined();
    expect(await lettersOf(world.connection)).toEqual([
      { id, reason: expect.stringContaining('puts nobody into the campaign of a nurture rule') },
    ]);

    const another = world.sandbox.people.createCampaign(SERIES).id;
    const mended = await openOrgWorld(redis, { joins: world, config: nurturing });
    await retry(mended, id);
    expect(world.text(id, 'Leadgauge_Route__c')).toBe('nurture');
    const members = world.sandbox.org.type('CampaignMember').where('CampaignId', another);
    expect(members.map((member) => member.text('LeadId'))).toEqual([id]);
    expect(await lettersOf(world.connection)).toEqual([]);
  });
});
