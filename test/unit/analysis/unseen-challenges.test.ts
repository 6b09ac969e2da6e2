import { describe, expect, test } from 'vitest';
import { compareEach, type ModelScores } from '../../../src/analysis/comparison.ts';
import { seededRandom } from '../../../src/analysis/statistics/seeded-random.ts';
import { unseenChallenges } from '../../../src/analysis/unseen-challenges.ts';
import { allCameBy, learntWarning } from '../../../src/analysis/unseen-leads.ts';

const DAY = 86_400_000;
const FIRST = Date.UTC(2026, 0, 1);
/** The end of 2026-03-01, from which on there are 240 of 300 leads; and a day of which there are 90. */
const MARCH = FIRST + 60 * DAY;
const JULY = FIRST + 210 * DAY;

/** A lead a day, every third of whom bought; what a score knows of that is known by it from a lead on, and of none before. */
function leads() {
  const draw = seededRandom(5);
  const createdAt = Float64Array.from({ length: 300 }, (_, lead) => FIRST + lead * DAY);
  const bought = Uint8Array.from(createdAt, (_, lead) => (lead % 3 === 0 ? 1 : 0));
  const scores = (signal: (lead: number) => number) =>
    Float64Array.from(bought, (each, lead) => each * signal(lead) + Math.round(draw() * 100));
  return { createdAt, bought, scores };
}

function model(id: string, scores: Float64Array, learntUntil?: number): ModelScores {
  const sent = Uint8Array.from(scores, (score) => (score >= 60 ? 1 : 0));
  return { id, name: id.toUpperCase(), scores, sent, ...(learntUntil !== undefined && { learntUntil }) };
}

describe('a challenger that was learnt', () => {
  test('is not judged by the leads that it was learnt from, which it knows by heart', () => {
    const { createdAt, bought, scores } = leads();
    const champion = model(
      'old',
      scores(() => 0),
    );
    const learnt = scores((lead) => (lead < 60 ? 1_000 : 0));
    const told = (learntUntil?: number) => {
      const { challenges } = unseenChallenges(champion, [model('new', learnt, learntUntil)], { bought, createdAt });
      return compareEach(challenges, { random: seededRandom(7), resamples: 50 })[0];
    };
    expect(told()).toMatchObject({ leads: 300, buyers: 100, word: 'better' });
    expect(told()).not.toHaveProperty('learntUntil');
    expect(told(MARCH)).toMatchObject({
      leads: 240,
      buyers: 80,
      learntUntil: '2026-03-01',
      word: 'no difference shown',
    });
  });

  test('has the scores, gates and outcomes of the later leads beside each other', () => {
    const { createdAt, bought, scores } = leads();
    const [one, other] = [scores(() => 20), scores(() => 40)];
    const history = { bought, createdAt };
    const { challenges } = unseenChallenges(model('old', one), [model('new', other, MARCH)], history);
    const [challenge] = challenges;
    expect(challenge?.bought).toEqual(bought.slice(60));
    expect(challenge?.champion.scores).toEqual(one.slice(60));
    expect(challenge?.challenger.scores).toEqual(other.slice(60));
    expect(challenge?.challenger.sent).toEqual(model('new', other).sent.slice(60));
  });

  test('meets a champion that was learnt itself on what neither has seen', () => {
    const { createdAt, bought, scores } = leads();
    const challengers = [
      model(
        'early',
        scores(() => 20),
        MARCH,
      ),
      model(
        'written',
        scores(() => 20),
      ),
    ];
    const { challenges } = unseenChallenges(
      model(
        'old',
        scores(() => 20),
        JULY - 60 * DAY,
      ),
      challengers,
      {
        bought,
        createdAt,
      },
    );
    expect(challenges.map(({ bought: left, learntUntil }) => [left.length, learntUntil])).toEqual([
      [150, '2026-05-30'],
      [150, '2026-05-30'],
    ]);
    // One champion, on the same leads: it is judged once.
    expect(challenges[0]?.champion).toBe(challenges[1]?.champion);
  });

  test('is not compared where too few of them bought, and how many they are is told', () => {
    const { createdAt, bought, scores } = leads();
    const champion = model(
      'old',
      scores(() => 20),
    );
    const challengers = [
      model(
        'late',
        scores(() => 20),
        JULY,
      ),
      model(
        'written',
        scores(() => 20),
      ),
    ];
    const { challenges, uncompared } = unseenChallenges(champion, challengers, { bought, createdAt });
    expect(challenges.map(({ challenger }) => challenger.id)).toEqual(['written']);
    expect(uncompared).toEqual([
      {
        model: 'late',
        name: 'LATE',
        learntUntil: '2026-07-29',
        leads: 90,
        buyers: 30,
        why:
          'There are 90 leads that came after 2026-07-29, until when one of the two models was learnt, and 30 of them bought: ' +
          'too few to compare. It takes 50 that bought and 50 that did not.',
      },
    ]);
  });
});

