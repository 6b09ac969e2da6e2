import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { plantedTable, writeTable } from '../support/lead-table.ts';
import { copyConfig, runCli, tempFolder } from '../support/run-cli.ts';

const LEADS = 1_200;
const table = plantedTable(LEADS);

const told = z.object({
  leads: z.number(),
  buyers: z.number(),
  auc: z.number(),
  aucLow: z.number(),
  aucHigh: z.number(),
  warnings: z.array(z.string()),
  gates: z.object({
    fit: z.number(),
    engagement: z.number(),
    shareOfBuyers: z.number(),
    leadsPerWeek: z.number().optional(),
  }),
  criteria: z.array(z.object({ id: z.string(), name: z.string(), source: z.string(), points: z.int() })),
  model: z.string(),
});

async function suggested(file: string, ...more: string[]) {
  const { code, out, err } = await runCli(['suggest', '--csv', file, '--outcome', 'Bought', '--json', ...more]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return told.parse(JSON.parse(out));
}

describe('from a table of leads and who bought', () => {
  test('what was planted is suggested with its sign and weight, and nothing that means nothing', async () => {
    const { leads, buyers, auc, aucLow, aucHigh, warnings, criteria } = await suggested(
      writeTable(table),
      '--ignore',
      'Stage,points',
    );
    expect({ leads, buyers, warnings }).toEqual({ leads: LEADS, buyers: buyersIn(table.rows), warnings: [] });
    expect(new Set(criteria.map(({ source }) => source))).toEqual(new Set(['Lead Source', 'Page Views']));
    const pointsOf = (name: string) => criteria.find((one) => one.name === name)?.points ?? 0;
    // A log odds of 2 is 29 points.
    expect(pointsOf('Lead Source is Referral')).toBeGreaterThan(20);
    expect(pointsOf('Lead Source is Cold list')).toBeLessThan(-15);
    const pages = criteria.filter(({ source }) => source === 'Page Views').map(({ points }) => Math.abs(points));
    expect(pages.reduce((sum, points) => sum + points, 0)).toBeGreaterThan(20);
    // The rule itself has one of about 0.82.
    expect(auc).toBeGreaterThan(0.75);
    expect(auc).toBeLessThan(0.87);
    expect(aucLow).toBeLessThan(auc);
    expect(aucHigh).toBeGreaterThan(auc);
  });

  test('a column that is filled in with the outcome is named, with what to do about it', async () => {
    const { warnings, auc } = await suggested(writeTable(table));
    expect(warnings.join('\n')).toMatch(/"Stage" .*--ignore "Stage"/);
    expect(auc).toBeGreaterThan(0.95);
    expect(warnings.join('\n')).toContain('too good to be true');
  });

  test('the same table gives the same suggestion, whatever parts its cells', async () => {
    const [one, other] = await Promise.all([
      suggested(writeTable(table, ';'), '--ignore', 'Stage,Points'),
      suggested(writeTable(table), '--ignore', 'Stage', '--ignore', 'Points'),
    ]);
    expect(other).toEqual(one);
  });

  test('gates follow from what sales can take, where it is known when leads came', async () => {
    const { gates } = await suggested(
      writeTable(table),
      '--ignore',
      'St*,Po*',
      '--date',
      'created',
      '--leads-per-week',
      '5',
    );
    expect(gates.leadsPerWeek).toBeLessThanOrEqual(5);
    expect(gates.leadsPerWeek).toBeGreaterThan(0);
  });

  test('gates follow from how many buyers are to be caught', async () => {
    const { gates } = await suggested(writeTable(table), '--ignore', 'Stage,Points', '--catch', '60%');
    expect(gates.shareOfBuyers).toBeGreaterThanOrEqual(0.6);
    const { gates: wide } = await suggested(writeTable(table), '--ignore', 'Stage,Points', '--catch', '99%');
    expect(wide.shareOfBuyers).toBeGreaterThanOrEqual(0.99);
  });

  test('is told to people with what to do next, and written as a model that scores the same leads', async () => {
    const out = join(tempFolder(), 'courses.yaml');
    const file = writeTable(table);
    const run = await runCli([
      'suggest',
      '--csv',
      file,
      '--outcome',
      'bought',
      '--ignore',
      'Stage,Points',
      '--out',
      out,
    ]);
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/^1,200 leads, of which \d+ bought: \d+%$/m);
    expect(run.out).toMatch(/^AUC 0\.\d{3} \(0\.\d{3} to 0\.\d{3}\), 10-fold cross-validated:/m);
    expect(run.out).toMatch(/Lead Source is Referral +\+\d\d +\(\d+ to \d+\) +\d+ +\d+%/);
    expect(run.out).toMatch(/lead_source/);
    expect(readFileSync(out, 'utf8')).toMatch(/^# Suggested by leadgauge from 1,200 leads/);

    const config = copyConfig();
    const hubspot = join(config, 'hubspot.yaml');
    const fields = 'fields:\n  lead_source: lead_source\n  page_views: page_views\n';
    writeFileSync(hubspot, readFileSync(hubspot, 'utf8').replace('fields:\n', fields));
    const { header, rows } = table;
    const kept = [header.indexOf('Lead Source'), header.indexOf('Page Views')];
    const slim = {
      header: kept.map((place) => header[place]!),
      rows: rows.slice(0, 50).map((row) => kept.map((place) => row[place]!)),
    };
    const scored = await runCli(['score', '--lead', writeTable(slim), '--model', out, '--json'], {
      LEADGAUGE_CONFIG: config,
    });
    expect(scored.code).toBe(0);
    const scores = z.array(z.object({ score: z.number() })).parse(JSON.parse(scored.out));
    const meanOf = (holds: (row: readonly string[]) => boolean) => {
      const own = scores.filter((_, lead) => holds(slim.rows[lead]!));
      return own.reduce((sum, { score }) => sum + score, 0) / own.length;
    };
    expect(meanOf(([source]) => source === 'Referral')).toBeGreaterThan(
      meanOf(([source]) => source === 'Cold list') + 20,
    );
  });
});

describe('what cannot be used is said, with what to do', () => {
  const fails = async (...args: string[]) => {
    const { code, out, err } = await runCli(['suggest', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    return err;
  };

  test('no table, no outcome, a column that is not there', async () => {
    const file = writeTable(table);
    // Without a table it is the CRM's own history that is asked for.
    expect(await fails('--outcome', 'Bought')).toContain('with --csv, which names a table, it is a column');
    expect(await fails('--csv', file)).toContain('--outcome Converted');
    expect(await fails('--csv', file, '--outcome', 'Baught')).toContain(
      'there is no column "Baught": did you mean "Bought"?',
    );
    expect(await fails('--csv', 'nowhere.csv', '--outcome', 'Bought')).toBe('nowhere.csv: there is no such file');
  });

  test('an outcome that is neither yes nor no, naming what it is', async () => {
    expect(await fails('--csv', writeTable(table), '--outcome', 'Country')).toMatch(
      /the outcome "Country" must be 1 or 0, yes or no, or true or false \(empty where nobody knows yet\), and holds "(Germany|France|Spain|Italy|Select)", /,
    );
  });

  test('too few buyers', async () => {
    const few = { ...table, rows: table.rows.slice(0, 80) };
    expect(await fails('--csv', writeTable(few), '--outcome', 'Bought')).toContain('50 are needed');
  });

  test('both ways to set the gates at once, leads a week without dates, and a file that is there', async () => {
    const file = ['--csv', writeTable(table), '--outcome', 'Bought'];
    expect(await fails(...file, '--catch', '0.5', '--leads-per-week', '5', '--date', 'Created')).toContain(
      'give one of them',
    );
    expect(await fails(...file, '--leads-per-week', '5')).toContain('--date Created');
    expect(await fails(...file, '--leads-per-week', '5', '--date', 'Country')).toContain('holds no dates');
    expect(await fails(...file, '--out', writeTable(table))).toContain('already');
  });
});

function buyersIn(rows: readonly (readonly string[])[]): number {
  return rows.filter((row) => row.at(-1) === 'yes').length;
}
