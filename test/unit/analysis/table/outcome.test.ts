import { describe, expect, it } from 'vitest';
import { readOutcomes } from '../../../../src/analysis/table/outcome.ts';
import { tableScores } from '../../../../src/analysis/table/table-scores.ts';
import { givenColumn } from './given-table.ts';

describe('who bought', () => {
  it.each([
    ['1', '0'],
    ['Yes', 'no'],
    ['TRUE', 'false'],
    ['1.0', '0.0'],
  ])('is said by %s and %s; where nothing stands nobody knows yet', (yes, no) => {
    const outcomes = readOutcomes(givenColumn([yes, no, '', yes]), 'leads.csv');
    expect(outcomes).toEqual({ rows: Uint32Array.of(0, 1, 3), bought: Uint8Array.of(1, 0, 1), open: 1 });
  });

  it.each([
    [
      'anything else',
      ['won', 'lost'],
      'must be 1 or 0, yes or no, or true or false (empty where nobody knows yet), and holds "won", "lost"',
    ],
    ['a mixture', ['yes', 'no', 'perhaps'], 'holds "yes", "no", "perhaps"'],
    ['very many values', Array.from({ length: 3_000 }, (_, place) => `v${place}`), '"v5" and others'],
    ['an address', ['ada@example.com', '0'], '"[e-mail]"'],
    ['nobody', ['0', '0'], 'of no lead that it bought'],
    ['everybody', ['1', '1'], 'of every lead that it bought'],
  ])('cannot be %s', (_, cells, message) => {
    expect(() => readOutcomes(givenColumn(cells, 'Stage'), 'leads.csv')).toThrow(message);
  });
});

describe('points in columns', () => {
  const outcomes = readOutcomes(givenColumn(['1', '0', '', '1', '0']), 'leads.csv');

  it('are added up; who lacks one is left out and counted, with those who bought', () => {
    const columns = [givenColumn(['1', '2', '3', '', '5']), givenColumn(['0.5', '-2', '3', '4', '1,000'])];
    const { scores, outcomes: scored, unscored } = tableScores(columns, outcomes, 'leads.csv');
    expect([...scores]).toEqual([1.5, 0, 1005]);
    expect(scored).toMatchObject({ rows: Uint32Array.of(0, 1, 4), bought: Uint8Array.of(1, 0, 0) });
    expect(unscored).toEqual({ leads: 1, buyers: 1 });
  });

  it('are refused where there are none', () => {
    const none = [givenColumn(['', '', '1', '', ''], 'Points')];
    expect(() => tableScores(none, outcomes, 'leads.csv')).toThrow('no lead has points');
    expect(() => tableScores([givenColumn(['a', 'b', 'c', 'd', 'e'])], outcomes, 'leads.csv')).toThrow(
      'holds no numbers',
    );
  });
});
