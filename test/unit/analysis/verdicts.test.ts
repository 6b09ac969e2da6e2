import { describe, expect, it } from 'vitest';
import { pointsOffReader } from '../../../src/analysis/points-off.ts';
import { seededRandom } from '../../../src/analysis/statistics/seeded-random.ts';
import { type CriterionVerdict, verdictsOf } from '../../../src/analysis/verdicts.ts';
import { historyOf, leadsCounted, randomLeads } from './random-leads.ts';

interface Planted {
  readonly id: string;
  /** What the model gives. */
  readonly points: number;
  /** What it is worth, on the scale on which 10 double the odds. */
  readonly worth: number;
  readonly share: number;
  /** The criterion that mostly holds with it. */
  readonly with?: number;
}

const POINT = Math.LN2 / 10;

/** Leads that buy by a known rule, and what the history says of a model that gives other points. */
function judge(
  planted: readonly Planted[],
  { count = 8_000, seed = 1, intercept = -2 } = {},
): Map<string, CriterionVerdict> {
  const random = seededRandom(seed);
  const holding = planted.map(() => new Uint8Array(count));
  const scores = new Float64Array(count);
  const bought = Uint8Array.from(scores, (_, lead) => {
    let logOdds = intercept;
    for (const [place, { points, worth, share, with: other }] of planted.entries()) {
      const goes = other !== undefined && random() < 0.8;
      const holds = goes ? holding[other]?.[lead] === 1 : random() < share;
      const own = holding[place];
      if (!holds || own === undefined) continue;
      own[lead] = 1;
      scores[lead] = (scores[lead] ?? 0) + points;
      logOdds += worth * POINT;
    }
    return random() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
  });
  const features = planted.map(({ id, points }, place) => ({
    id,
    points,
    holds: (lead: number) => holding[place]?.[lead] === 1,
  }));
  return new Map(verdictsOf(historyOf(bought, features), scores).map((verdict) => [verdict.id, verdict]));
}

const GOOD: readonly Planted[] = [
  { id: 'one', points: 10, worth: 10, share: 0.3 },
  { id: 'two', points: 15, worth: 15, share: 0.2 },
  { id: 'bad-sign', points: -12, worth: -12, share: 0.25 },
];

describe('a criterion whose points are not the same for all', () => {
  /** Each lead has it so many times; each time is worth `worth` and gets 5. */
  function counted(worth: number): CriterionVerdict | undefined {
    const random = seededRandom(3);
    const count = 40_000;
    const times = Uint8Array.from({ length: count }, () => (random() < 0.3 ? 1 + Math.floor(random() * 8) : 0));
    const other = Uint8Array.from({ length: count }, () => (random() < 0.4 ? 1 : 0));
    const scores = Float64Array.from(times, (each, lead) => 5 * each + 20 * (other[lead] ?? 0));
    const bought = Uint8Array.from(times, (each, lead) => {
      const logOdds = -3 + (each * worth + 20 * (other[lead] ?? 0)) * POINT;
      return random() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
    });
    const having = times.filter((each) => each > 0);
    const mean = (5 * having.reduce((sum, each) => sum + each, 0)) / having.length;
    const history = historyOf(bought, [
      { id: 'views', points: 5, holds: (lead) => (times[lead] ?? 0) > 0 },
      { id: 'other', points: 20, holds: (lead) => other[lead] === 1 },
    ]);
    return verdictsOf({ ...history, given: Float64Array.of(mean, 20) }, scores)[0];
  }

  it('is held against what it gives in the mean', () => {
    expect(counted(5)).toMatchObject({ points: 5, verdict: 'confirmed', weight: 'fits' });
    // Most of it is earned.
    expect(counted(3.5)).toMatchObject({ verdict: 'confirmed', weight: 'fits' });
    const little = counted(0.5);
    expect(little).toMatchObject({ verdict: 'doubtful', weight: 'too much' });
    expect(little?.why).toMatch(/ \+2\d in the mean is too much: /);
  });

  it('is judged without points of its own, as bands are, unless it gives some points and takes them from others', () => {
    const bought = Uint8Array.from({ length: 400 }, (_, lead) => (lead % 4 === 0 || lead < 60 ? 1 : 0));
    const scores = Float64Array.from({ length: 400 }, (_, lead) => (lead < 60 ? 30 : lead % 7));
    const history = historyOf(bought, [{ id: 'size', holds: (lead) => lead < 60 }]);
    expect(verdictsOf({ ...history, given: Float64Array.of(25) }, scores)[0]).toMatchObject({
      given: 25,
      verdict: 'confirmed',
    });
    expect(verdictsOf({ ...history, given: Float64Array.of(Number.NaN) }, scores)[0]?.verdict).toBeUndefined();
  });
});

