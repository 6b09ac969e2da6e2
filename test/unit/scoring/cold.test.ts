import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import type { Activity } from '../../../src/leads/activity.ts';
import type { Lead } from '../../../src/leads/lead.ts';
import { compileModel } from '../../../src/scoring/compile-model.ts';
import type { CompiledModel } from '../../../src/scoring/compiled-model.ts';
import { modelSchema } from '../../../src/scoring/model-schema.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { arbitraryActivities, arbitraryLead, arbitraryModel } from './arbitrary.ts';
import { LISTS, leadOf, modelOf, NOW, view } from './model.ts';

const BELOW = 20;

/** Points last for 30 days and then end; whoever is below 20 for ten days is given back. */
function coldModel(...more: string[]): CompiledModel {
  const criteria = [
    '{ id: pricing, when: { activity: page-view, url: /pricing }, points: 30 }',
    '{ id: blog, when: { activity: page-view, url: /blog }, points: 5 }',
    '{ id: booked, when: { activity: meeting }, points: 40 }',
    ...more,
  ];
  return modelOf({
    engagementOptions: '',
    engagement: `{ name: Web, window: 30d, criteria: [${criteria.join(', ')}] }`,
    rest: `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 0, engagement: 30 }, recycle: { engagement_below: ${BELOW}, for: 10d } }`,
  });
}

const model = coldModel();
const CREATED = NOW - 300 * DAY;
const lead: Lead = { ...leadOf(), createdAt: CREATED };
const coldAt = (at: number, ...activities: Activity[]) => scoreLead(model, lead, activities, at).cold;
const since = (time: number) => ({ since: time, recycleAt: time + 10 * DAY });

describe('a lead is cold', () => {
  test('from the millisecond at which its engagement falls below the threshold', () => {
    const seen = view('/pricing', 35 * DAY);
    expect(coldAt(NOW - 5 * DAY - 1, seen)).toBeUndefined();
    expect(coldAt(NOW - 5 * DAY, seen)).toStrictEqual(since(NOW - 5 * DAY));
    expect(coldAt(NOW, seen)).toStrictEqual(since(NOW - 5 * DAY));
    expect(coldAt(NOW + 300 * DAY, seen)).toStrictEqual(since(NOW - 5 * DAY));
  });

  test('from when it was created, where it never was anything else', () => {
    expect(coldAt(NOW)).toStrictEqual(since(CREATED));
    expect(coldAt(NOW, view('/blog', 40 * DAY), view('/blog', DAY))).toStrictEqual(since(CREATED));
  });

  test('from when it was created, whatever was done before that', () => {
    expect(coldAt(CREATED + DAY, view('/pricing', 340 * DAY))).toStrictEqual(since(CREATED));
    expect(coldAt(CREATED - DAY, view('/blog', 340 * DAY))).toStrictEqual(since(CREATED));
  });

  test('not anew when it does too little, but anew once it did enough', () => {
    const earlier = [view('/pricing', 200 * DAY), view('/blog', 100 * DAY)];
    expect(coldAt(NOW, ...earlier)).toStrictEqual(since(NOW - 170 * DAY));
    expect(coldAt(NOW, ...earlier, view('/pricing', 50 * DAY))).toStrictEqual(since(NOW - 20 * DAY));
  });

  test('by several small things that were warm only together', () => {
    const views = [45, 44, 43, 42].map((ago) => view('/blog', ago * DAY));
    expect(coldAt(NOW, ...views)).toStrictEqual(since(NOW - 15 * DAY));
  });

  test('not by a click of a machine, nor warm by it', () => {
    const click = view('/pricing', 2 * DAY, { machine: 'bot' });
    expect(coldAt(NOW, click)).toStrictEqual(since(CREATED));
  });

  test('since a bad sign pushed it down, and no longer when that ends', () => {
    const hard = coldModel('{ id: careers, when: { activity: page-view, url: /careers }, points: -25, window: 4d }');
    const seen = [view('/pricing', 6 * DAY), view('/careers', 3 * DAY)];
    const cold = (at: number) => scoreLead(hard, lead, seen, at).cold;
    expect(cold(NOW - 3 * DAY - 1)).toBeUndefined();
    expect(cold(NOW)).toStrictEqual(since(NOW - 3 * DAY));
    expect(cold(NOW + DAY)).toBeUndefined();
    expect(cold(NOW + 24 * DAY)).toStrictEqual(since(NOW + 24 * DAY));
  });

  test('whatever a person set by hand, and though it is ruled out', () => {
    const decided = { ...lead, overrides: { test: 'qualified' as const } };
    expect(scoreLead(model, decided, [], NOW)).toMatchObject({ mql: true, cold: since(CREATED) });
  });

  test('never, where the model does not recycle', () => {
    expect(scoreLead({ ...model, recycle: undefined }, lead, [], NOW).cold).toBeUndefined();
  });

  test('since nobody knows when, where nobody knows when it was created', () => {
    const unknown = { ...lead, createdAt: Number.NaN };
    expect(scoreLead(model, unknown, [view('/blog', DAY)], NOW).cold).toBeUndefined();
    expect(scoreLead(model, unknown, [view('/pricing', 35 * DAY)], NOW).cold).toStrictEqual(since(NOW - 5 * DAY));
  });
});

