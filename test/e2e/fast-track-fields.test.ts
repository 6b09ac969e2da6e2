import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { countDirty, markDirty } from '../../src/ledger/dirty.ts';
import { hubspotOf } from '../../src/settings/config.ts';
import { retryLeads } from '../../src/sync/retry-leads.ts';
import { addProspect, asksForDemo, stageOf, tasksOf } from '../support/people.ts';
import { type SmallModel, smallConfig } from '../support/small-models.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const TASKS = '/crm/objects/2026-09/tasks';
const UPDATE = '/crm/objects/2026-09/contacts/batch/update';

const RULE = `
  - id: target-ready-to-buy
    when:
      all:
        - { field: email, in_list: targets }
        - { field: job_title, seniority: [c-level, vp, director, head] }
        - { field: timeframe, in: ["now", "0-3 months"] }
    follow_up_within: 2h
`;
const DEMO =
  '\n  - { id: demo-request, when: { activity: form-submission, form: demo-request }, follow_up_within: 5m }';
const WITH_RULE: SmallModel = { more: `fast_track:${RULE}${DEMO}` };

const targets = ['ada', 'bob', 'new'].map((name) => `acme-${name}.example`);
const config = (platform: SmallModel = WITH_RULE, more: Readonly<Record<string, SmallModel>> = {}) =>
  smallConfig({ models: { platform, ...more }, lists: { targets } });

const becomesReady = (world: World, id: string) => world.sandbox.people.update(id, { timeframe: 'now' });

/** A portal with one target account that has not said yet when it will buy, scored. */
async function openWithProspect() {
  const world = await openTestWorld(redis, { config: config() });
  const { contact, email } = addProspect(world);
  await world.backfill();
  return { world, contact, email };
}

