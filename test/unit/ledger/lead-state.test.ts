import { expect, test } from 'vitest';
import { DAY, MINUTE, SECOND } from '../../../src/base/clock.ts';
import {
  closeState,
  DUE_STEP,
  dueLeads,
  dueSteps,
  forgetDue,
  forgetStates,
  type LeadState,
  readStates,
  renewStates,
  saveStates,
} from '../../../src/ledger/lead-state.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const space = createSpace(redis.client(), 'test', 'hubspot');
const KEEP = 30 * DAY;

/** Nothing is remembered of what any model said. */
const UNSCORED = { askedRules: [], passedOverBy: [], heldRules: [] };

const state = (id: string, dueAt?: number): LeadState => ({
  id,
  dueAt,
  echo: undefined,
  emailHashes: [],
  formerIds: [],
  ...UNSCORED,
});
const ttl = (id: string) => space.redis.pttl(space.key('lead', id));
const save = (states: readonly LeadState[], now = MONDAY) => saveStates(space, states, { now, keep: KEEP });

/** Looks from one time to another as the due job does, forgetting what it saw, and returns when it shall look next. */
async function look(from: number, to: number): Promise<{ ids: string[]; next: number }> {
  const steps = dueSteps(from, to);
  const ids = await dueLeads(space, steps);
  await forgetDue(space, steps);
  const last = steps.at(-1);
  return { ids, next: last === undefined ? from : (last + 1) * DUE_STEP };
}

test('what is remembered of a lead comes back as it was', async () => {
  const whole: LeadState = {
    id: '1',
    echo: { changedAt: MONDAY, fingerprint: 'f00d' },
    dueAt: MONDAY + DAY,
    emailHashes: ['one', 'two'],
    formerIds: ['7', '8'],
    askedRules: ['3f9a1c', '8d02be'],
    passedOverBy: ['77aa01'],
    heldRules: ['c0ffee'],
  };
  await save([whole, state('2')]);
  expect(await readStates(space, ['2', '3', '1'])).toEqual([state('2'), undefined, whole]);
  await forgetStates(space, ['1', '2']);
  expect(await readStates(space, ['1', '2'])).toEqual([undefined, undefined]);
});

test('what challengers said is remembered, with and without the span of a write, and gone with the record', async () => {
  const challengers = [
    { model: 'rival', version: 'c0ffee', score: -3, grade: 'D4', at: MONDAY },
    { model: 'other-one', version: 'f00d', score: 120, grade: 'A1', at: MONDAY + DAY },
  ];
  const echo = { changedAt: MONDAY + MINUTE, fingerprint: 'f00d', since: MONDAY };
  const known = [
    { ...state('1'), challengers },
    { ...state('2'), echo, challengers },
  ];
  await save(known);
  expect(await readStates(space, ['1', '2'])).toEqual(known);
  await closeState(space, '1', KEEP);
  expect(await readStates(space, ['1'])).toEqual([state('1')]);
});

test('of a write that was some time within minutes, both ends of that time are remembered', async () => {
  const echo = { changedAt: MONDAY + MINUTE, fingerprint: 'f00d', since: MONDAY };
  await save([{ ...state('1'), echo }]);
  expect((await readStates(space, ['1']))[0]?.echo).toEqual(echo);
});

test('of a record that is no more stays what its person is erased by and what held for it, for a time', async () => {
  const whole: LeadState = {
    id: '1',
    echo: { changedAt: MONDAY, fingerprint: 'f00d' },
    dueAt: MONDAY + MINUTE,
    emailHashes: ['one'],
    formerIds: ['7'],
    askedRules: ['3f9a1c'],
    passedOverBy: ['77aa01'],
    heldRules: ['c0ffee'],
  };
  await save([whole]);
  const open = { ...whole, echo: undefined, dueAt: undefined };
  for (const id of ['1', '2']) await closeState(space, id, KEEP);
  expect(await readStates(space, ['1', '2'])).toEqual([open, undefined]);
  expect(await ttl('1')).toBeLessThanOrEqual(KEEP);
  expect(await ttl('1')).toBeGreaterThan(0);
  expect((await look(MONDAY, MONDAY + DAY)).ids).toEqual([]);
});

test('a state is kept until a month after the lead is due, and a lead scored anew with nothing changed keeps it longer', async () => {
  await save([state('1'), state('2', MONDAY + KEEP)]);
  expect(await ttl('2')).toBeGreaterThan(KEEP + 29 * DAY);
  const later = { now: MONDAY + DAY, keep: 2 * KEEP };
  await renewStates(space, [state('1'), state('2', MONDAY + KEEP)], later);
  for (const id of ['1', '2']) expect(await ttl(id), id).toBeGreaterThan(2 * KEEP - MINUTE);
});