describe('what lies in the future', () => {
  const booked: Activity = { id: 'booked', type: 'meeting', at: NOW + 3 * DAY };

  test('keeps a lead from being cold: a meeting is booked', () => {
    expect(coldAt(NOW, booked)).toBeUndefined();
    expect(coldAt(NOW + 3 * DAY, booked)).toBeUndefined();
    expect(coldAt(NOW + 33 * DAY, booked)).toStrictEqual(since(NOW + 33 * DAY));
  });

  test('makes no difference to since when', () => {
    expect(coldAt(NOW, view('/pricing', 35 * DAY), view('/blog', -DAY))).toStrictEqual(since(NOW - 5 * DAY));
  });
});

describe('the next change', () => {
  test('comes when a cold lead is to be recycled, though nothing of its score differs', () => {
    const seen = view('/pricing', 35 * DAY);
    expect(scoreLead(model, lead, [seen], NOW).nextChange).toBe(NOW + 5 * DAY);
    expect(scoreLead(model, lead, [seen], NOW + 5 * DAY).nextChange).toBeUndefined();
  });

  test('comes earlier where the lead warms up before that', () => {
    const blog = view('/blog', -DAY);
    expect(scoreLead(model, lead, [view('/pricing', 35 * DAY), blog], NOW).nextChange).toBe(NOW + 5 * DAY);
    const rises = coldModel('{ id: quiet, when: { inactive_for: 36d }, points: 25 }');
    expect(scoreLead(rises, lead, [view('/pricing', 35 * DAY)], NOW).nextChange).toBe(NOW + DAY);
    expect(scoreLead(rises, lead, [view('/pricing', 35 * DAY)], NOW + DAY).cold).toBeUndefined();
  });
});

test('activities are kept for as long as they say since when a lead is cold', () => {
  expect(model.longestWindow).toBe(40 * DAY);
  const old = view('/pricing', 39 * DAY);
  expect(coldAt(NOW, old)).toStrictEqual(since(NOW - 9 * DAY));
});

describe('whatever the model, the lead and the activities', () => {
  const recycling = arbitraryModel({ negative: true })
    .map((shape) => modelSchema.parse(shape))
    .filter(({ lifecycle }) => lifecycle.recycle !== undefined);
  const compiled = (source: ReturnType<typeof modelSchema.parse>) => compileModel(source, { lists: LISTS });

  test('it is cold since when going through its life step by step says so', () => {
    fc.assert(
      fc.property(recycling, arbitraryLead, arbitraryActivities, (source, someone, activities) => {
        const any = compiled(source);
        const { cold } = scoreLead(any, someone, activities, NOW);
        expect(cold?.since).toBe(stepByStep(any, someone, activities));
        if (cold !== undefined) expect(cold.recycleAt - cold.since).toBe(source.lifecycle.recycle?.for);
      }),
      { numRuns: 150 },
    );
  });

  test('it was below at any time since, and not just before', () => {
    fc.assert(
      fc.property(
        recycling,
        arbitraryLead,
        arbitraryActivities,
        fc.nat(1_000),
        (source, someone, activities, share) => {
          const any = compiled(source);
          const { cold } = scoreLead(any, someone, activities, NOW);
          fc.pre(cold !== undefined && cold.since < NOW);
          const below = source.lifecycle.recycle?.engagement_below ?? 0;
          const then = engagementThen(any, someone, activities);
          expect(then(Math.floor(cold.since + ((NOW - cold.since) * share) / 1_000))).toBeLessThan(below);
          expect(then(cold.since)).toBeLessThan(below);
          if (cold.since > Math.ceil(someone.createdAt)) expect(then(cold.since - 1)).toBeGreaterThanOrEqual(below);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('nobody is cold and an MQL at once, but by hand: nobody flaps', () => {
    fc.assert(
      fc.property(recycling, arbitraryLead, arbitraryActivities, (source, someone, activities) => {
        const { mql, override, cold } = scoreLead(compiled(source), someone, activities, NOW);
        expect(mql && override === undefined && cold !== undefined).toBe(false);
      }),
    );
  });
});

/** The people among the activities, and their engagement at a time by what they had done by then. */
function engagementThen(any: CompiledModel, someone: Lead, activities: readonly Activity[]) {
  const plain = { ...any, recycle: undefined };
  const machines = new Set(scoreLead(plain, someone, activities, NOW).leftOut.map(({ activity }) => activity));
  const people = activities.filter((activity) => !machines.has(activity));
  const score = (time: number) =>
    scoreLead(
      plain,
      someone,
      people.filter(({ at }) => at <= time),
      time,
    );
  return Object.assign((time: number) => score(time).engagement, { score, people });
}

/** Since when the lead is cold, from a walk through all changes of its score since it was created. */
function stepByStep(any: CompiledModel, someone: Lead, activities: readonly Activity[]): number | undefined {
  const below = any.recycle?.below ?? 0;
  const then = engagementThen(any, someone, activities);
  const isWarmNow = scoreLead({ ...any, recycle: undefined }, someone, activities, NOW).engagement >= below;
  if (isWarmNow || then(NOW) >= below) return undefined;
  let cold: number | undefined;
  for (let time = someone.createdAt; time <= NOW; ) {
    const { engagement, nextChange = Number.POSITIVE_INFINITY } = then.score(time);
    cold = engagement < below ? (cold ?? time) : undefined;
    time = Math.min(nextChange, ...then.people.map(({ at }) => at).filter((at) => at > time));
  }
  return cold ?? someone.createdAt;
}