describe('a criterion', () => {
  it('is confirmed where its points are what history says', () => {
    const found = judge(GOOD);
    for (const { id } of GOOD) expect(found.get(id)).toMatchObject({ verdict: 'confirmed', weight: 'fits' });
  });

  it('is denied where those for whom it holds buy less often than others', () => {
    const found = judge([...GOOD, { id: 'wrong', points: 8, worth: -10, share: 0.2 }]).get('wrong');
    expect(found).toMatchObject({ verdict: 'denied', weight: 'too much' });
    expect(found?.why).toMatch(
      /^[\d.]+% of the 1,\d+ leads it holds for bought, \d+% of the others, though it gives \+8\.$/,
    );
    expect(judge([...GOOD, { id: 'wrong', points: -8, worth: 10, share: 0.2 }]).get('wrong')?.verdict).toBe('denied');
  });

  it('is doubtful where it says nothing', () => {
    const found = judge([...GOOD, { id: 'noise', points: 10, worth: 0, share: 0.3 }]).get('noise');
    expect(found?.verdict).toBe('doubtful');
    expect(found?.why).toMatch(
      / of the others, which may be chance\. But beside the other criteria \+10 is too much: they buy as often as others with \d+ points fewer\.$/,
    );
  });

  it('is doubtful where it is owed to another that mostly holds with it', () => {
    const found = judge([...GOOD, { id: 'shadow', points: 15, worth: 0, share: 0.2, with: 1 }], { count: 20_000 }).get(
      'shadow',
    );
    expect(found?.holds.conversion).toBeGreaterThan(found?.rest.conversion ?? 1);
    expect(found).toMatchObject({ verdict: 'doubtful', weight: 'too much' });
    expect(found?.why).toMatch(
      /\. Beside the other criteria \+15 is too much: they buy as often as others with \d+ points fewer\.$/,
    );
  });

  it('is not denied for what else holds for its leads', () => {
    // It is worth 10 by itself, but goes with a bad sign that the model knows of.
    const planted = [
      { id: 'bad', points: -30, worth: -30, share: 0.2 },
      ...GOOD,
      { id: 'unlucky', points: 2, worth: 10, share: 0.2, with: 0 },
    ];
    const found = judge(planted, { count: 20_000, intercept: -1 }).get('unlucky');
    expect(found?.holds.conversion).toBeLessThan(found?.rest.conversion ?? 0);
    expect(found).toMatchObject({ verdict: 'doubtful', weight: 'too little' });
    expect(found?.why).toMatch(
      /\. That is owed to what else holds for them: they buy as often as others with \d+ points more\.$/,
    );
  });

  it('is told to be worth more where it is', () => {
    const found = judge([...GOOD, { id: 'more', points: 5, worth: 20, share: 0.2 }]).get('more');
    expect(found).toMatchObject({ verdict: 'confirmed', weight: 'too little' });
    expect(found?.off).toBeGreaterThan(12);
    expect(found?.off).toBeLessThan(18);
    expect(found?.why).toMatch(
      /\. Beside the other criteria \+5 is too little: they buy as often as others with 1\d points more\.$/,
    );
  });

  it('is doubtful of five leads, though all of them bought', () => {
    const { scores, bought } = leadsCounted([0, 10], [300, 100], [700, 150]);
    const buyers = [...bought.keys()].filter((lead) => bought[lead] === 1);
    const rare = new Set(buyers.slice(-3));
    const [found] = verdictsOf(historyOf(bought, [{ points: 10, holds: (lead) => rare.has(lead) }]), scores);
    expect(found).toMatchObject({ verdict: 'doubtful', weight: 'unclear', holds: { leads: 3, buyers: 3, high: 1 } });
    expect(found).not.toHaveProperty('off');
    expect(found?.why).toBe('100% of the 3 leads it holds for bought, 32% of the others, which may be chance.');
  });

  it('that holds for nobody, or for everybody, is doubtful', () => {
    const { scores, bought } = leadsCounted([0, 10], [300, 100], [700, 150]);
    const history = historyOf(bought, [
      { points: 10, holds: () => false },
      { points: 10, holds: () => true },
    ]);
    const [never, always] = verdictsOf(history, scores);
    expect(never).toMatchObject({ verdict: 'doubtful', why: 'It holds for nobody.' });
    expect(always).toMatchObject({ verdict: 'doubtful', why: 'It holds for everybody, so it tells nobody apart.' });
  });

  it('without points is told of, and not judged', () => {
    const { scores, bought } = leadsCounted([0, 10], [300, 100], [700, 150]);
    const history = historyOf(bought, [{ holds: (lead) => lead < 500 }, { points: 0, holds: (lead) => lead < 500 }]);
    for (const found of verdictsOf(history, scores)) {
      expect(found).not.toHaveProperty('verdict');
      expect(found.why).toBe('80% of the 500 leads it holds for bought, 0% of the others.');
    }
  });
});

