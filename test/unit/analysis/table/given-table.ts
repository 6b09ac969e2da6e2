import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Column, readColumn } from '../../../../src/analysis/table/column.ts';
import { fieldOfColumn } from '../../../../src/leads/field-of-column.ts';

/** A file of these bytes, and its path. */
export function givenFile(content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'leadgauge-table-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'leads.csv');
  writeFileSync(file, content);
  return file;
}

/** A column of these cells. */
export function givenColumn(cells: readonly string[], name = 'Column'): Column {
  const reader = readColumn({ name, field: fieldOfColumn(name) ?? 'column' });
  for (const cell of cells) reader.add(cell);
  return reader.finish();
}

export const repeated = (count: number, cell: (place: number) => string | number): string[] =>
  Array.from({ length: count }, (_, place) => String(cell(place)));
