import { expect, test } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { handWritten } from './hand-written/score.ts';
import { benchModel, modelOfSize, readLists } from './model.ts';
import { NOW, population } from './population.ts';
import { rulesEngine } from './rules-engine/score.ts';

const lists = readLists();
const model = benchModel(lists);
const people = population(200, 20);

test('the model of the benchmark has thirty criteria, and warns of nothing', () => {
  expect(model.criteria).toHaveLength(30);
  expect(model.warnings).toEqual([]);
});

test('every criterion, cap and rule of the model counts for somebody', () => {
  const scores = population(2_000, 20).map(({ lead, activities }) => scoreLead(model, lead, activities, NOW));
  const ids = new Set(
    scores.flatMap(({ reasons, disqualifications }) => [
      ...reasons.map(({ id }) => id),
      ...disqualifications.map(({ criterion }) => criterion),
    ]),
  );
  expect(model.criteria.map(({ id }) => id).filter((id) => !ids.has(id))).toEqual([]);
  for (const kind of ['decay', 'criterion-cap', 'group-cap', 'dimension-cap', 'floor']) {
    expect(scores.some(({ reasons }) => reasons.some((reason) => reason.kind === kind))).toBe(true);
  }
});

test.each([
  ['now', 0],
  ['while much of it is still to come', -60],
  ['when much of it is forgotten', 100],
])('hand-written code scores every lead as the model does, %s', (_, days) => {
  const stamps = { modelVersion: model.version, readyToBuy: model.fieldRules[0]?.meaning ?? '' };
  const scoreByHand = handWritten(lists, stamps);
  for (const { lead, activities } of people) {
    const at = NOW + days * DAY;
    expect(scoreByHand(lead, activities, at)).toStrictEqual(scoreLead(model, lead, activities, at));
  }
});

test('the rules engine comes to the same points and flags', async () => {
  const scoreByRules = rulesEngine(lists);
  for (const { lead, activities } of people.slice(0, 60)) {
    const { fit, engagement, flags } = scoreLead(model, lead, activities, NOW);
    expect(await scoreByRules(lead, activities, NOW)).toEqual({ fit, engagement, flags });
  }
});

test.each([10, 30, 100])('the model grows to %i criteria', (size) => {
  expect(modelOfSize(size, lists).criteria).toHaveLength(size);
});
