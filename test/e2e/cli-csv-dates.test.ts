import { expect, test } from 'vitest';
import { plantedTable, writeTable } from '../support/lead-table.ts';
import { runCli } from '../support/run-cli.ts';

const table = plantedTable(1_200, 4);
const created = table.header.indexOf('Created');

/** The table with its dates, which are `2025-01-06` and so on, written otherwise. */
function written(otherwise: (year: string, month: string, day: string) => string): string {
  const rows = table.rows.map((row) =>
    row.map((cell, place) => {
      const [year = '', month = '', day = ''] = cell.split('-');
      return place === created ? otherwise(year, month, day) : cell;
    }),
  );
  return writeTable({ ...table, rows });
}

const backtest = (file: string) =>
  runCli(['backtest', '--csv', file, '--outcome', 'Bought', '--score', 'Points', '--date', 'Created', '--json']);

test('dates of an export are understood with the day first, and with the month first', async () => {
  const plain = await backtest(writeTable(table));
  expect(JSON.parse(plain.out).probability.by).toBe('time');
  expect(await backtest(written((year, month, day) => `${day}/${month}/${year}`))).toEqual(plain);
  expect(await backtest(written((year, month, day) => `${Number(month)}/${Number(day)}/${year} 12:00 AM`))).toEqual(
    plain,
  );
});

test('dates of which nobody can tell the month are refused before anything is reckoned', async () => {
  const unclear = await backtest(written((year, month) => `${month}/05/${year}`));
  expect(unclear).toMatchObject({ code: 2, out: '' });
  expect(unclear.err).toContain('nobody can tell the day from the month');
  expect(unclear.err).toContain('write them as 2026-03-31');
});
