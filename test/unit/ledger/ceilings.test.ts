import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';
import { dropRule, finishDecisions, listUndone, resumeRule } from '../../../src/ledger/ceiling-decisions.ts';
import {
  askCeiling,
  type Firing,
  forgetHeld,
  listTripped,
  readWaiting,
  ruleName,
} from '../../../src/ledger/ceilings.ts';
import { takeDirty } from '../../../src/ledger/dirty.ts';
import { createSpace, type Space } from '../../../src/ledger/space.ts';
import { keysLike } from '../../support/redis-keys.ts';
import { MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const hubspot = createSpace(redis.client(), 'test', 'hubspot');
const salesforce = createSpace(redis.client(), 'test', 'salesforce');
const RULE = ruleName('platform', 'demo');

const firingOf = (lead: string, event = `event of ${lead}`): Firing => ({ leadId: lead, event });
const leads = (count: number, from = 0) => Array.from({ length: count }, (_, index) => firingOf(String(from + index)));

function ask(
  firings: readonly Firing[],
  now = MONDAY,
  { space = hubspot, most = 3 }: { space?: Space; most?: number } = {},
) {
  return askCeiling(space, RULE, firings, { leads: most, per: HOUR, now });
}

const dirty = async (space: Space) => (await takeDirty(space, 100, MONDAY + DAY)).map(({ id }) => id).sort();

/** That of a process which ends before it can mark anybody. */
const broken: Space = {
  ...hubspot,
  of(name) {
    if (name !== 'sales') throw new Error('the process ended');
    return hubspot.of(name);
  },
};

test('as many leads as the ceiling says may fire', async () => {
  expect(await ask(leads(3))).toEqual({ held: new Set(), dropped: new Set(), tripped: false });
  expect(await listTripped(hubspot)).toEqual([]);
});

test('the next one trips the rule, once, and is held with all that come after', async () => {
  const { held, tripped } = await ask(leads(5));
  expect({ held: [...held], tripped }).toEqual({ held: ['event of 3', 'event of 4'], tripped: true });
  expect(await ask(leads(1, 5), MONDAY + 5 * DAY)).toMatchObject({ held: new Set(['event of 5']), tripped: false });
  expect(await listTripped(salesforce)).toEqual([{ rule: RULE, at: MONDAY, leads: 3, per: HOUR, held: 3 }]);
});

test('of four thousand that come in batches, one question trips and the ceiling is what fires', async () => {
  let fired = 0;
  let tripped = 0;
  for (let from = 0; from < 4_000; from += 100) {
    const answer = await ask(leads(100, from), MONDAY + from, { most: 50 });
    fired += 100 - answer.held.size;
    tripped += Number(answer.tripped);
  }
  expect({ fired, tripped }).toEqual({ fired: 50, tripped: 1 });
  expect(await listTripped(hubspot)).toMatchObject([{ held: 3_950 }]);
});

test('whoever asks again for the same gets the same answer', async () => {
  await ask(leads(5));
  expect([...(await ask(leads(5), MONDAY + 20 * HOUR)).held]).toEqual(['event of 3', 'event of 4']);
  expect(await listTripped(hubspot)).toMatchObject([{ held: 2 }]);
});

test('a lead that fires twice counts once', async () => {
  await ask(leads(3));
  expect((await ask([firingOf('0', 'another demo')], MONDAY + MINUTE)).held.size).toBe(0);
});

test('only what fired within the time counts', async () => {
  await ask(leads(3));
  expect((await ask(leads(3, 3), MONDAY + HOUR - 1)).tripped).toBe(true);
  await resumeRule(hubspot, RULE, MONDAY + HOUR);
  await ask(leads(3, 6), MONDAY + HOUR);
  expect((await ask(leads(3, 9), MONDAY + 2 * HOUR)).tripped).toBe(false);
});

test('a person lets it go on: what was held fires without being counted, and the count begins anew', async () => {
  await ask(leads(5));
  expect(await resumeRule(hubspot, RULE, MONDAY)).toEqual([
    { connection: 'hubspot', leadId: '3' },
    { connection: 'hubspot', leadId: '4' },
  ]);
  expect(await listTripped(hubspot)).toEqual([]);
  expect((await ask([...leads(2, 3), ...leads(3, 5)])).held.size).toBe(0);
  expect((await ask(leads(1, 8))).tripped).toBe(true);
});

test('a person drops what is held: it is told to nobody, however often it asks, and a new request of the same lead fires', async () => {
  await ask(leads(4));
  expect(await dropRule(hubspot, RULE, MONDAY)).toEqual([{ connection: 'hubspot', leadId: '3' }]);
  for (const now of [MONDAY, MONDAY + 80 * DAY]) {
    expect(await ask(leads(1, 3), now)).toEqual({ held: new Set(), dropped: new Set(['event of 3']), tripped: false });
  }
  const again = await ask([firingOf('3', 'another demo')]);
  expect([again.held.size, again.dropped.size]).toEqual([0, 0]);
});

test('all connections count together, and each lead is given back to its own', async () => {
  await ask(leads(3));
  expect((await ask(leads(1), MONDAY, { space: salesforce })).held.size).toBe(0);
  expect((await ask([firingOf('0', 'of the other')], MONDAY, { space: salesforce })).tripped).toBe(true);
  expect(await resumeRule(hubspot, RULE, MONDAY)).toEqual([{ connection: 'salesforce', leadId: '0' }]);
});

test('of what several leads ask for, each is given back, whichever CRM has them and whenever they ask', async () => {
  await ask(leads(3));
  const held = await ask([firingOf('8', 'shared'), firingOf('9', 'shared')]);
  expect([...held.held]).toEqual(['shared']);
  for (let time = 0; time < 2; time += 1) await ask([firingOf('00Q1', 'shared')], MONDAY, { space: salesforce });
  expect(await listTripped(hubspot)).toMatchObject([{ held: 1 }]);
  expect(await resumeRule(hubspot, RULE, MONDAY)).toEqual([
    { connection: 'hubspot', leadId: '8' },
    { connection: 'hubspot', leadId: '9' },
    { connection: 'salesforce', leadId: '00Q1' },
  ]);
  expect((await ask([firingOf('00Q1', 'shared')], MONDAY, { space: salesforce })).held.size).toBe(0);
});

test('the leads of a decision are looked at again, in whichever CRM they are', async () => {
  await ask(leads(4));
  await ask([firingOf('00Q1')], MONDAY, { space: salesforce });
  expect([await dirty(hubspot), await dirty(salesforce)]).toEqual([[], []]);
  await dropRule(hubspot, RULE, MONDAY);
  expect([await dirty(hubspot), await dirty(salesforce)]).toEqual([['3'], ['00Q1']]);
});

test.each([
  ['resumed', resumeRule, []],
  ['dropped', dropRule, ['event of 3', 'event of 4']],
] as const)(
  'where a process ended before it had marked the leads of what was %s, the next one does',
  async (decision, decide, dropped) => {
    await ask(leads(5));
    await expect(decide(broken, RULE, MONDAY)).rejects.toThrow('the process ended');
    expect(await dirty(hubspot)).toEqual([]);
    expect(await listTripped(hubspot)).toEqual([]);
    expect(await listUndone(salesforce)).toEqual([
      { rule: RULE, decision, decidedAt: MONDAY, at: MONDAY, leads: 3, per: HOUR, held: 2 },
    ]);

    const held = ['3', '4'].map((leadId) => ({ connection: 'hubspot', leadId }));
    expect(await finishDecisions(salesforce, MONDAY)).toEqual([{ rule: RULE, decision, leads: held }]);
    expect(await dirty(hubspot)).toEqual(['3', '4']);
    expect([await listUndone(hubspot), await finishDecisions(hubspot, MONDAY)]).toEqual([[], []]);
    const answer = await ask(leads(5));
    expect([...answer.held]).toEqual([]);
    expect([...answer.dropped]).toEqual(dropped);
  },
);

test('a decision that somebody may still be at is left to them', async () => {
  await ask(leads(4));
  await expect(resumeRule(broken, RULE, MONDAY)).rejects.toThrow();
  expect(await finishDecisions(hubspot, MONDAY + MINUTE - 1, MINUTE)).toEqual([]);
  expect(await finishDecisions(hubspot, MONDAY + MINUTE, MINUTE)).toMatchObject([{ rule: RULE }]);
});

test('what was begun to be dropped stays dropped, also where the rule trips again and is resumed', async () => {
  await ask(leads(5));
  await expect(dropRule(broken, RULE, MONDAY)).rejects.toThrow();
  expect([...(await ask(leads(5, 10))).held]).toEqual(['event of 13', 'event of 14']);
  const resumed = await resumeRule(hubspot, RULE, MONDAY + 1);
  expect(resumed.map(({ leadId }) => leadId).sort()).toEqual(['13', '14', '3', '4']);
  expect(await dirty(hubspot)).toEqual(['13', '14', '3', '4']);
  const answer = await ask([...leads(5), ...leads(5, 10)]);
  expect([...answer.dropped]).toEqual(['event of 3', 'event of 4']);
  expect(answer.held.size).toBe(0);
});

test('a lead that is no more is not looked at again either where its decision broke off', async () => {
  await ask([...leads(5), firingOf('8', 'shared'), firingOf('9', 'shared')]);
  await expect(resumeRule(broken, RULE, MONDAY)).rejects.toThrow();
  await forgetHeld(hubspot, ['3', '8']);
  await finishDecisions(hubspot, MONDAY);
  expect(await dirty(hubspot)).toEqual(['4', '9']);
});

test('whoever only looks sees what waits: it is held, or was let go on within a day', async () => {
  const waiting = (now = MONDAY) => readWaiting(hubspot, RULE, ['event of 2', 'event of 3', 'event of 99'], now);
  await ask(leads(4));
  expect([...(await waiting(MONDAY + 50 * DAY))]).toEqual(['event of 3']);
  expect(await listTripped(hubspot)).toMatchObject([{ held: 1 }]);
  await resumeRule(hubspot, RULE, MONDAY);
  expect([...(await waiting(MONDAY + HOUR))]).toEqual(['event of 3']);
  expect([...(await waiting(MONDAY + DAY))]).toEqual([]);
});

test('what was dropped waits no longer', async () => {
  await ask(leads(4));
  await dropRule(hubspot, RULE, MONDAY);
  expect(await readWaiting(hubspot, RULE, ['event of 3'], MONDAY)).toEqual(new Set());
});

test('what a rule holds that no model has any more is held and dropped by any other name, and nothing else is', async () => {
  const renamed = (firings: readonly Firing[], former: readonly string[]) =>
    askCeiling(hubspot, ruleName('platform', 'asked-for-demo'), firings, { leads: 3, per: HOUR, now: MONDAY }, former);
  await ask(leads(5));
  expect(await renamed(leads(3, 3), [RULE])).toEqual({
    held: new Set(['event of 3', 'event of 4']),
    dropped: new Set(),
    tripped: false,
  });
  await dropRule(hubspot, RULE, MONDAY);
  expect(await renamed(leads(3, 3), [])).toEqual({
    held: new Set(),
    dropped: new Set(['event of 3', 'event of 4']),
    tripped: false,
  });
});

test.each(['resume, drop', 'drop, resume'])(
  'of two rules that hold the same, one goes on and the other is dropped, each by itself: %s',
  async (order) => {
    const OTHER = ruleName('services', 'demo');
    const other = () => askCeiling(hubspot, OTHER, leads(1, 3), { leads: 3, per: HOUR, now: MONDAY });
    await askCeiling(hubspot, OTHER, leads(4), { leads: 3, per: HOUR, now: MONDAY });
    await ask(leads(4));
    if (order === 'resume, drop') await resumeRule(hubspot, RULE, MONDAY);
    await dropRule(hubspot, OTHER, MONDAY);
    if (order === 'drop, resume') {
      expect(await ask(leads(1, 3))).toMatchObject({ held: new Set(['event of 3']), dropped: new Set() });
      expect((await resumeRule(hubspot, RULE, MONDAY)).map(({ leadId }) => leadId)).toEqual(['3']);
    }
    for (const now of [MONDAY, MONDAY + 2 * DAY])
      expect(await ask(leads(1, 3), now)).toMatchObject({ held: new Set(), dropped: new Set() });
    expect(await other()).toMatchObject({ held: new Set(), dropped: new Set(['event of 3']) });
  },
);

test('a lead that is no more is given back no more, and the others are', async () => {
  await ask([...leads(5), firingOf('8', 'shared'), firingOf('9', 'shared')]);
  await forgetHeld(hubspot, ['3', '8', '77']);
  expect(await listTripped(hubspot)).toMatchObject([{ held: 2 }]);
  expect((await resumeRule(hubspot, RULE, MONDAY)).map(({ leadId }) => leadId)).toEqual(['4', '9']);
});

test('whoever is held is told since when, and by which ceiling', async () => {
  expect((await ask(leads(4))).stopped).toEqual({ at: MONDAY, leads: 3, per: HOUR });
  expect((await ask(leads(1), MONDAY + HOUR)).stopped).toBeUndefined();
  expect((await ask(leads(1, 4), MONDAY + DAY, { most: 99 })).stopped).toEqual({ at: MONDAY, leads: 3, per: HOUR });
});

test('one rule that trips holds up no other', async () => {
  await ask(leads(5));
  const other = await askCeiling(hubspot, ruleName('platform', 'trial'), leads(3), {
    leads: 3,
    per: HOUR,
    now: MONDAY,
  });
  expect(other.held.size).toBe(0);
});

test('nothing asked costs nothing', async () => {
  expect(await ask([])).toEqual({ held: new Set(), dropped: new Set(), tripped: false });
  expect(await keysLike(hubspot.redis, '*')).toEqual([]);
});
