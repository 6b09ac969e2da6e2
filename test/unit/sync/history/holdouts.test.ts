import { describe, expect, test } from 'vitest';
import { challengersAmong, isInHoldout } from '../../../../src/scoring/challenger.ts';
import { holdoutsReader } from '../../../../src/sync/history/holdouts.ts';
import { modelOf } from '../../scoring/model.ts';

const champion = { ...modelOf({}), id: 'platform' };
const challenger = (id: string, holdout: number) => ({
  ...champion,
  id,
  version: `of ${id}`,
  challengerTo: 'platform',
  holdout,
});
const { challengers } = challengersAmong([
  champion,
  challenger('second', 0.5),
  challenger('first', 0.3),
  challenger('silent', 0),
]);
const PEOPLE = Array.from({ length: 400 }, (_, number) => ({
  id: String(number),
  formerIds: [],
  emails: number % 2 === 0 ? [`person${number}@example.com`] : [],
  fields: {},
  createdAt: 0,
}));

describe('who is in the holdouts of challengers', () => {
  const reader = holdoutsReader(challengers);
  for (const lead of PEOPLE) reader.add({ lead });
  const holdouts = reader.finish();
  const all = Uint32Array.from(PEOPLE.keys());
  const [first, , second] = challengers;
  const isIn = (which: typeof first, lead: number) => which !== undefined && isInHoldout(which, PEOPLE[lead]!);

  test('is whom they score for real: of two the first by its id has the word', () => {
    expect(challengers.map(({ model }) => model.id)).toEqual(['first', 'second', 'silent']);
    const ofFirst = holdouts.of({ version: 'of first' }, all);
    const ofSecond = holdouts.of({ version: 'of second' }, all);
    for (const lead of PEOPLE.keys()) {
      const own = isIn(challengers[0], lead) ? 'first' : isIn(challengers[1], lead) ? 'second' : 'none';
      expect([ofFirst?.[lead], ofSecond?.[lead]], String(lead)).toEqual(
        own === 'first' ? [1, 2] : own === 'second' ? [2, 1] : [0, 0],
      );
    }
    expect(second?.model.holdout).toBe(0);
  });

  test('is told of the leads that are asked for, and of no model without a holdout', () => {
    const some = Uint32Array.of(7, 70, 399);
    const ofFirst = holdouts.of({ version: 'of first' }, all);
    expect([...(holdouts.of({ version: 'of first' }, some) ?? [])]).toEqual([...some].map((lead) => ofFirst?.[lead]));
    expect(holdouts.of({ version: 'of silent' }, all)).toBeUndefined();
    // Another file with the id of a challenger scores nobody for real.
    expect(holdouts.of({ version: 'of another' }, all)).toBeUndefined();
  });
});
