import { describe, expect, it, test } from 'vitest';
import { joined, judge, tableOf } from '../faults/report.ts';
import type { Row } from '../faults/rows.ts';

const FILE = 'test/faults/some.test.ts';
const ROW: Row = { number: 7, inject: 'a fault', holds: 'all is well', proofs: [[FILE, 'a … is survived']] };

const reportOf = (...tests: readonly (readonly [title: string, status: string, ...ancestors: string[]])[]) => ({
  testResults: [
    {
      name: `/somewhere/${FILE}`,
      assertionResults: tests.map(([title, status, ...ancestorTitles]) => ({ title, status, ancestorTitles })),
    },
  ],
});

describe('a row of the table of faults', () => {
  it('holds where every test that it names passed, by its own title or that of what is around it', () => {
    const report = reportOf(
      ['a kill is survived', 'passed'],
      ['twice', 'passed', 'a stop is survived'],
      ['another', 'failed'],
    );
    expect(judge([ROW], report)).toMatchObject([{ row: 7, held: true, tests: 2, why: [] }]);
  });

  test.each([
    ['one of them failed', reportOf(['a kill is survived', 'passed'], ['a stop is survived', 'failed']), 'failed'],
    ['one of them was left out', reportOf(['a kill is survived', 'pending']), 'was left out'],
    ['none of them is there', reportOf(['a kill is not survived', 'passed']), 'no test "a … is survived" was run'],
    ['its file was not run', { testResults: [] }, 'no test "a … is survived" was run'],
  ])('does not where %s', (_, report, why) => {
    const verdicts = judge([ROW], report);
    expect(verdicts).toMatchObject([{ held: false, why: [expect.stringContaining(why)] }]);
    expect(tableOf(verdicts)).toContain('NOT HELD');
    expect(tableOf(verdicts)).toContain('0 of 1 rows held');
  });

  it('is not proved by a test of the same title in another file', () => {
    const [result] = reportOf(['a kill is survived', 'passed']).testResults;
    const report = {
      testResults: [{ name: '/elsewhere/other.test.ts', assertionResults: result?.assertionResults ?? [] }],
    };
    expect(judge([ROW], report)).toMatchObject([{ held: false }]);
  });

  it('holds by one of several runs where another left its test out, and not where any of them failed', () => {
    const [passed, left, failed] = ['passed', 'pending', 'failed'].map((status) =>
      reportOf(['a kill is survived', status]),
    );
    const heldBy = (...reports: (typeof passed)[]) =>
      judge([ROW], joined(reports.flatMap((report) => report ?? []))).map(({ held }) => held);
    expect(heldBy(left, passed)).toEqual([true]);
    expect(heldBy(passed, left, passed)).toEqual([true]);
    expect(heldBy(passed, failed)).toEqual([false]);
    expect(heldBy(left, left)).toEqual([false]);
  });
});
