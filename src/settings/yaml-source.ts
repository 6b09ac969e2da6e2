import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { ConfigError } from '../base/errors.ts';

const MB = 1024 * 1024;

/** The text of a file of config, in UTF-8 and not too large. @throws ConfigError naming the file and what to do. */
export function readText(file: string, mostMb = 1): string {
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
      const message = `the file has ${Math.ceil(size / MB)} MB, more than the ${mostMb} MB that it may have. Is it the right file?`;
      throw new ConfigError([{ file, message }]);
    }
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}

function decode(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigError([{ file, message: 'the file is not UTF-8 text: save it as UTF-8 in your editor' }]);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file: create it, or name the folder that has it with LEADGAUGE_CONFIG',
  EISDIR: 'this is a folder, not a file',
  EACCES: 'the file may not be read: give the user that runs leadgauge permission to read it',
};

function unreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return REASONS[code] ?? `the file cannot be read (${code})`;
}
