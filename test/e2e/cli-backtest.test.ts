import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { plantedTable, writeTable } from '../support/lead-table.ts';
import { runCli, tempFolder } from '../support/run-cli.ts';

const LEADS = 1_500;
const table = plantedTable(LEADS, 2);
const column = (name: string) => table.rows.map((row) => row[table.header.indexOf(name)]!);
const points = column('Points');
const scored = points.flatMap((text, lead) => (text === '' ? [] : [lead]));
const bought = column('Bought').map((text) => text === 'yes');

const told = z.object({
  leads: z.number(),
  buyers: z.number(),
  unscored: z.number(),
  auc: z.number(),
  aucLow: z.number(),
  aucHigh: z.number(),
  ks: z.number(),
  liftTop10: z.number(),
  baseRate: z.number(),
  bands: z.array(z.object({ leads: z.number(), buyers: z.number() })),
  probability: z.object({ by: z.enum(['time', 'chance']) }),
  gate: z.object({ sent: z.object({ leads: z.number() }) }).optional(),
  criteria: z.array(z.object({ id: z.string(), verdict: z.string().optional() })),
  warnings: z.array(z.string()),
});

async function tested(...args: string[]) {
  const { code, out, err } = await runCli([
    'backtest',
    '--csv',
    writeTable(table),
    '--outcome',
    'Bought',
    '--json',
    ...args,
  ]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return told.parse(JSON.parse(out));
}

/** Of every buyer and every other lead, how often the buyer has more; half a time where both have the same. */
function pairwiseAuc(score: (lead: number) => number): number {
  let [wins, pairs] = [0, 0];
  for (const one of scored.filter((lead) => bought[lead])) {
    for (const other of scored.filter((lead) => !bought[lead])) {
      wins += score(one) > score(other) ? 1 : score(one) === score(other) ? 0.5 : 0;
      pairs += 1;
    }
  }
  return wins / pairs;
}

describe('points that stand in a table', () => {
  test('are judged by who bought; leads without points are left out and counted', async () => {
    const report = await tested('--score', 'Points');
    const buyers = scored.filter((lead) => bought[lead]).length;
    expect(report).toMatchObject({ leads: scored.length, buyers, unscored: LEADS - scored.length });
    expect(report.baseRate).toBeCloseTo(buyers / scored.length, 10);
    expect(report.auc).toBeCloseTo(
      pairwiseAuc((lead) => Number(points[lead])),
      10,
    );
    expect(report.aucLow).toBeLessThan(report.auc);
    expect(report.aucHigh).toBeGreaterThan(report.auc);
    expect(report.ks).toBeGreaterThan(0.1);
    expect(report.liftTop10).toBeGreaterThan(1);
    expect(report.bands.reduce((sum, { leads }) => sum + leads, 0)).toBe(scored.length);
    expect(report.warnings.join('\n')).toContain(`${LEADS - scored.length} leads without points were left out`);
  });

  test('of several columns are added up', async () => {
    const pages = column('Page Views').map(Number);
    const { auc } = await tested('--score', 'Points,page_views');
    expect(auc).toBeCloseTo(
      pairwiseAuc((lead) => Number(points[lead]) + pages[lead]!),
      10,
    );
  });

  test('are turned into a probability on earlier leads and judged on later ones, where a column has dates', async () => {
    expect((await tested('--score', 'Points')).probability.by).toBe('chance');
    expect((await tested('--score', 'Points', '--date', 'Created')).probability.by).toBe('time');
  });

  test('are told of to people in sentences and tables', async () => {
    const { code, out } = await runCli([
      'backtest',
      '--csv',
      writeTable(table),
      '--outcome',
      'Bought',
      '--score',
      'Points',
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Points, on 1,\d{3} leads of which \d+ bought: \d+%$/m);
    expect(out).toMatch(/^AUC 0\.\d{3} \(0\.\d{3} to 0\.\d{3}\): of a lead that bought and one that did not,/m);
    expect(out).toMatch(/^The best tenth buys \d\.\d\d times as often as all/m);
    expect(out).toMatch(/^ {2}\d+ to \d+ +\d+ +\d+% +\(/m);
    expect(out).toMatch(/^Brier 0\.\d{3}/m);
  });
});

const MODEL = `
model: guess
name: A guess
fit:
  max: 100
  groups:
    - name: Source
      criteria:
        - { id: referral, when: { field: lead_source, is: referral }, points: 20 }
        - { id: bought-list, when: { field: lead_source, is: Cold list }, points: 10 }
engagement:
  max: 100
  window: 90d
  groups:
    - name: Web
      criteria:
        - { id: many-pages, when: { field: page_views, at_least: 12 }, points: 20 }
grades:
  fit: { A: 20, B: 10, C: 5, D: 0 }
  engagement: { 1: 20, 2: 10, 3: 5, 4: 0 }
lifecycle:
  mql: { fit: 0, engagement: 20 }
`;

describe('a model on the leads of a table', () => {
  test('is judged criterion by criterion, with whom it would have given to sales', async () => {
    const file = join(tempFolder(), 'guess.yaml');
    writeFileSync(file, MODEL);
    const report = await tested('--model', file);
    expect(report).toMatchObject({ leads: LEADS, unscored: 0 });
    // 30 points are mostly of the list that was bought.
    expect(report.warnings.join('\n')).toContain('Leads with 30 points bought less often');
    expect(report.criteria).toEqual([
      expect.objectContaining({ id: 'referral', verdict: 'confirmed' }),
      expect.objectContaining({ id: 'bought-list', verdict: 'denied' }),
      expect.objectContaining({ id: 'many-pages', verdict: 'confirmed' }),
    ]);
    expect(report.gate?.sent.leads).toBe(column('Page Views').filter((pages) => Number(pages) >= 12).length);

    const { out } = await runCli(['backtest', '--csv', writeTable(table), '--outcome', 'Bought', '--model', file]);
    expect(out).toMatch(/^Sales would have been given \d+ leads/m);
    expect(out).toMatch(/^ {2}Bought list +\+10 +\d+ +[\d.]+% +\d+% +denied$/m);
  });

  test('that asks for what the table does not have is told so', async () => {
    const { code, err } = await runCli([
      ...['backtest', '--csv', writeTable(table), '--outcome', 'Bought'],
      ...['--model', file('job_title')],
    ]);
    expect(code).toBe(2);
    expect(err).toContain('the table has no column that A guess asks for: job_title');
    const { warnings } = await tested('--model', file('job_title', 1));
    expect(warnings).toContain('The table has no column for job_title: no lead has a value there.');
  });

  /** The model with this field in the place of all others, or of so many. */
  function file(field: string, most = Number.POSITIVE_INFINITY): string {
    let count = 0;
    const path = join(tempFolder(), 'guess.yaml');
    writeFileSync(
      path,
      MODEL.replaceAll(/(?<=field: )\w+/g, (was) => (count++ < most ? field : was)),
    );
    return path;
  }
});

describe('columns of points that tell buyers from others very well', () => {
  /** So many more points for buyers, of a hundred that are spread evenly: 64 give an AUC of more than 0.9, 80 one of more than 0.95. */
  const richer = (by: number) => bought.map((isBuyer, lead) => String(((lead * 37) % 100) + (isBuyer ? by : 0)));
  const [honest, health] = [richer(64), richer(80)];
  async function judged(score: string) {
    const csv = writeTable({
      header: [...table.header, 'Honest score', 'Health score'],
      rows: table.rows.map((row, lead) => [...row, honest[lead]!, health[lead]!]),
    });
    const { out } = await runCli(['backtest', '--csv', csv, '--outcome', 'Bought', '--score', score, '--json']);
    const { auc, warnings } = told.parse(JSON.parse(out));
    return { auc, leaks: warnings.filter((text) => /too good|alone tells/.test(text)) };
  }

  test('are believed up to what several signs together can tell, be it alone or beside another', async () => {
    const { auc, leaks } = await judged('Honest score');
    expect(auc).toBeGreaterThan(0.91);
    expect(auc).toBeLessThan(0.94);
    expect(leaks).toEqual([]);
    expect((await judged('Points,Honest score')).leaks).toEqual([]);
  });

  test('are doubted beyond that, and of several the one is named that likely knows who bought', async () => {
    expect((await judged('Health score')).leaks).toEqual([expect.stringMatching(/^An AUC of 0\.9\d+ is too good/)]);
    const { leaks } = await judged('Points,Health score');
    expect(leaks.filter((text) => text.includes('Leave it out'))).toEqual([
      expect.stringMatching(/^"Health score" alone tells .* Leave it out of the points\.$/),
    ]);
  });
});

test('what cannot be used is said, with what to do', async () => {
  const csv = ['backtest', '--csv', writeTable(table), '--outcome', 'Bought'];
  const errorOf = async (...args: string[]) => {
    const { code, err } = await runCli(args);
    expect(code).toBe(2);
    return err;
  };
  expect(await errorOf(...csv)).toContain('--score Points');
  expect(await errorOf(...csv, '--score', 'Pionts')).toContain('did you mean "Points"?');
  expect(await errorOf(...csv, '--score', 'Country')).toContain('the score "Country" holds no numbers');
  expect(await errorOf(...csv, '--score', 'Points', '--model', 'platform')).toContain('--model FILE');
  expect(await errorOf(...csv, '--score', 'Points', '--ignore', 'Stage')).toContain(
    'or of the columns that --score adds up',
  );
});
