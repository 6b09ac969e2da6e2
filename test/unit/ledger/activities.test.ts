import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import type { Activity } from '../../../src/leads/activity.ts';
import { hashEmail } from '../../../src/leads/email.ts';
import type { Lead } from '../../../src/leads/lead.ts';
import { addActivities, eraseActivities, type Person, readActivities } from '../../../src/ledger/activities.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { emptyRedis, keysLike } from '../../support/redis-keys.ts';
import { MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const space = createSpace(redis.client(), 'test', 'hubspot');
const elsewhere = createSpace(redis.client(), 'test', 'salesforce');
const KEEP = 30 * DAY;

const view = (id: string, changes: Partial<Activity> = {}): Activity => ({
  id,
  type: 'page-view',
  at: MONDAY,
  ...changes,
});

function lead(changes: Partial<Lead> = {}): Lead {
  return { id: '1', formerIds: [], emails: [], fields: {}, createdAt: 0, ...changes };
}

const add = (person: Person, ...activities: Activity[]) =>
  addActivities(
    space,
    activities.map((activity) => ({ person, activity })),
    { now: MONDAY, keep: KEEP },
  );

async function idsOf(who: Lead, where = space): Promise<string[]> {
  const [own = []] = await readActivities(where, [who]);
  return own.map(({ id }) => id);
}

test('an activity comes back as it was, without its query string', async () => {
  const whole: Activity = { id: 'v1', type: 'page-view', at: MONDAY - 1, name: 'pricing', url: '', count: 3 };
  await add({ leadId: '1' }, { ...whole, url: 'https://gaugeworks.example/pricing?email=ada%40example.com#plans' });
  expect(await readActivities(space, [lead()])).toEqual([[{ ...whole, url: 'https://gaugeworks.example/pricing' }]]);
  const [key = ''] = await keysLike(space.redis, '*ledger*');
  expect(JSON.stringify(await space.redis.zrange(key, '0', '-1'))).not.toContain('ada');
});

test('how long it took, when its letter was delivered and that it was a machine come back as they were', async () => {
  const visit = view('visit', { type: 'visit', minutes: 4.5 });
  const click = view('click', { type: 'email-click', deliveredAt: MONDAY - 2_000, machine: 'bot' });
  await add({ leadId: '1' }, visit, click, view('plain'));
  const [own = []] = await readActivities(space, [lead()]);
  expect(own.find(({ id }) => id === 'visit')).toMatchObject({ minutes: 4.5 });
  expect(own.find(({ id }) => id === 'click')).toMatchObject({ deliveredAt: MONDAY - 2_000, machine: 'bot' });
  const plain = own.find(({ id }) => id === 'plain');
  for (const key of ['minutes', 'deliveredAt', 'machine']) expect(plain).not.toHaveProperty(key);
});

test('what came from the person is known as such, in every revision', async () => {
  const reply = view('reply', { type: 'email-reply', isInbound: true });
  const call = view('call', { type: 'call', isInbound: true, minutes: 3, machine: 'bot' });
  await add({ leadId: '1' }, reply, call, view('attempt', { type: 'call-attempt' }));
  const [own = []] = await readActivities(space, [lead()]);
  expect(own.find(({ id }) => id === 'reply')).toMatchObject({ type: 'email-reply', isInbound: true });
  expect(own.find(({ id }) => id === 'call')).toMatchObject({ isInbound: true, minutes: 3, machine: 'bot' });
  expect(own.find(({ id }) => id === 'attempt')).not.toHaveProperty('isInbound');
  const revised = (at: number, revision: number, isInbound?: true) =>
    addActivities(space, [{ person: { leadId: '2' }, activity: view('mail', { at, isInbound }), revision }], {
      now: MONDAY,
      keep: KEEP,
    });
  for (const [at, revision, isInbound] of [
    [MONDAY - 9, 5],
    [MONDAY - 8, 6, true],
    [MONDAY - 7, 5, true],
  ] as const)
    await revised(at, revision, isInbound);
  expect(await readActivities(space, [lead({ id: '2' })])).toEqual([
    [view('mail', { at: MONDAY - 8, count: 1, isInbound: true, name: undefined, url: undefined })],
  ]);
  await space.redis.zadd(space.key('ledger', '3'), MONDAY, '["email-reply","m",null,null,1,null,null,null,"@7"]');
  expect((await readActivities(space, [lead({ id: '3' })]))[0]?.[0]).not.toHaveProperty('isInbound');
});

test('what an earlier version wrote is still read, and is not added once more by this one', async () => {
  await space.redis.zadd(space.key('ledger', '1'), MONDAY, '["page-view","v1",null,"/pricing",1]');
  await add({ leadId: '1' }, view('v1', { url: '/pricing' }));
  expect(await idsOf(lead())).toEqual(['v1']);
});

test('an activity that is added twice counts once', async () => {
  await add({ leadId: '1' }, view('a'), view('b'));
  await add({ leadId: '1' }, view('a'));
  expect(await idsOf(lead())).toEqual(['a', 'b']);
});

test('what a person did under a former id and under an additional address counts', async () => {
  await add({ leadId: '1' }, view('own'));
  await add({ leadId: '7' }, view('former'));
  await add({ email: 'ada@example.com' }, view('primary'));
  await add({ email: 'ada@home.example' }, view('additional'));
  await add({ email: 'eve@example.com' }, view('somebody else'));
  const merged = lead({ formerIds: ['7'], emails: ['ada@example.com', 'ada@home.example'] });
  expect((await idsOf(merged)).toSorted()).toEqual(['additional', 'former', 'own', 'primary']);
});

test('what is known by address counts in every connection, what is known by id in its own', async () => {
  await add({ email: 'ada@example.com' }, view('by address'));
  await add({ leadId: '1' }, view('by id'));
  expect(await idsOf(lead({ emails: ['ada@example.com'] }), elsewhere)).toEqual(['by address']);
});

test('the activities of many leads come in the order of the leads', async () => {
  await add({ leadId: '2' }, view('of two'));
  const [first, second, third] = await readActivities(space, [lead({ id: '1' }), lead({ id: '2' }), lead({ id: '3' })]);
  expect([first, second?.[0]?.id, third]).toEqual([[], 'of two', []]);
});

test('what is older than the model looks is neither added nor kept', async () => {
  await add({ leadId: '1' }, view('too old', { at: MONDAY - KEEP }), view('old', { at: MONDAY - KEEP + 1 }));
  expect(await idsOf(lead())).toEqual(['old']);
  const later = { now: MONDAY + DAY, keep: KEEP };
  await addActivities(space, [{ person: { leadId: '1' }, activity: view('new', { at: MONDAY + DAY }) }], later);
  expect(await idsOf(lead())).toEqual(['new']);
});

test('an activity of a kind that this version does not know holds up no other', async () => {
  await add({ leadId: '1' }, view('known'));
  await space.redis.zadd(space.key('ledger', '1'), MONDAY, '["telepathy","t1",null,null,1]');
  expect(await idsOf(lead())).toEqual(['known']);
});

test('an erased person leaves nothing behind', async () => {
  await add({ leadId: '1' }, view('own'));
  await add({ email: 'ada@example.com' }, view('by address'));
  await eraseActivities(space, ['1'], [hashEmail('ada@example.com')]);
  expect(await keysLike(space.redis, '*')).toEqual([]);
});

test('no key holds an address', async () => {
  await add({ email: 'ada@example.com' }, view('a'));
  expect((await keysLike(space.redis, '*')).join()).not.toMatch(/ada|example/);
});

describe('what is edited once it was told', () => {
  const meeting = (at: number, changes: Partial<Activity> = {}): Activity => ({
    id: '55',
    type: 'meeting',
    at,
    ...changes,
  });
  type Revised = Parameters<typeof addActivities>[1][number];

  const revision = (number: number, activity: Activity, changes: Partial<Revised> = {}): Revised => ({
    person: { leadId: '1' },
    activity,
    revision: number,
    ...changes,
  });
  const tell = (...entries: Revised[]) => addActivities(space, entries, { now: MONDAY, keep: KEEP });

  const booked = revision(1_000, meeting(MONDAY - DAY, { minutes: 30 }));
  const moved = revision(2_000, meeting(MONDAY + DAY, { minutes: 60 }));
  const cancelled = revision(3_000, meeting(MONDAY + DAY), { withdrawn: true });

  async function meetings(who = lead()): Promise<unknown[]> {
    const [own = []] = await readActivities(space, [who]);
    return own.map(({ at, minutes }) => ({ at, minutes }));
  }

  test.each([
    ['as they were made', [booked, moved]],
    ['the other way round', [moved, booked]],
    ['again and again', [booked, moved, booked, moved, moved]],
  ])('counts as it was last, revisions told %s', async (_, entries) => {
    for (const entry of entries) await tell(entry);
    expect(await meetings()).toEqual([{ at: MONDAY + DAY, minutes: 60 }]);
    expect(await space.redis.zcard(space.key('ledger', '1'))).toBe(1);
    await emptyRedis(space.redis);
    await tell(...entries);
    expect(await meetings()).toEqual([{ at: MONDAY + DAY, minutes: 60 }]);
    expect(await space.redis.zcard(space.key('ledger', '1'))).toBe(1);
  });

  test('counts no longer once it is withdrawn, in whatever order that is told', async () => {
    await tell(booked);
    await tell(cancelled);
    expect(await meetings()).toEqual([]);
    await tell(moved);
    expect(await meetings()).toEqual([]);
  });

  test('makes nobody’s score change where it was withdrawn before anybody was told of it', async () => {
    expect(await tell(cancelled)).toEqual([]);
    expect(await tell(booked)).toEqual([booked]);
    await emptyRedis(space.redis);
    await tell(booked);
    expect(await tell(cancelled)).toEqual([cancelled]);
    // Whoever died before marking them comes again.
    expect(await tell(cancelled)).toEqual([cancelled]);
  });

  test('counts again once it is no longer withdrawn', async () => {
    await tell(cancelled);
    await tell(revision(4_000, meeting(MONDAY - 1)));
    expect(await meetings()).toEqual([{ at: MONDAY - 1 }]);
  });

  test('counts no longer once it was moved to before anything that counts', async () => {
    await tell(booked);
    await tell(revision(2_000, meeting(MONDAY - KEEP)));
    expect(await meetings()).toEqual([]);
    await tell(booked);
    expect(await meetings()).toEqual([]);
  });

  test('leaves alone what only looks like it: another id, another type, another person', async () => {
    await tell(
      booked,
      revision(1_000, meeting(MONDAY, { id: '5' })),
      revision(1_000, meeting(MONDAY, { id: '555' })),
      revision(1_000, meeting(MONDAY, { type: 'call' })),
      { ...booked, person: { leadId: '2' } },
    );
    await tell(cancelled);
    expect((await idsOf(lead())).toSorted()).toEqual(['5', '55', '555']);
    expect(await idsOf(lead({ id: '2' }))).toEqual(['55']);
  });

  test('replaces what was told of it before there were revisions', async () => {
    await add({ leadId: '1' }, meeting(MONDAY - DAY, { minutes: 30 }));
    await tell(moved);
    expect(await meetings()).toEqual([{ at: MONDAY + DAY, minutes: 60 }]);
  });

  test('of a lead that was merged meanwhile, an older revision under the former id does not count', async () => {
    await tell({ ...booked, person: { leadId: '7' } });
    await tell(cancelled);
    expect(await meetings(lead({ formerIds: ['7'] }))).toEqual([]);
    expect(await meetings(lead({ id: '7' }))).toEqual([{ at: MONDAY - DAY, minutes: 30 }]);
  });

  test('of two spaces, the one with the newer revision is believed', async () => {
    const scratch = createSpace(space.redis, 'scratch', 'hubspot');
    await tell(moved);
    await addActivities(scratch, [booked, revision(1_000, meeting(MONDAY, { id: '56' }))], { now: MONDAY, keep: KEEP });
    const ids = async (...spaces: [typeof space, ...(typeof space)[]]) => {
      const [first, ...others] = spaces;
      return (await readActivities(first, [lead()], ...others))[0]?.map(({ id, at }) => [id, at]);
    };
    const both = [
      ['55', MONDAY + DAY],
      ['56', MONDAY],
    ];
    expect(await ids(space, scratch)).toEqual(both);
    expect((await ids(scratch, space))?.toSorted()).toEqual(both);
  });

  test('is remembered for as long as it counts, also where it is still to come', async () => {
    const key = space.key('ledger', '1');
    await tell(revision(1_000, meeting(MONDAY + 60 * DAY)));
    expect(await space.redis.pttl(key)).toBeGreaterThan(60 * DAY + KEEP - DAY);
    await add({ leadId: '1' }, view('later'));
    expect(await space.redis.pttl(key)).toBeGreaterThan(60 * DAY + KEEP - DAY);
  });
});
