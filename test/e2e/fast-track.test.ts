import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import { FatalError, RateLimitedError } from '../../src/base/errors.ts';
import { addActivities } from '../../src/ledger/activities.ts';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { countDirty, markDirty } from '../../src/ledger/dirty.ts';
import { retryLeads } from '../../src/sync/retry-leads.ts';
import { scoreDirty } from '../../src/sync/score-dirty.ts';
import { editedConfig } from '../support/edited-config.ts';
import { addProspect, asksForDemo, stageOf, tasksOf } from '../support/people.ts';
import { keysLike } from '../support/redis-keys.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const TASKS = '/crm/objects/2026-09/tasks';
const UPDATE = '/crm/objects/2026-09/contacts/batch/update';

describe('a demo request', () => {
  it('puts the lead before sales: stage, route and rule are written, and its owner has one task', async () => {
    const world = await openTestWorld(redis);
    const owner = world.sandbox.portal.owners.all[0]?.id ?? '';
    const { contact, email } = addProspect(world, 'ada', { hubspot_owner_id: owner });
    await world.backfill();
    const { submission } = asksForDemo(world, email);
    await world.hotPoll();
    expect(stageOf(world, contact)).toBe('marketingqualifiedlead');
    expect(world.text(contact, 'leadgauge_route')).toBe('sales');
    expect(world.text(contact, 'leadgauge_fast_track')).toBe('demo-request');
    expect(world.number(contact, 'leadgauge_fast_track_at')).toBe(submission.at);
    const [task, ...others] = tasksOf(world, contact);
    expect(others).toEqual([]);
    expect(task?.properties).toMatchObject({ hubspot_owner_id: owner, hs_task_status: 'NOT_STARTED' });
    expect(Date.parse(task?.properties.hs_timestamp ?? '')).toBe(submission.at + 5 * MINUTE);
    expect(task?.properties.hs_task_body).toMatch(/\[leadgauge [0-9a-f]{12}\]/);
    expect(task?.properties.hs_task_body).not.toContain(email);
  });

  it.each([
    ['trial', 'free-trial'],
    ['sales', 'demo-request'],
  ])('by the form %s is fast-tracked by the rule %s', async (form, rule) => {
    const world = await openTestWorld(redis);
    const { contact, email } = addProspect(world);
    await world.backfill();
    world.sandbox.people.submitForm(form, { email });
    await world.hotPoll();
    expect(world.text(contact, 'leadgauge_fast_track')).toBe(rule);
    expect(tasksOf(world, contact)).toHaveLength(1);
  });

  it('makes one task however often it is reported: by ten webhooks, both polls and two workers at once', async () => {
    const world = await openTestWorld(redis, { webhooks: true });
    const other = await openTestWorld(redis, { joins: world });
    const { contact, email } = addProspect(world);
    await world.backfill();
    const { webhooks } = world.sandbox;
    if (webhooks !== undefined) webhooks.copies = 10;
    asksForDemo(world, email);
    await webhooks?.settled();
    await Promise.all([world.hotPoll(), other.hotPoll(), world.score(), other.score()]);
    await Promise.all([world.sync(), other.sync()]);
    await webhooks?.settled();
    await world.sync();
    expect(tasksOf(world, contact)).toHaveLength(1);
    expect(stageOf(world, contact)).toBe('marketingqualifiedlead');
    expect(await countDirty(world.connection.space)).toBe(0);
  });

  it('twice is two tasks, and the later one is what the lead shows', async () => {
    const world = await openTestWorld(redis);
    const { contact, email } = addProspect(world);
    await world.backfill();
    asksForDemo(world, email);
    await world.hotPoll();
    await world.clock.advance(HOUR);
    const { submission } = world.sandbox.people.submitForm('trial', { email });
    await world.hotPoll();
    await world.sync();
    expect(tasksOf(world, contact)).toHaveLength(2);
    expect(world.number(contact, 'leadgauge_fast_track_at')).toBe(submission.at);
    expect(world.text(contact, 'leadgauge_fast_track')).toBe('free-trial');
  });

  it('by somebody nobody knew makes a lead of them that is before sales at once', async () => {
    const world = await openTestWorld(redis);
    await world.backfill();
    const { contact } = asksForDemo(world, 'new@somewhere-new.example');
    await world.hotPoll();
    expect(tasksOf(world, contact)).toHaveLength(1);
    expect(stageOf(world, contact)).toBe('marketingqualifiedlead');
  });

  it.each([
    ['seconds', 20 * SECOND],
    ['minutes', 90 * SECOND],
    ['half an hour', 30 * MINUTE],
  ])('whose contact HubSpot makes %s later is not lost', async (_, wait) => {
    const world = await openTestWorld(redis);
    await world.backfill();
    const email = 'late@somewhere-new.example';
    const { forms } = world.sandbox.portal;
    const demo = forms.find('demo');
    if (demo !== undefined) forms.submit(demo, world.clock.now(), 'https://x.example/demo', [['email', email]]);
    for (let passed = 0; passed < wait; passed += wait / 4) {
      await world.hotPoll();
      await world.clock.advance(wait / 4);
    }
    const contact = world.sandbox.people.createContact({ email, jobtitle: 'CEO' });
    await world.hotPoll();
    await world.sync();
    expect(tasksOf(world, contact)).toHaveLength(1);
    expect(world.text(contact, 'leadgauge_fast_track')).toBe('demo-request');
  });

  it('under an additional address counts for the person', async () => {
    const world = await openTestWorld(redis);
    const { contact, email } = addProspect(world, 'ada');
    const second = addProspect(world, 'ada-private');
    const merged = world.sandbox.people.merge(contact.id, second.contact.id);
    await world.backfill();
    asksForDemo(world, second.email);
    await world.hotPoll();
    await world.sync();
    expect(email).not.toBe(second.email);
    expect(tasksOf(world, merged)).toHaveLength(1);
  });

  it('from before the first backfill alerts nobody', async () => {
    const world = await openTestWorld(redis);
    const { contact, email } = addProspect(world);
    asksForDemo(world, email);
    await world.clock.advance(MINUTE);
    await world.hotPoll();
    await world.backfill();
    await world.hotPoll();
    await world.sync();
    expect(tasksOf(world, contact)).toEqual([]);
    expect(stageOf(world, contact)).toBe('lead');
  });

  it('of a customer makes a task and leaves the stage', async () => {
    const world = await openTestWorld(redis);
    const { contact, email } = addProspect(world, 'ada', { lifecyclestage: 'customer' });
    await world.backfill();
    asksForDemo(world, email);
    await world.hotPoll();
    expect(tasksOf(world, contact)).toHaveLength(1);
    expect(stageOf(world, contact)).toBe('customer');
    expect(world.number(contact, 'leadgauge_mql_at')).toBeUndefined();
  });

  it('during a backfill is before sales with the next poll, and once', async () => {
    const world = await openTestWorld(redis, { leads: 120 });
    const { contact, email } = addProspect(world);
    let asked: Promise<void> | undefined;
    await world.backfill({
      onProgress: () => {
        if (asked !== undefined) return;
        asksForDemo(world, email);
        asked = world.hotPoll();
      },
    });
    await asked;
    // The backfill had the lead just then.
    await world.hotPoll();
    expect(tasksOf(world, contact)).toHaveLength(1);
    await world.sync();
    expect(tasksOf(world, contact)).toHaveLength(1);
    expect(stageOf(world, contact)).toBe('marketingqualifiedlead');
  });

  it('while nothing ran is before sales after the next start, even if a backfill comes first', async () => {
    const world = await openTestWorld(redis);
    const { contact, email } = addProspect(world);
    await world.backfill();
    asksForDemo(world, email);
    await world.clock.advance(3 * HOUR);
    await world.backfill();
    expect(tasksOf(world, contact)).toEqual([]);
    await world.hotPoll();
    expect(tasksOf(world, contact)).toHaveLength(1);
    expect(stageOf(world, contact)).toBe('marketingqualifiedlead');
  });

  it('is not asked for again half a year later, when we have forgotten it', async () => {
    const world = await openTestWorld(redis);
    const { contact, email } = addProspect(world);
    await world.backfill();
    asksForDemo(world, email);
    await world.hotPoll();
    // This keeps the person's ledger, while the mark of the old request goes.
    await world.clock.advance(140 * DAY);
    world.sandbox.people.submitForm('newsletter', { email });
    await world.backfill();
    await world.clock.advance(90 * DAY);
    await expireFastTracks();
    await markDirty(world.connection.space, [contact.id], world.clock.now());
    await world.score();
    expect(tasksOf(world, contact)).toHaveLength(1);
  });

  it('costs few calls: the lead is read once, and not again for our own write', async () => {
    const world = await openTestWorld(redis);
    const { email } = addProspect(world);
    await world.backfill();
    const before = world.calls.read;
    asksForDemo(world, email);
    await world.hotPoll();
    expect(world.calls.read - before).toBe(1);
    await world.hotPoll();
    expect(world.calls.read - before).toBe(1);
    // The page of the form was viewed, which the ordinary poll finds; nothing else reads the lead again.
    await world.sync();
    await world.sync();
    expect(world.calls.read - before).toBeLessThanOrEqual(2);
  });

  it('goes out of the reserve when the ordinary calls of the day are spent', async () => {
    const world = await openTestWorld(redis, { limits: { daily: 1_040 } });
    const { contact, email } = addProspect(world);
    await world.backfill();
    for (let poll = 0; poll < 12; poll += 1) await world.poll().catch(() => {});
    await markDirty(world.connection.space, [contact.id], world.clock.now());
    await expect(world.score()).rejects.toThrow('spent');
    asksForDemo(world, email);
    await world.hotPoll();
    expect(tasksOf(world, contact)).toHaveLength(1);
    expect(stageOf(world, contact)).toBe('marketingqualifiedlead');
  });
});

