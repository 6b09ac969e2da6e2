import { z } from 'zod';
import { titleLike } from '../support/titled.ts';
import type { Proof, Row } from './rows.ts';

/** What became of a row; `why` says what is missing of its proofs. */
export interface Verdict {
  readonly row: number;
  readonly inject: string;
  readonly holds: string;
  readonly held: boolean;
  /** How many tests were run for it. */
  readonly tests: number;
  readonly why: readonly string[];
}

/** As vitest's JSON reporter writes it, as far as it is read here. */
export const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(
        z.object({ title: z.string(), ancestorTitles: z.array(z.string()), status: z.string() }),
      ),
    }),
  ),
});

export type Report = z.output<typeof reportSchema>;

/** A row holds where every test that it names was run and passed: one that is missing or was left out proves nothing. */
export function judge(rows: readonly Row[], report: Report): Verdict[] {
  return rows.map(({ number: row, inject, holds, proofs }) => {
    const all = proofs.map((proof) => ({ proof, tests: testsOf(proof, report) }));
    const why = all.flatMap(({ proof: [file, title], tests }) => {
      if (tests.length === 0) return [`${file}: no test "${title}" was run`];
      return tests
        .filter(({ status }) => status !== 'passed')
        .map((test) => `${file}: "${test.title}" ${test.status === 'failed' ? 'failed' : 'was left out'}`);
    });
    const tests = new Set(all.flatMap((each) => each.tests)).size;
    return { row, inject, holds, held: why.length === 0, tests, why };
  });
}

/** Of a test that was run several times, as on several kinds of Redis, each run counts, but for those in which it was left out. */
export function joined(reports: readonly Report[]): Report {
  const all = reports.flatMap(({ testResults }) => testResults);
  const testResults = [...Map.groupBy(all, ({ name }) => name)].map(([name, files]) => {
    const tests = files.flatMap(({ assertionResults }) => assertionResults);
    const byTitle = Map.groupBy(tests, ({ title, ancestorTitles }) => JSON.stringify([...ancestorTitles, title]));
    const assertionResults = [...byTitle.values()].flatMap((same) => {
      const run = same.filter(({ status }) => status === 'passed' || status === 'failed');
      return run.length > 0 ? run : same;
    });
    return { name, assertionResults };
  });
  return { testResults };
}

function testsOf([file, title]: Proof, { testResults }: Report) {
  const pattern = titleLike(title);
  return testResults
    .filter(({ name }) => name.replaceAll('\\', '/').endsWith(`/${file}`))
    .flatMap(({ assertionResults }) => assertionResults)
    .filter((test) => [test.title, ...test.ancestorTitles].some((each) => pattern.test(each)));
}

/** The rows for people, and below what is not held why. */
export function tableOf(verdicts: readonly Verdict[]): string {
  const widest = Math.max(...verdicts.map(({ inject }) => inject.length));
  const lines = verdicts.map(({ row, inject, holds, held, tests, why }) => {
    const mark = held ? 'held    ' : 'NOT HELD';
    const line = `${String(row).padStart(3)}  ${mark}  ${inject.padEnd(widest)}  ${holds} (${tests} tests)`;
    return [line, ...why.map((reason) => `       ${reason}`)].join('\n');
  });
  const held = verdicts.filter((verdict) => verdict.held).length;
  return [...lines, '', `${held} of ${verdicts.length} rows held`].join('\n');
}
