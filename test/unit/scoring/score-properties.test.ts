import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import type { Activity } from '../../../src/leads/activity.ts';
import { compileModel } from '../../../src/scoring/compile-model.ts';
import { formatReasons, reasonsText } from '../../../src/scoring/format-reasons.ts';
import { modelSchema } from '../../../src/scoring/model-schema.ts';
import type { Reason, Score } from '../../../src/scoring/score.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { arbitraryActivities, arbitraryLead, arbitraryModel } from './arbitrary.ts';
import { LISTS, NOW } from './model.ts';

const anyModel = arbitraryModel({ negative: true }).map((shape) => ({ source: modelSchema.parse(shape) }));

function compiled(source: ReturnType<typeof modelSchema.parse>) {
  return compileModel(source, { lists: LISTS });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function pointsOf(reasons: readonly Reason[], dimension?: string): number {
  return sum(
    reasons.filter((reason) => dimension === undefined || reason.dimension === dimension).map(({ points }) => points),
  );
}

/** Turns round every list of the model, at every depth of it. */
function turnedRound(source: ReturnType<typeof modelSchema.parse>): ReturnType<typeof modelSchema.parse> {
  return {
    ...source,
    fit: {
      ...source.fit,
      groups: source.fit.groups.map((one) => ({ ...one, criteria: one.criteria.toReversed() })).toReversed(),
    },
    engagement: {
      ...source.engagement,
      groups: source.engagement.groups.map((one) => ({ ...one, criteria: one.criteria.toReversed() })).toReversed(),
    },
  };
}

/** A score without the order of its reasons, and of what rules the lead out. */
function unordered(score: Score) {
  const sorted = (list: readonly object[]) => list.map((one) => JSON.stringify(one)).sort();
  return { ...score, reasons: sorted(score.reasons), disqualifications: sorted(score.disqualifications) };
}

describe('whatever the model, the lead and the activities', () => {
  test('the reasons add up to the score, in whole numbers', () => {
    fc.assert(
      fc.property(anyModel, arbitraryLead, arbitraryActivities, ({ source }, lead, activities) => {
        const score = scoreLead(compiled(source), lead, activities, NOW);
        expect(pointsOf(score.reasons, 'fit')).toBe(score.fit);
        expect(pointsOf(score.reasons, 'engagement')).toBe(score.engagement);
        expect(pointsOf(score.reasons)).toBe(score.total);
        expect(score.reasons.every(({ points }) => Number.isInteger(points) && points !== 0)).toBe(true);
      }),
    );
  });

  test('the text of the reasons adds up too, however short it is cut', () => {
    fc.assert(
      fc.property(anyModel, arbitraryLead, arbitraryActivities, fc.nat(400), ({ source }, lead, activities, length) => {
        const { reasons, total } = scoreLead(compiled(source), lead, activities, NOW);
        const text = formatReasons(reasons, length + 25);
        expect(text.length).toBeLessThanOrEqual(length + 25);
        const lines = text.split('\n').filter((line) => line !== '');
        expect(sum(lines.map((line) => Number(/^(?:… and \d+ more: )?([+-]\d+)/.exec(line)?.[1])))).toBe(total);
      }),
    );
  });

  test('each dimension stays between its floor and its max', () => {
    fc.assert(
      fc.property(anyModel, arbitraryLead, arbitraryActivities, ({ source }, lead, activities) => {
        const score = scoreLead(compiled(source), lead, activities, NOW);
        for (const name of ['fit', 'engagement'] as const) {
          expect(score[name]).toBeLessThanOrEqual(source[name].max);
          const { floor = 0 } = source[name];
          if (floor !== 'none') expect(score[name]).toBeGreaterThanOrEqual(floor);
        }
      }),
    );
  });

  test('the order of activities, and having them more than once, makes no difference', () => {
    fc.assert(
      fc.property(anyModel, arbitraryLead, shuffled(), ({ source }, lead, [activities, others]) => {
        const model = compiled(source);
        expect(scoreLead(model, lead, others, NOW)).toStrictEqual(scoreLead(model, lead, activities, NOW));
      }),
    );
  });

  test('the order of groups and criteria makes no difference, not even to the version', () => {
    fc.assert(
      fc.property(anyModel, arbitraryLead, arbitraryActivities, ({ source }, lead, activities) => {
        const there = scoreLead(compiled(source), lead, activities, NOW);
        const back = scoreLead(compiled(turnedRound(source)), lead, activities, NOW);
        expect(unordered(back)).toStrictEqual(unordered(there));
        expect(reasonsText(back, 10_000)).toBe(reasonsText(there, 10_000));
      }),
    );
  });

  test('scoring twice gives the same, and changes nothing that it was given', () => {
    fc.assert(
      fc.property(anyModel, arbitraryLead, arbitraryActivities, ({ source }, lead, activities) => {
        const model = compiled(source);
        const before = structuredClone({ lead, activities });
        const first = scoreLead(model, lead, activities, NOW);
        expect(scoreLead(model, lead, activities, NOW)).toStrictEqual(first);
        expect({ lead, activities }).toEqual(before);
      }),
    );
  });

  test('nothing changes until the millisecond of the next change, and something does then', () => {
    fc.assert(
      fc.property(anyModel, arbitraryLead, arbitraryActivities, fc.nat(1000), ({ source }, lead, activities, share) => {
        const model = compiled(source);
        const { nextChange, ...now } = scoreLead(model, lead, activities, NOW);
        const between =
          nextChange === undefined ? NOW + 9_999 * DAY : Math.floor(NOW + ((nextChange - 1 - NOW) * share) / 1000);
        const seen = (at: number) => unchanging(scoreLead(model, lead, activities, at), at);
        expect(seen(between)).toStrictEqual(unchanging(now, NOW));
        if (nextChange === undefined) return;
        expect(nextChange).toBeGreaterThan(NOW);
        expect(seen(nextChange - 1)).toStrictEqual(unchanging(now, NOW));
        expect(seen(nextChange)).not.toStrictEqual(unchanging(now, NOW));
      }),
      { numRuns: 500 },
    );
  });

  test('following the next changes ends with nothing left of what was done', () => {
    fc.assert(
      fc.property(anyModel, arbitraryLead, arbitraryActivities, ({ source }, lead, activities) => {
        const model = compiled(source);
        let score = scoreLead(model, lead, activities, NOW);
        for (let steps = 0; score.nextChange !== undefined && steps < 5_000; steps++) {
          score = scoreLead(model, lead, activities, score.nextChange);
        }
        const end = NOW + 999 * DAY;
        expect(unchanging(score, end)).toStrictEqual(
          unchanging(
            {
              ...scoreLead(model, lead, [], NOW + 999 * DAY),
              fastTracks: score.fastTracks,
              nurture: score.nurture,
              leftOut: score.leftOut,
              // Of two that end cold, the one that did something has been so for less long.
              ...(score.cold && { cold: score.cold }),
            },
            end,
          ),
        );
      }),
      { numRuns: 15 },
    );
  });
});

describe('what makes no difference', () => {
  test('activities that are left out change nothing but the list of them', () => {
    fc.assert(
      fc.property(anyModel, arbitraryLead, arbitraryActivities, ({ source }, lead, activities) => {
        const model = compiled(source);
        const { leftOut, ...score } = scoreLead(model, lead, activities, NOW);
        const machines = new Set(leftOut.map(({ activity }) => activity));
        const people = activities.filter((activity) => !machines.has(activity));
        const { leftOut: _, ...again } = scoreLead(model, lead, people, NOW);
        expect(again).toStrictEqual(score);
      }),
      { numRuns: 300 },
    );
  });

  test('an activity that a cap swallows changes nothing but the reasons', () => {
    fc.assert(
      fc.property(anyModel, arbitraryLead, arbitraryActivities, fc.nat(), ({ source }, lead, activities, pick) => {
        const model = compiled(capped(source));
        const chosen = activities[pick % Math.max(1, activities.length)];
        fc.pre(chosen !== undefined);
        const twin = { ...chosen, id: 'twin' };
        const { reasons, fastTracks: _, nurture: _n, leftOut: __, ...score } = scoreLead(model, lead, activities, NOW);
        const {
          reasons: more,
          fastTracks: ___,
          nurture: ___n,
          leftOut: ____,
          ...same
        } = scoreLead(model, lead, [...activities, twin], NOW);
        expect(same).toStrictEqual(score);
        expect(netOf(more)).toStrictEqual(netOf(reasons));
      }),
      { numRuns: 300 },
    );
  });

  test('a model that is compiled twice is the same', () => {
    fc.assert(
      fc.property(anyModel, arbitraryLead, arbitraryActivities, ({ source }, lead, activities) => {
        const [one, other] = [compiled(source), compiled(source)];
        expect(other.version).toBe(one.version);
        expect(other.warnings).toStrictEqual(one.warnings);
        expect(scoreLead(other, lead, activities, NOW)).toStrictEqual(scoreLead(one, lead, activities, NOW));
      }),
    );
  });
});

/** The model with a cap of a point on all that is counted, and without decay: of a second occurrence nothing is left. */
function capped(source: ReturnType<typeof modelSchema.parse>): ReturnType<typeof modelSchema.parse> {
  const groups = source.engagement.groups.map((group) => ({
    ...group,
    criteria: group.criteria.map((one) => {
      const isCounted = JSON.stringify(one.when ?? {}).includes('"activity"');
      return isCounted ? { ...one, max: 1, half_life: 'none' as const, decay: undefined } : one;
    }),
  }));
  return { ...source, engagement: { ...source.engagement, half_life: undefined, decay: undefined, groups } };
}

/** What each criterion, group and dimension comes to. */
function netOf(reasons: readonly Reason[]): Record<string, number> {
  const net: Record<string, number> = {};
  for (const { kind, dimension, id, points } of reasons) {
    const key = `${kind === 'criterion-cap' ? 'criterion' : kind} ${dimension} ${id}`;
    net[key] = (net[key] ?? 0) + points;
  }
  return net;
}

test('more time never raises a score whose points are all positive', () => {
  const positive = arbitraryModel({ negative: false }).map((shape) => modelSchema.parse(shape));
  fc.assert(
    fc.property(positive, arbitraryLead, arbitraryActivities, fc.nat(300 * DAY), (source, lead, activities, later) => {
      const model = compiled(source);
      const now = scoreLead(model, lead, activities, NOW);
      expect(scoreLead(model, lead, activities, NOW + later).total).toBeLessThanOrEqual(now.total);
    }),
  );
});

/** A score without when it changes next, and with whether a cold lead is to be recycled by then. */
function unchanging({ nextChange: _, ...score }: Score, at: number): object {
  return { ...score, isDue: score.cold !== undefined && score.cold.recycleAt <= at };
}

/** Activities, and the same in another order with some of them repeated. */
function shuffled(): fc.Arbitrary<[Activity[], Activity[]]> {
  return arbitraryActivities.chain((activities) =>
    fc.tuple(
      fc.constant(activities),
      fc
        .tuple(fc.shuffledSubarray(activities), fc.shuffledSubarray(activities, { minLength: activities.length }))
        .map(([some, all]) => [...some, ...all]),
    ),
  );
}
