import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
