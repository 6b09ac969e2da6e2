import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type ComparedLead, isChanged, valueAfter } from '../analysis/compared-lead.ts';
import { heldGrade, heldLines } from '../analysis/held-text.ts';
import { ConfigError } from '../base/errors.ts';

/** Finds out before a long work whether its result can be kept. @throws ConfigError where it cannot. */
export function requireWritable(file: string): void {
  const folder = dirname(file);
  if (!existsSync(folder)) throw new ConfigError(`${file} cannot be written: there is no folder ${folder}`);
  if (!statSync(folder).isDirectory()) throw new ConfigError(`${file} cannot be written: ${folder} is no folder`);
  if (existsSync(file) && statSync(file).isDirectory()) throw new ConfigError(`${file} is a folder: name a file in it`);
  try {
    accessSync(existsSync(file) ? file : folder, constants.W_OK);
  } catch {
    throw new ConfigError(`${file} cannot be written: this user may not write there`);
  }
}

/** A list of the leads that change, which grows line by line and is there under its name once it is whole. */
export interface PlanFile {
  add(id: string, model: string, lead: ComparedLead): void;
  finish(): void;
  discard(): void;
}

/** @throws ConfigError where the file cannot be written. */
export function openPlanFile(file: string, severalModels: boolean): PlanFile {
  requireWritable(file);
  const part = `${file}.part`;
  requireWritable(part);
  const handle = openSync(part, 'w');
  const write = (cells: readonly (string | number)[]) => writeSync(handle, `${cells.map(cell).join(',')}\n`);
  write(['id', ...(severalModels ? ['model'] : []), ...COLUMNS.flatMap((key) => [`${key}_now`, `${key}_then`])]);
  return {
    add(id, model, lead) {
      if (!isChanged(lead)) return;
      const values = COLUMNS.flatMap((key) => [shown(key, lead.before[key]), shown(key, valueAfter(lead, key))]);
      write([id, ...(severalModels ? [model] : []), ...values]);
    },
    finish() {
      closeSync(handle);
      renameSync(part, file);
    },
    discard() {
      closeSync(handle);
      rmSync(part, { force: true });
    },
  };
}

const COLUMNS = ['score', 'fit', 'engagement', 'grade', 'mql', 'disqualified'] as const;

/** As the CRM holds it, unless a person wrote it there. */
function shown(key: (typeof COLUMNS)[number], value: string | number | boolean | undefined): string {
  if (value === undefined) return '';
  const text = String(value);
  return key === 'grade' ? heldGrade(text) : key === 'disqualified' ? heldLines(text) : text;
}

/** Quoted where it must be; what a spreadsheet would take for a formula is made text, since people write into these properties too. */
function cell(value: string | number): string {
  const text = String(value);
  const safe = /^[=+@＝＋－＠\t\r\n]/.test(text) || /^-(?!\d+$)/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