describe('a model of many criteria that say nothing', () => {
  it('has hardly one of them confirmed or denied by chance', () => {
    const noise = Array.from({ length: 100 }, (_, place) => ({
      id: `noise-${place}`,
      points: 5,
      worth: 0,
      share: 0.1,
    }));
    let judged = 0;
    for (const seed of [1, 2, 3]) {
      const found = judge([...GOOD, ...noise], { count: 2_000, seed });
      judged += [...found.values()].filter(
        ({ id, verdict }) => id.startsWith('noise') && verdict !== 'doubtful',
      ).length;
      expect(found.get('two')?.verdict).toBe('confirmed');
    }
    expect(judged).toBeLessThanOrEqual(3);
  });
});

describe('how far points are off', () => {
  it('is what must be added to them for the right number of buyers to be expected', () => {
    // One in ten buys without a point, half of those with 10: a line through both. Of those with none, some buy as often as with 10.
    const { scores, bought } = leadsCounted([0, 10], [100, 100], [900, 100]);
    const random = seededRandom(5);
    const some = Uint32Array.from(bought.keys()).filter(
      (lead) => scores[lead] === 0 && (bought[lead] === 1 ? random() < 0.8 : random() < 0.09),
    );
    const buyers = some.filter((lead) => bought[lead] === 1).length;
    const off = pointsOffReader(scores, bought)?.(some);
    // The others without a point and those with 10 now make the line.
    const others = { buyers: 100 - buyers, of: 1_000 - some.length };
    const logOdds = (hits: number, of: number) => Math.log(hits / (of - hits));
    const slope = (logOdds(100, 200) - logOdds(others.buyers, others.of)) / 10;
    const apart = logOdds(buyers, some.length) - logOdds(others.buyers, others.of);
    expect(off?.points).toBeCloseTo(apart / slope, 0);
    expect(off?.p).toBeLessThan(1e-6);
  });

  it('is much the same where hardly two leads have the same points', () => {
    const { scores, bought } = randomLeads(97, { count: 4_000, scores: 40 });
    const random = seededRandom(98);
    const some = Uint32Array.from(bought.keys()).filter((lead) => random() < (bought[lead] === 1 ? 0.3 : 0.2));
    const whole = pointsOffReader(scores, bought)?.(some);
    const fine = pointsOffReader(
      scores.map((score) => score + random() / 100),
      bought,
    )?.(some);
    expect(fine?.points).toBeCloseTo(whole?.points ?? 0, 0);
    expect(fine?.error).toBeCloseTo(whole?.error ?? 0, 1);
  });

  it('is not told of a handful, nor of all leads, nor where more points do not mean more buyers', () => {
    const { scores, bought } = leadsCounted([0, 10], [100, 100], [900, 100]);
    const read = pointsOffReader(scores, bought);
    expect(read?.(Uint32Array.of(0, 1, 2))).toBeUndefined();
    expect(read?.(Uint32Array.from(bought.keys()))).toBeUndefined();
    expect(
      pointsOffReader(
        scores.map((score) => -score),
        bought,
      ),
    ).toBeUndefined();
  });
});
