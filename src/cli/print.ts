import { styleText } from 'node:util';
import type { Finding } from '../crm/crm.ts';
import type { Io } from './io.ts';

type Style = Parameters<typeof styleText>[0];

/** Coloured where a person watches, plain everywhere else. */
export function paint(io: Pick<Io, 'colour'>, style: Style, text: string): string {
  return io.colour ? styleText(style, text, { validateStream: false }) : text;
}

/** One JSON document on standard output, for programs. */
export function printJson(io: Io, value: unknown): void {
  io.out(JSON.stringify(value, undefined, 2));
}

const MARKS = {
  ok: ['ok', 'green'],
  warning: ['! ', 'yellow'],
  problem: ['x ', 'red'],
} as const;

/** `ok contacts can be read`, on one line, folded to the width of a terminal where a person watches. */
export function findingText(io: Io, { level, message }: Finding): string {
  const [mark, style] = MARKS[level];
  return `${paint(io, style, mark)} ${io.terminal ? fold(message, 3).trimStart() : message}`;
}

const WIDTH = 80;

/** The text in lines of at most 80 characters, each indented; a longer word stays whole. */
export function fold(text: string, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => ' '.repeat(indent) + each).join('\n');
}

/** Columns as wide as what is in them, but for the last; the first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [place, cell] of row.entries()) widths[place] = Math.max(widths[place] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, place) => cell.padEnd(widths[place] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Such as `+18` and `-5`. */
export function signed(points: number): string {
  return points < 0 ? String(points) : `+${points}`;
}

/** `1 lead`, `5,000 leads`. */
export function counted(count: number, thing: string): string {
  return `${count.toLocaleString('en-US')} ${thing}${count === 1 ? '' : 's'}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Such as `2 Nov 2026, 09:30 UTC`: the same on every machine. */
export function timeText(time: number): string {
  const date = new Date(time);
  const clock = date.toISOString().slice(11, 16);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}, ${clock} UTC`;
}

/** For programs; undefined stays undefined, which JSON leaves out. */
export function isoTime(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