describe('a challenger that is about fewer leads than its champion', () => {
  test('is held against it on those alone, with the outcomes and the holdout of these', () => {
    const { createdAt, bought, scores } = leads();
    const [one, other] = [scores(() => 20), scores(() => 40)];
    const narrow = other.map((score, lead) => (lead % 2 === 0 ? score : Number.NaN));
    const holdout = Uint8Array.from(bought, (_, lead) => lead % 3);
    const challengers = [{ ...model('narrow', narrow), holdout }, model('wide', other)];
    const { challenges } = unseenChallenges(model('old', one), challengers, { bought, createdAt });
    const even = (_: number, lead: number) => lead % 2 === 0;
    const [first, second] = challenges;
    expect(first?.champion.scores).toEqual(one.filter(even));
    expect(first?.challenger.scores).toEqual(other.filter(even));
    expect(first?.bought).toEqual(bought.filter(even));
    expect(first?.holdout).toEqual(holdout.filter(even));
    // What the one is not about is no matter of the other.
    expect(second?.bought).toEqual(bought);
    expect(second).not.toHaveProperty('holdout');
  });

  test('is not compared where both are about too few', () => {
    const { createdAt, bought, scores } = leads();
    const [one, other] = [scores(() => 20), scores(() => 40)];
    const narrow = other.map((score, lead) => (lead < 60 ? score : Number.NaN));
    const { uncompared } = unseenChallenges(model('old', one), [model('narrow', narrow)], { bought, createdAt });
    expect(uncompared).toMatchObject([{ model: 'narrow', leads: 60, buyers: 20 }]);
    expect(uncompared[0]?.why).toContain('There are 60 leads that both are about, and 20 of them bought: too few');
  });
});

describe('leads that a model was learnt from', () => {
  test('had all come when the last of them was looked at; of whom nobody knows when, by now', () => {
    expect(allCameBy(Float64Array.of(1, 9, 5), 20)).toBe(9);
    expect(allCameBy(Float64Array.of(1, Number.NaN, 9), 20)).toBe(20);
    // A date that is mistyped is no reason to wait for it.
    expect(allCameBy(Float64Array.of(1, 90), 20)).toBe(20);
  });

  test('make a model look better than it is', () => {
    const learnt = { name: 'New', learntUntil: MARCH };
    expect(learntWarning(learnt, Float64Array.of(MARCH - 1, MARCH, Number.NaN))).toEqual([
      'New was learnt from leads that had come by 2026-03-01, and 2 leads of these may be among them: its figures look better than they are.',
    ]);
    expect(learntWarning(learnt, Float64Array.of(FIRST))).toEqual([expect.stringContaining('all of these leads')]);
    expect(learntWarning(learnt, Float64Array.of(MARCH, MARCH + DAY))).toEqual([]);
    expect(learntWarning({ name: 'Written', learntUntil: undefined }, Float64Array.of(FIRST))).toEqual([]);
  });
});
