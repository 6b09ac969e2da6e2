import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { kindOf } from '../../src/analysis/table/column-kind.ts';
import { readOutcomes } from '../../src/analysis/table/outcome.ts';
import { readTable } from '../../src/analysis/table/table.ts';
import { delimiterOf } from '../../src/base/delimiter.ts';
import { ConfigError, RetryableError } from '../../src/base/errors.ts';
import { dateOfDay } from '../../src/base/local-time.ts';
import { csvLine, parseCsv } from '../../src/crm/salesforce/api/csv.ts';
import { fuzz, fuzzAsync } from '../support/fuzz.ts';
import { INHERITED, mangled, oddText } from '../support/odd-texts.ts';

const WORDS = [
  ...[',', ';', '\t', '"', '""', '\n', '\r\n', '\r', ' ', '=', "'", '\ufeff', '#', '\\', '|', '\u0000'],
  ...[
    'id',
    'email',
    'Job title',
    'country',
    'created_at',
    'lead',
    'type',
    'at',
    'form',
    'minutes',
    'count',
    ...INHERITED,
  ],
  ...[
    'page-view',
    'form-submission',
    'demo-request',
    '2026-03-31',
    '31/03/2026',
    '31.03.2026 09:30',
    '1',
    '0',
    'yes',
    '1e999',
    '11-50',
  ],
];

const folder = mkdtempSync(join(tmpdir(), 'leadgauge-fuzz-tables-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe('a table to learn from', () => {
  const TABLE = `Lead,Job title,Created,Employees,Converted
1,VP of Sales,31/03/2026,11-50,1
2,"Data, Chief",01/02/2026,200,0
3,Student,2026-03-01 09:30,,yes
`;

  async function expectTable(file: string): Promise<void> {
    const read = async () => {
      try {
        return await readTable(file);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        return error.problems;
      }
    };
    const table = await read();
    if ('rows' in table) {
      for (const column of table.columns) {
        expect(column.codes.length).toBe(table.rows);
        expect(typeof kindOf(column)).toBe('string');
        // What is a time can be written as one.
        for (const time of column.times ?? []) if (!Number.isNaN(time)) dateOfDay(Math.floor(time / 86_400_000));
        try {
          readOutcomes(column, file);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }
      expect(new Set(table.columns.map(({ field }) => field)).size).toBe(table.columns.length);
    }
    expect(await read()).toEqual(table);
  }

  test('with parts of it taken out, doubled or replaced is read, or refused', async () => {
    const texts = mangled(fc.constant(TABLE), fc.oneof(fc.constantFrom(...WORDS), oddText(WORDS, 60)));
    await fuzzAsync(texts, (text) => expectTable(write('table.csv', text)));
  });

  test('of any text or bytes is read, or refused', async () => {
    await fuzzAsync(oddText(WORDS), (text) => expectTable(write('table.csv', `a,b\n${text}`)));
    await fuzzAsync(fc.uint8Array({ maxLength: 300 }), (bytes) => expectTable(write('table.csv', bytes)));
  });

  test('has its cells parted by one of three signs', () => {
    fuzz(oddText([...WORDS]), (text) => expect([',', ';', '\t']).toContain(delimiterOf(text)));
  });
});

describe('the CSV of Salesforce', () => {
  const rowsOf = async (text: string) => {
    const rows: Record<string, string>[] = [];
    for await (const row of parseCsv(text)) rows.push(row);
    return rows;
  };

  test('that we write is read as it was written', async () => {
    const names = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), {
      minLength: 1,
      maxLength: 5,
    });
    const table = names.chain((columns) =>
      fc.tuple(
        fc.constant(columns),
        fc.array(
          fc.array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'grapheme' })), {
            minLength: columns.length,
            maxLength: columns.length,
          }),
        ),
      ),
    );
    await fuzzAsync(table, async ([columns, lines]) => {
      const text = [columns, ...lines].map(csvLine).join('');
      const rows = await rowsOf(text);
      const first = (columns[0] ?? '').startsWith('\ufeff');
      if (!first) expect(rows.map((row) => columns.map((name) => row[name]))).toEqual(lines);
    });
  });

  test('cut off or broken asks to be fetched again', async () => {
    const whole = csvLine(['Id', 'Name', 'Account.Name']) + csvLine(['1', 'a "b"\nc', 'Müller, Söhne']).repeat(20);
    const texts = fc.oneof(mangled(fc.constant(whole), fc.constantFrom(...WORDS)), oddText(WORDS));
    await fuzzAsync(texts, async (text) => {
      const answer = await rowsOf(text).catch((error: unknown) => error);
      if (!Array.isArray(answer)) expect(answer).toBeInstanceOf(RetryableError);
    });
  });
});