describe('a new fast-track rule', () => {
  const newRule = () =>
    editedConfig((yaml) =>
      yaml.replace(
        'fast_track:\n',
        'fast_track:\n  - id: wants-ebook\n    when: { activity: form-submission, form: ebook }\n    follow_up_within: 5m\n',
      ),
    );

  it('alerts nobody about what was sent long before it, and then it works', async () => {
    const world = await openTestWorld(redis);
    const { contact, email } = addProspect(world);
    await world.backfill();
    await world.clock.advance(DAY);
    world.sandbox.people.submitForm('ebook', { email });
    await world.sync();
    await world.clock.advance(60 * DAY);
    const next = await openTestWorld(redis, { joins: world, config: newRule() });
    await next.backfill({ live: true });
    await next.sync();
    expect(tasksOf(world, contact)).toEqual([]);
    expect(stageOf(world, contact)).toBe('lead');
    await world.clock.advance(HOUR);
    world.sandbox.people.submitForm('ebook', { email });
    await next.hotPoll();
    expect(tasksOf(world, contact)).toHaveLength(1);
  });

  it('loses no request that came while the process with the old ones was being replaced', async () => {
    const world = await openTestWorld(redis);
    const { contact, email } = addProspect(world);
    await world.backfill();
    await world.hotPoll();
    await world.clock.advance(MINUTE);
    asksForDemo(world, email);
    await world.clock.advance(MINUTE);
    const wider = editedConfig((yaml) => yaml.replace(/(fast_track:[\s\S]*?contact-sales)/, '$1, ebook'));
    const next = await openTestWorld(redis, { joins: world, config: wider });
    await next.backfill({ live: true });
    await next.hotPoll();
    expect(tasksOf(world, contact)).toHaveLength(1);
  });
});