describe('a rule on fields alone', () => {
  it('puts a target account before sales when the last of its fields comes to fit', async () => {
    const { world, contact, email } = await openWithProspect();
    becomesReady(world, contact.id);
    await world.sync();
    const [task, ...others] = tasksOf(world, contact);
    expect(others).toEqual([]);
    const at = world.number(contact, 'leadgauge_fast_track_at') ?? 0;
    expect(world.clock.now() - at).toBeLessThan(MINUTE);
    expect(Date.parse(task?.properties.hs_timestamp ?? '')).toBe(at + 2 * HOUR);
    expect(task?.properties.hs_task_subject).toBe('Target ready to buy: follow up within 2 hours');
    expect(task?.properties.hs_task_body).not.toContain(email);
    expect(world.text(contact, 'leadgauge_fast_track')).toBe('target-ready-to-buy');
    expect(world.text(contact, 'leadgauge_route')).toBe('sales');
    expect(stageOf(world, contact)).toBe('marketingqualifiedlead');
    expect(await world.wrong()).toEqual([]);
  });

  it('makes one task although ten webhooks, the poll and two workers find the change at once', async () => {
    const world = await openTestWorld(redis, { config: config(), webhooks: true });
    const other = await openTestWorld(redis, { config: config(), joins: world });
    const { contact } = addProspect(world);
    await world.backfill();
    const { webhooks } = world.sandbox;
    if (webhooks !== undefined) webhooks.copies = 10;
    becomesReady(world, contact.id);
    await webhooks?.settled();
    await Promise.all([world.score(), other.score(), world.sync(), other.sync()]);
    await Promise.all([world.sync(), other.sync()]);
    expect(tasksOf(world, contact)).toHaveLength(1);
    expect(await countDirty(world.connection.space)).toBe(0);
  });

  it('alerts nobody about those whom it fits at the first backfill, nor when they change later', async () => {
    const world = await openTestWorld(redis, { config: config() });
    const { contact } = addProspect(world, 'ada', { timeframe: 'now' });
    await world.clock.advance(MINUTE);
    await world.backfill({ live: true });
    await world.sync();
    world.sandbox.people.update(contact.id, { phone: '1' });
    await world.sync();
    expect(tasksOf(world, contact)).toEqual([]);
    expect(world.text(contact, 'leadgauge_fast_track')).toBeUndefined();
  });

  it('that is new alerts nobody about those whom it fits already, and then it works', async () => {
    const world = await openTestWorld(redis, { config: config({}) });
    const [old, next] = [addProspect(world, 'ada', { timeframe: 'now' }), addProspect(world, 'bob')];
    await world.backfill();
    const later = await openTestWorld(redis, { joins: world, config: config() });
    // The poll may come upon somebody before the backfill of the new model does.
    world.sandbox.people.update(old.contact.id, { phone: '1' });
    await later.sync();
    await later.backfill({ live: true });
    await later.sync();
    expect(tasksOf(world, old.contact)).toEqual([]);
    becomesReady(world, next.contact.id);
    await later.sync();
    expect(tasksOf(world, next.contact)).toHaveLength(1);
  });

  it('fits somebody new from the start: that is a reason to call', async () => {
    const { world } = await openWithProspect();
    await world.clock.advance(MINUTE);
    const { contact } = addProspect(world, 'new', { timeframe: 'now' });
    await world.sync();
    expect(tasksOf(world, contact)).toHaveLength(1);
    await world.sync();
    await world.backfill();
    expect(tasksOf(world, contact)).toHaveLength(1);
  });

  it('fires once within the longest window, though it stops fitting and fits again', async () => {
    const { world, contact } = await openWithProspect();
    for (const timeframe of ['now', 'just looking', 'now']) {
      world.sandbox.people.update(contact.id, { timeframe });
      await world.sync();
      await world.clock.advance(DAY);
    }
    expect(tasksOf(world, contact)).toHaveLength(1);
  });

  it('comes to hold while a person runs a quiet backfill: that alerts nobody, and the worker still does', async () => {
    const { world, contact } = await openWithProspect();
    becomesReady(world, contact.id);
    for (const promote of [false, true]) {
      await world.backfill({ promote });
      expect(tasksOf(world, contact)).toEqual([]);
    }
    await world.sync();
    expect(tasksOf(world, contact)).toHaveLength(1);
    await world.sync();
    expect(tasksOf(world, contact)).toHaveLength(1);
  });

  it('comes to hold for somebody new whom a quiet backfill sees first: the worker alerts all the same', async () => {
    const { world } = await openWithProspect();
    await world.clock.advance(MINUTE);
    const { contact } = addProspect(world, 'new', { timeframe: 'now' });
    await world.backfill();
    expect(tasksOf(world, contact)).toEqual([]);
    await world.sync();
    expect(tasksOf(world, contact)).toHaveLength(1);
  });

  it('alerts nobody again after Redis was emptied, but about those who come to fit afterwards', async () => {
    const { world, contact } = await openWithProspect();
    const { contact: second } = addProspect(world, 'bob');
    becomesReady(world, contact.id);
    await world.sync();
    await redis.flush();
    // Even a webhook that comes before the backfill.
    await markDirty(world.connection.space, [contact.id], world.clock.now());
    await world.score();
    await world.backfill({ live: true });
    world.sandbox.people.update(contact.id, { phone: '1' });
    await world.sync();
    expect(tasksOf(world, contact)).toHaveLength(1);
    becomesReady(world, second.id);
    await world.sync();
    expect(tasksOf(world, second)).toHaveLength(1);
  });

  it('together with a demo request makes a task each, and the later one shows', async () => {
    const { world, contact, email } = await openWithProspect();
    asksForDemo(world, email);
    await world.clock.advance(SECOND);
    becomesReady(world, contact.id);
    await world.sync();
    expect(tasksOf(world, contact)).toHaveLength(2);
    expect(world.text(contact, 'leadgauge_fast_track')).toBe('target-ready-to-buy');
  });

  it('that two models have makes one task, and both say so', async () => {
    const world = await openTestWorld(redis, { config: config(WITH_RULE, { services: WITH_RULE }) });
    const { contact, email } = addProspect(world);
    await world.backfill();
    becomesReady(world, contact.id);
    await world.sync();
    asksForDemo(world, email);
    await world.clock.advance(MINUTE);
    await world.hotPoll();
    expect(tasksOf(world, contact)).toHaveLength(2);
    for (const property of ['leadgauge_fast_track', 'leadgauge_services_fast_track'])
      expect(world.text(contact, property)).toBe('demo-request');
  });
});