test('a state that is kept for good never expires, be it saved so or kept so later', async () => {
  const forGood = { now: MONDAY, keep: Number.POSITIVE_INFINITY };
  await saveStates(space, [state('1', MONDAY + DAY)], forGood);
  await save([state('2')]);
  await renewStates(space, [state('2')], forGood);
  expect(await Promise.all([ttl('1'), ttl('2')])).toEqual([-1, -1]);
  // A model with no such rule any more lets them go in time.
  await renewStates(space, [state('1'), state('2')], { now: MONDAY, keep: KEEP });
  for (const id of ['1', '2']) expect(await ttl(id), id).toBeGreaterThan(0);
});

test('a state that tells model versions in the place of asked rules is one of which no rule of today was asked', async () => {
  await space.redis.set(space.key('lead', '1'), `[${MONDAY},"f00d",0,"one","7"]`);
  const echo = { changedAt: MONDAY, fingerprint: 'f00d' };
  expect(await readStates(space, ['1'])).toEqual([{ ...state('1'), echo, emailHashes: ['one'], formerIds: ['7'] }]);
  await space.redis.set(space.key('lead', '1'), `[${MONDAY},"f00d",0,"one","7","3f9a1c8d02","","c0ffee"]`);
  expect(await readStates(space, ['1'])).toMatchObject([{ askedRules: ['3f9a1c8d02'], heldRules: ['c0ffee'] }]);
});

test('a state that another version wrote counts as none', async () => {
  await space.redis.set(space.key('lead', '1'), '["strange"]');
  expect(await readStates(space, ['1'])).toEqual([undefined]);
});

test('a lead is due once its instant is past, and only once', async () => {
  const dueAt = MONDAY + 5 * MINUTE;
  await save([state('1', dueAt)]);
  const early = await look(MONDAY, dueAt);
  expect(early.ids).toEqual([]);
  const late = await look(early.next, dueAt + DUE_STEP + MINUTE);
  expect(late.ids).toEqual(['1']);
  expect((await look(late.next, MONDAY + DAY)).ids).toEqual([]);
});

test('a due time that moved ahead does not fire at the old instant', async () => {
  await save([state('1', MONDAY + MINUTE)]);
  await save([state('1', MONDAY + DAY)]);
  const first = await look(MONDAY, MONDAY + DAY / 2);
  expect(first.ids).toEqual([]);
  expect((await look(first.next, MONDAY + 2 * DAY)).ids).toEqual(['1']);
});

test('a due time that moved back fires at the new instant', async () => {
  await save([state('1', MONDAY + DAY)]);
  await save([state('1', MONDAY + MINUTE)]);
  expect((await look(MONDAY, MONDAY + DAY / 2)).ids).toEqual(['1']);
});

test('a lead that no longer changes by itself is not due', async () => {
  await save([state('1', MONDAY + MINUTE)]);
  await save([state('1')]);
  expect((await look(MONDAY, MONDAY + DAY)).ids).toEqual([]);
});

test('after a long downtime every lead that fell due meanwhile comes', async () => {
  const due = Array.from({ length: 30 }, (_, day) => state(`${day}`, MONDAY + day * DAY + 7 * SECOND));
  await save(due);
  const { ids } = await look(MONDAY, MONDAY + 30 * DAY);
  expect(ids.length).toBe(30);
});

test('nothing is lost at the borders of the steps, whenever somebody looks', async () => {
  const border = Math.ceil(MONDAY / DUE_STEP) * DUE_STEP + DUE_STEP;
  await save([-1, 0, 1].map((ms) => state(`${ms}`, border + ms)));
  const seen: string[] = [];
  let next = MONDAY;
  for (const now of [border - 1, border, border + 1, border + MINUTE, border + DUE_STEP, border + 3 * DUE_STEP]) {
    const looked = await look(next, now);
    seen.push(...looked.ids);
    next = looked.next;
  }
  expect(seen.toSorted()).toEqual(['-1', '0', '1']);
});

test('a write-back that ends after the instant, in a step that was looked at already, is not forgotten', async () => {
  const border = Math.ceil(MONDAY / DUE_STEP) * DUE_STEP + DUE_STEP;
  const { next } = await look(MONDAY, border + 2 * MINUTE);
  await save([state('1', border - 1)], border + 3 * MINUTE);
  expect((await look(next, border + DUE_STEP + MINUTE)).ids).toEqual(['1']);
});

test('a write-back that is recorded just after the border still counts for the step before', async () => {
  const border = Math.ceil(MONDAY / DUE_STEP) * DUE_STEP + DUE_STEP;
  const { next } = await look(MONDAY, border + SECOND);
  await save([state('1', border - 1)], border - 1);
  expect((await look(next, border + DUE_STEP)).ids).toEqual(['1']);
});

test('a lead that falls due long after the model looks back is still known then', async () => {
  await save([state('1', MONDAY + 300 * DAY)]);
  expect(await space.redis.pttl(space.key('lead', '1'))).toBeGreaterThan(300 * DAY);
});