describe('a fast track that breaks off', () => {
  it.each([
    ['after its task was made', { method: 'POST', path: TASKS, when: 'after', reset: true, times: 1 }],
    ['after its task was made, with 502', { method: 'POST', path: TASKS, when: 'after', status: 502, times: 1 }],
    ['before its task was made', { method: 'POST', path: TASKS, reset: true, times: 1 }],
    ['with half an answer to the task', { method: 'POST', path: TASKS, halfBody: true, times: 1 }],
    ['after the write', { method: 'POST', path: UPDATE, when: 'after', reset: true, times: 3 }],
    ['before the write', { method: 'POST', path: UPDATE, status: 503, times: 3 }],
  ] as const)('%s ends with one task and a written lead', async (_, fault) => {
    const world = await openTestWorld(redis);
    const { contact, email } = addProspect(world);
    await world.backfill();
    world.sandbox.faults.add(fault);
    asksForDemo(world, email);
    await world.hotPoll();
    await world.clock.advance(10 * SECOND);
    await world.hotPoll();
    await world.sync();
    expect(tasksOf(world, contact)).toHaveLength(1);
    expect(stageOf(world, contact)).toBe('marketingqualifiedlead');
    expect(world.text(contact, 'leadgauge_fast_track')).toBe('demo-request');
    expect(await countDirty(world.connection.space)).toBe(0);
    expect(await world.wrong()).toEqual([]);
  });

  it('because its task is refused is written all the same, and then a dead letter says what is missing', async () => {
    const world = await openTestWorld(redis);
    const { contact, email } = addProspect(world);
    await world.backfill();
    const heal = world.sandbox.faults.add({ method: 'POST', path: TASKS, status: 400 });
    asksForDemo(world, email);
    await world.hotPoll();
    const state = { id: contact.id, reason: expect.stringContaining('its task is missing') };
    expect(stageOf(world, contact)).toBe('marketingqualifiedlead');
    expect(world.text(contact, 'leadgauge_route')).toBe('sales');
    expect(world.text(contact, 'leadgauge_fast_track')).toBe('demo-request');
    expect(await listDeadLetters(world.connection.space)).toMatchObject([state]);
    // A backfill by hand makes no task, so it does not take the letter away for good.
    await world.backfill();
    await world.sync();
    expect(await listDeadLetters(world.connection.space)).toMatchObject([state]);
    heal();
    // No scoring tries it again by itself.
    await markDirty(world.connection.space, [contact.id], world.clock.now());
    await world.score();
    expect(tasksOf(world, contact)).toEqual([]);
    for (let retry = 0; retry < 2; retry += 1) {
      await retryLeads(world.connection, [contact.id]);
      await world.score();
    }
    expect(tasksOf(world, contact)).toHaveLength(1);
    expect(await listDeadLetters(world.connection.space)).toEqual([]);
    expect(await world.wrong()).toEqual([]);
  });

  it('because one of two tasks is refused gets the other, and with the retry no third', async () => {
    const world = await openTestWorld(redis);
    const { contact, email } = addProspect(world);
    await world.backfill();
    world.sandbox.faults.add({ method: 'POST', path: TASKS, status: 400, times: 1 });
    asksForDemo(world, email);
    world.sandbox.people.submitForm('trial', { email });
    await world.hotPoll();
    expect(tasksOf(world, contact)).toHaveLength(1);
    await retryLeads(world.connection, [contact.id]);
    await world.score();
    expect(tasksOf(world, contact)).toHaveLength(2);
  });

  it('makes one task although the first try outlived its lease', async () => {
    const world = await openTestWorld(redis);
    const other = await openTestWorld(redis, { joins: world });
    const { contact, email } = addProspect(world);
    await world.backfill();
    asksForDemo(world, email);
    world.sandbox.faults.add({ method: 'POST', path: TASKS, status: 423, headers: { 'Retry-After': '59' }, times: 1 });
    afterSleep(world, 59_000, async () => {
      await world.clock.advance(2 * SECOND);
      await other.hotPoll();
    });
    await world.hotPoll();
    for (let turn = 0; turn < 3; turn += 1) {
      await world.clock.advance(MINUTE);
      await world.sync();
    }
    expect(tasksOf(world, contact)).toHaveLength(1);
  });

  it('begins no task when its lease is nearly over, and is done by whoever comes next', async () => {
    const world = await openTestWorld(redis);
    const { contact, email } = addProspect(world);
    await world.backfill();
    asksForDemo(world, email);
    const { connection, clock } = world;
    let posts = 0;
    const slow = {
      ...connection,
      crm: {
        ...connection.crm,
        readLeads: async (ids: readonly string[]) => {
          const records = await connection.crm.readLeads(ids);
          await clock.advance(posts === 0 ? 45 * SECOND : 0);
          posts += 1;
          return records;
        },
      },
    };
    await fillLedger(world);
    await markDirty(connection.space, [contact.id], clock.now());
    // What is urgent waits for no call, and holds its leads from the beginning.
    const tally = await scoreDirty(slow, { urgent: true });
    expect(tally).toMatchObject({ left: 1 });
    await clock.advance(SECOND);
    await world.score();
    expect(tasksOf(world, contact)).toHaveLength(1);
  });

  it('is kept from the hot poll for seconds and not for the day by a drain whose calls are spent', async () => {
    const world = await openTestWorld(redis);
    const { contact, email } = addProspect(world);
    await world.backfill();
    asksForDemo(world, email);
    const { connection } = world;
    const createTask = async () => {
      throw new RateLimitedError("the day's API calls are spent", { retryAfter: 10 * HOUR });
    };
    await fillLedger(world);
    await markDirty(connection.space, [contact.id], world.clock.now());
    await scoreDirty({ ...connection, crm: { ...connection.crm, createTask } });
    await world.clock.advance(10 * SECOND);
    await world.hotPoll();
    expect(tasksOf(world, contact)).toHaveLength(1);
  });

  it('for good gives no lead back while another is still making its task', async () => {
    const world = await openTestWorld(redis);
    const people = ['ada', 'bob'].map((name) => addProspect(world, name));
    await world.backfill();
    for (const { email } of people) asksForDemo(world, email);
    const { connection, clock } = world;
    let made = 0;
    const createTask: typeof connection.crm.createTask = async (task, options) => {
      if (task.leadId === people[0]?.contact.id) throw new FatalError('the token was revoked');
      const id = await connection.crm.createTask(task, options);
      made += 1;
      return id;
    };
    await fillLedger(world);
    const ids = people.map(({ contact }) => contact.id);
    await markDirty(connection.space, ids, clock.now());
    await expect(scoreDirty({ ...connection, crm: { ...connection.crm, createTask } })).rejects.toThrow('revoked');
    expect(made).toBe(1);
    await world.score();
    expect(people.map(({ contact }) => tasksOf(world, contact).length)).toEqual([1, 1]);
  });

  it('holds up nobody: refused for one lead, it is a dead letter, and the others have their tasks', async () => {
    const world = await openTestWorld(redis);
    const people = ['ada', 'bob', 'cyd'].map((name) => addProspect(world, name));
    await world.backfill();
    world.sandbox.faults.add({ method: 'POST', path: TASKS, status: 400, times: 1 });
    for (const { email } of people) asksForDemo(world, email);
    await world.hotPoll();
    expect(people.map(({ contact }) => tasksOf(world, contact).length).sort()).toEqual([0, 1, 1]);
    const letters = await listDeadLetters(world.connection.space);
    expect(letters).toHaveLength(1);
    await retryLeads(
      world.connection,
      letters.map(({ id }) => id),
    );
    await world.score();
    expect(people.map(({ contact }) => tasksOf(world, contact).length)).toEqual([1, 1, 1]);
    expect(await listDeadLetters(world.connection.space)).toEqual([]);
  });

  it('holds up nobody: failing for one lead again and again, it is tried a few times, and the others are done', async () => {
    const world = await openTestWorld(redis);
    const people = ['ada', 'bob', 'cyd'].map((name) => addProspect(world, name));
    await world.backfill();
    const heal = world.sandbox.faults.add({ method: 'POST', path: TASKS, status: 500 });
    const [first, ...others] = people;
    if (first !== undefined) asksForDemo(world, first.email);
    await world.hotPoll();
    await world.score();
    expect(taskPosts(world)).toBeLessThanOrEqual(2);
    for (const { contact, email } of others)
      world.sandbox.people.update(contact.id, { jobtitle: `CEO ${email.length}` });
    await world.sync();
    expect(others.every(({ contact }) => world.text(contact, 'leadgauge_reasons')?.includes('Executive'))).toBe(true);
    heal();
    await world.clock.advance(10 * SECOND);
    await world.hotPoll();
    await world.sync();
    expect(first && tasksOf(world, first.contact)).toHaveLength(1);
  });

  it('holds up no other form when the submissions of one cannot be read', async () => {
    const world = await openTestWorld(redis);
    const { contact, email } = addProspect(world);
    await world.backfill();
    const trial = world.sandbox.portal.forms.find('trial')?.guid ?? '';
    world.sandbox.faults.add({ path: new RegExp(trial), status: 500 });
    asksForDemo(world, email);
    await expect(world.hotPoll()).rejects.toThrow('500');
    expect(tasksOf(world, contact)).toHaveLength(1);
  });
});

function taskPosts({ sandbox }: World): number {
  return sandbox.requests.count({ method: 'POST', path: '/crm/objects/{version}/tasks' });
}

/** What the demo form was sent with is in the ledger, and nobody has acted on it. */
async function fillLedger({ connection: { crm, space }, clock }: World): Promise<void> {
  const now = clock.now();
  const demo = crm.streams.find(({ form }) => form === 'demo-request');
  for await (const page of demo?.pull({ from: 0, to: now + 1 }) ?? [])
    await addActivities(space, page, { now, keep: 180 * DAY });
}

/** Does this once, as soon as somebody has slept so long. */
function afterSleep({ clock }: World, ms: number, act: () => Promise<void>): void {
  const { sleep } = clock;
  let isDone = false;
  clock.sleep = async (asked, signal) => {
    await sleep(asked, signal);
    if (asked !== ms || isDone) return;
    isDone = true;
    await act();
  };
}

/** Redis forgets by its own clock, which a test cannot move. */
async function expireFastTracks(): Promise<void> {
  const client = redis.client();
  const keys = await keysLike(client, '*:fast-track:*');
  expect(keys).toHaveLength(1);
  await client.del(...keys);
}