describe('a rule on fields, while a new version of the model is rolled out,', () => {
  const FIT = ['{ id: works-somewhere, when: { field: company, exists: true }, points: 3 }'];
  const rolledOut = async (next: SmallModel, lists?: Readonly<Record<string, readonly string[]>>) => {
    const { world, contact } = await openWithProspect();
    const config = smallConfig({ models: { platform: next }, lists: lists ?? { targets } });
    return { world, contact, next: await openTestWorld(redis, { joins: world, config }) };
  };

  it.each([true, false])(
    'alerts about whom it comes to fit meanwhile (backfill before the poll: %s)',
    async (first) => {
      const { world, contact, next } = await rolledOut({ ...WITH_RULE, fit: FIT });
      becomesReady(world, contact.id);
      if (first) await next.backfill();
      await next.sync();
      await next.backfill();
      await next.sync();
      expect(tasksOf(world, contact)).toHaveLength(1);
    },
  );

  it.each<[string, SmallModel, readonly string[]]>([
    ['a longer list', WITH_RULE, [...targets, 'acme-eve.example']],
    ['leads that another version ruled out', WITH_RULE, targets],
    ['leads that another version was not about', WITH_RULE, targets],
  ])('alerts nobody whom it fits by the edit itself: %s', async (which, after, list) => {
    const before: SmallModel = which.includes('ruled out')
      ? { ...WITH_RULE, fit: ['{ id: out, when: { field: country, is: germany }, disqualify: Not there }'] }
      : which.includes('not about')
        ? { more: `applies_to: { field: country, is: france }\n${WITH_RULE.more}` }
        : WITH_RULE;
    const world = await openTestWorld(redis, { config: config(before) });
    const { contact } = addProspect(world, 'eve', { timeframe: 'now' });
    const { contact: target } = addProspect(world, 'ada', { timeframe: 'now' });
    await world.clock.advance(MINUTE);
    await world.backfill();
    await world.sync();
    const edited = smallConfig({ models: { platform: after }, lists: { targets: list } });
    const next = await openTestWorld(redis, { joins: world, config: edited });
    await next.backfill({ live: true });
    await next.sync();
    for (const each of [contact, target]) expect(tasksOf(world, each)).toEqual([]);
    const { contact: later } = addProspect(world, 'bob');
    await next.sync();
    becomesReady(world, later.id);
    await next.sync();
    expect(tasksOf(world, later)).toHaveLength(1);
  });
});

describe('a rule on fields and a lead that has been quiet for years', () => {
  it('alerts when it comes to fit: what is known of the lead does not expire', async () => {
    const { world, contact } = await openWithProspect();
    const key = world.connection.space.key('lead', contact.id);
    expect(await world.connection.space.redis.pttl(key)).toBe(-1);
    await world.connection.space.redis.pexpire(key, DAY);
    await world.backfill();
    expect(await world.connection.space.redis.pttl(key)).toBe(-1);
  });

  it('without any such rule is forgotten in time, later where it is scored anew', async () => {
    const small = config({});
    const hubspot = hubspotOf(small);
    // Nor is anything remembered of what sales said.
    const value = { ...hubspot.value, sales_status: 'off' as const };
    const world = await openTestWorld(redis, { config: { ...small, hubspot: { ...hubspot, value } } });
    const { contact } = addProspect(world);
    await world.backfill();
    const { redis: client, key } = world.connection.space;
    await client.pexpire(key('lead', contact.id), DAY);
    expect(await world.backfill()).toMatchObject({ unchanged: 1 });
    expect(await client.pttl(key('lead', contact.id))).toBeGreaterThan(80 * DAY);
  });
});

