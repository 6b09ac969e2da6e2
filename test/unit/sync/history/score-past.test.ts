import { describe, expect, test } from 'vitest';
import type { CompiledModel } from '../../../../src/scoring/compiled-model.ts';
import type { PastLead } from '../../../../src/sync/history/read-past.ts';
import { scorePast } from '../../../../src/sync/history/score-past.ts';
import { modelOf } from '../../scoring/model.ts';

const LOOKED = Date.UTC(2026, 5, 1);
const TITLE = '{ name: Fit, criteria: [{ id: boss, when: { field: job_title, is: CEO }, points: 20 }] }';
const GRADES = `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 0, engagement: 0 } }`;
const champion = modelOf({ fit: TITLE });
const german = (model: CompiledModel): CompiledModel => ({
  ...model,
  scope: modelOf({ fit: TITLE, rest: `${GRADES}\napplies_to: { field: country, is: Germany }` }).scope,
});

/** Every third a German, every second a CEO; each came a day after the one before, and is looked at when all were there. */
const PEOPLE = Array.from({ length: 12 }, (_, number): PastLead => {
  const fields = { country: number % 3 === 0 ? 'Germany' : 'France', job_title: number % 2 === 0 ? 'CEO' : 'Clerk' };
  const createdAt = Date.UTC(2026, 0, 1 + number);
  const lead = { id: '', formerIds: [], emails: [], fields, createdAt };
  return { number: 100 + number, lead, activities: [], at: LOOKED, bought: number < 4 };
});

const past = {
  asToday: new Set<string>(),
  changedLater: () => [],
  async *leads() {
    yield PEOPLE.slice(0, 7);
    yield PEOPLE.slice(7);
  },
};

describe('what a model would have said of leads', () => {
  test('is told of all that it is about, whomever its rivals are about', async () => {
    const alone = await scorePast(past, champion);
    expect([...alone.scored.scores]).toEqual(PEOPLE.map((_, number) => (number % 2 === 0 ? 20 : 0)));
    const { scored, others, rivals } = await scorePast(past, champion, { rivals: [german(champion), champion] });
    expect(scored).toEqual(alone.scored);
    expect({ others, rivals: rivals.map((each) => each.others) }).toEqual({ others: 0, rivals: [8, 0] });
    const [narrow, wide] = rivals;
    expect([...(wide?.scores ?? [])]).toEqual([...scored.scores]);
    expect([...(narrow?.scores ?? [])]).toEqual(
      PEOPLE.map((_, number) => (number % 3 !== 0 ? Number.NaN : number % 2 === 0 ? 20 : 0)),
    );
    expect([...(narrow?.sent ?? [])]).toEqual([...scored.sent].map((sent, number) => (number % 3 === 0 ? sent : 0)));
  });

  test('is told of nobody else, with when each came and which number it has', async () => {
    const { scored, others, numbers, rivals } = await scorePast(past, german(champion), { rivals: [champion] });
    expect([...numbers]).toEqual([100, 103, 106, 109]);
    expect([...scored.createdAt]).toEqual([1, 4, 7, 10].map((day) => Date.UTC(2026, 0, day)));
    expect(others).toBe(8);
    expect([...(rivals[0]?.scores ?? [])]).toEqual([20, 0, 20, 0]);
  });
});
