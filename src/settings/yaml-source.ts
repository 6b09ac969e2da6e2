import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { ConfigError, type Position } from '../base/errors.ts';

const KB = 1024;
const MB = 1024 * KB;

/** A file of YAML that people write is a tenth of this; to say what is wrong with one of many megabytes would take minutes. */
const MOST_YAML_MB = 0.25;

/** The text of a file of config, in UTF-8 and not too large. @throws ConfigError naming the file, the place and what to do. */
export function readText(file: string, mostMb = MOST_YAML_MB): string {
  try {
    return decode(readBytes(file, mostMb), file);
  } catch (error) {
    throw error instanceof ConfigError ? error : new ConfigError([{ file, message: unreadable(error) }]);
  }
}

function readBytes(file: string, mostMb: number): Buffer {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    if (size > mostMb * MB) {
      const message = `the file has ${sizeText(size)}, more than the ${sizeText(mostMb * MB)} that it may have. Is it the right file?`;
      throw new ConfigError([{ file, line: 1, column: 1, message }]);
    }
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}

function sizeText(bytes: number): string {
  return bytes < MB ? `${Math.ceil(bytes / KB)} kB` : `${Math.ceil(bytes / MB)} MB`;
}

function decode(bytes: Buffer, file: string): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new ConfigError([
      { file, line: 1, column: 1, message: 'the file is UTF-16 text: save it as UTF-8 in your editor' },
    ]);
  }
  const text = new TextDecoder('utf-8').decode(bytes);
  const strange = NO_TEXT.exec(text);
  if (strange !== null) {
    throw new ConfigError([
      {
        ...placeOf(text, strange.index, file),
        message: 'a character stands here that no text has: is it the right file, and saved as UTF-8?',
      },
    ]);
  }
  if (isUtf8(bytes)) return text;
  throw new ConfigError([
    {
      ...placeOf(text, text.indexOf(REPLACED), file),
      message: 'the file is not UTF-8 text: save it as UTF-8 in your editor',
    },
  ]);
}

/** Bytes below the blank that no text has. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const NO_TEXT = /[\u0000-\u0008\u000E-\u001F]/;
/** Stands in decoded text where the bytes were no UTF-8. */
const REPLACED = '\uFFFD';

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function placeOf(text: string, offset: number, file: string): Position {
  const before = text.slice(0, Math.max(offset, 0)).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** What is said of a file of config that must be there and is not. */
export const MISSING_FILE = 'there is no such file: create it, or name the folder that has it with LEADGAUGE_CONFIG';

const REASONS: Readonly<Record<string, string>> = {
  // Files of config were looked for before they are read: this one was named by whoever asked.
  ENOENT: 'there is no such file: check its path; a relative one begins in the folder where the command runs',
  EISDIR: 'this is a folder, not a file',
  EACCES: 'the file may not be read: give the user that runs leadgauge permission to read it',
};

function unreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return REASONS[code] ?? `the file cannot be read (${code})`;
}