describe.each([false, true])('a rule on fields and leads that are merged (the id stays: %s)', (mergeKeepsId) => {
  const openTwins = async (extra: Readonly<Record<string, string>> = {}) => {
    const world = await openTestWorld(redis, { config: config(), mergeKeepsId });
    const [one, twin] = [addProspect(world, 'ada', extra).contact, addProspect(world, 'bob').contact];
    await world.clock.advance(MINUTE);
    await world.backfill();
    await world.sync();
    return { world, one, twin };
  };
  const merge = async (world: World, stays: string, goes: string) => {
    await world.clock.advance(DAY);
    return world.sandbox.people.merge(stays, goes);
  };
  const settle = async (world: World) => {
    await world.sync();
    await world.sync();
    await world.backfill({ live: true });
    await world.sync();
  };

  it('tells nobody again of whom sales was told under the other id', async () => {
    const { world, one, twin } = await openTwins();
    becomesReady(world, one.id);
    await world.sync();
    expect(tasksOf(world, one)).toHaveLength(1);
    const left = await merge(world, twin.id, one.id);
    await settle(world);
    expect(world.text(left, 'timeframe')).toBe('now');
    expect(tasksOf(world, left)).toHaveLength(1);
  });

  it('tells nobody of one whom it fitted before the baseline already', async () => {
    const { world, one, twin } = await openTwins({ timeframe: 'now' });
    const left = await merge(world, twin.id, one.id);
    await settle(world);
    expect(tasksOf(world, left)).toEqual([]);
    // It can begin all the same, once it ceased to.
    for (const timeframe of ['just looking', 'now']) {
      world.sandbox.people.update(left.id, { timeframe });
      await world.sync();
    }
    expect(tasksOf(world, left)).toHaveLength(1);
  });

  it('alerts about a field that changes right after the merge', async () => {
    const { world, one, twin } = await openTwins();
    const left = await merge(world, twin.id, one.id);
    becomesReady(world, left.id);
    await settle(world);
    expect(tasksOf(world, left)).toHaveLength(1);
  });
});

describe('a rule on fields that breaks off', () => {
  it.each([
    ['after its task was made', { method: 'POST', path: TASKS, when: 'after', reset: true, times: 1 }],
    ['before its task was made', { method: 'POST', path: TASKS, reset: true, times: 1 }],
    ['with half an answer to the task', { method: 'POST', path: TASKS, halfBody: true, times: 1 }],
    ['after the write', { method: 'POST', path: UPDATE, when: 'after', reset: true, times: 3 }],
    ['before the write', { method: 'POST', path: UPDATE, status: 503, times: 3 }],
  ] as const)('%s ends with one task and a written lead', async (_, fault) => {
    const { world, contact } = await openWithProspect();
    world.sandbox.faults.add(fault);
    becomesReady(world, contact.id);
    for (let turn = 0; turn < 4; turn += 1) {
      await world.sync().catch(() => {});
      await world.clock.advance(10 * SECOND);
    }
    expect(tasksOf(world, contact)).toHaveLength(1);
    expect(world.text(contact, 'leadgauge_fast_track')).toBe('target-ready-to-buy');
    expect(stageOf(world, contact)).toBe('marketingqualifiedlead');
    expect(await world.wrong()).toEqual([]);
  });

  it('because its task is refused leaves a dead letter, and the retry makes the task', async () => {
    const { world, contact } = await openWithProspect();
    const heal = world.sandbox.faults.add({ method: 'POST', path: TASKS, status: 400 });
    becomesReady(world, contact.id);
    await world.sync();
    const letter = { id: contact.id, reason: expect.stringContaining('its task is missing') };
    expect(await listDeadLetters(world.connection.space)).toMatchObject([letter]);
    expect(world.text(contact, 'leadgauge_fast_track')).toBe('target-ready-to-buy');
    heal();
    await retryLeads(world.connection, [contact.id]);
    await world.score();
    expect(tasksOf(world, contact)).toHaveLength(1);
    expect(await listDeadLetters(world.connection.space)).toEqual([]);
  });
});
