import { table } from './print.ts';

/** Rows of which the first cell is text and all others are figures, which stand under each other by their ends. */
export function figureTable(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, place) => Math.max(...rows.map((row) => row[place]?.length ?? 0))) ?? [];
  return table(rows.map((row) => row.map((cell, place) => (place === 0 ? cell : cell.padStart(widths[place] ?? 0)))));
}

const LABEL = 42;
const END = 24;

/** A label that leaves room for figures beside it. What parts two labels stands mostly at their ends, so it is cut before. */
export function shortLabel(label: string): string {
  return label.length <= LABEL ? label : `${label.slice(0, LABEL - END - 1).trimEnd()}…${label.slice(-END)}`;
}
