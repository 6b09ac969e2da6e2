import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ConfigError, messageOf } from '../base/errors.ts';
import { lineDiff } from './line-diff.ts';
import type { ProjectFile, SharedFile, WrittenFile } from './project.ts';

/** What writing the project would do to one of its files. */
export interface FilePlan {
  readonly path: string;
  readonly state: 'new' | 'changed' | 'same';
  /** Of a changed file: the lines that go (`- `) and come (`+ `). */
  readonly diff: readonly string[];
  /** The whole file, as it would be. */
  readonly text: string;
}

/**
 * Holds the project against what is in the folder. What people wrote into a file that is shared with them stays, but for what follows
 * from config.
 * @throws ConfigError where the folder holds what cannot be read.
 */
export function planProjectFiles(folder: string, files: readonly ProjectFile[]): FilePlan[] {
  return files.map((file) => ('ours' in file ? planShared(folder, file) : planWritten(folder, file)));
}

function planWritten(folder: string, { path, content: text }: WrittenFile): FilePlan {
  const before = readText(join(folder, path))?.replaceAll('\r\n', '\n');
  if (before === undefined) return { path, state: 'new', diff: [], text };
  if (before === text) return { path, state: 'same', diff: [], text };
  return { path, state: 'changed', diff: lineDiff(before, text), text };
}

function planShared(folder: string, { path, content, ours }: SharedFile): FilePlan {
  const before = readText(join(folder, path));
  if (before === undefined) return { path, state: 'new', diff: [], text: pretty(content) };
  const there = parse(join(folder, path), before);
  const merged = layOver(there, ours);
  // A file that means the same is left as somebody formatted it.
  if (JSON.stringify(merged) === JSON.stringify(there)) return { path, state: 'same', diff: [], text: before };
  return { path, state: 'changed', diff: lineDiff(pretty(there), pretty(merged)), text: pretty(merged) };
}

/** @throws ConfigError where the folder cannot be written to. */
export function writeProjectFiles(folder: string, plans: readonly FilePlan[]): void {
  for (const { path, text } of plans.filter(({ state }) => state !== 'same')) {
    const file = join(folder, path);
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    } catch (error) {
      throw new ConfigError(
        `${file} cannot be written (${codeOf(error)}): name another folder, as in --project my-folder`,
      );
    }
  }
}

/** Undefined where there is none. @throws ConfigError where it cannot be read. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new ConfigError(`${file} cannot be read (${codeOf(error)}): name another folder, as in --project my-folder`);
  }
}

const jsonObject = z.record(z.string(), z.unknown());
export type JsonObject = z.output<typeof jsonObject>;

/** Undefined where there is none. @throws ConfigError where it is no JSON object. */
export function readJsonObject(file: string): JsonObject | undefined {
  const text = readText(file);
  return text === undefined ? undefined : parse(file, text);
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : messageOf(error));

const pretty = (content: object) => `${JSON.stringify(content, undefined, 2)}\n`;

function parse(file: string, text: string): JsonObject {
  try {
    return jsonObject.parse(JSON.parse(text));
  } catch {
    throw new ConfigError(`${file} is not a JSON object: mend it, or delete it to have it written anew`);
  }
}

/** Keys of `over` win, objects are joined, and everything else stays where it is. */
function layOver(there: JsonObject, over: object): JsonObject {
  const result = { ...there };
  for (const [key, value] of Object.entries(jsonObject.parse(over))) {
    const [inner, outer] = [jsonObject.safeParse(there[key]), jsonObject.safeParse(value)];
    result[key] = inner.success && outer.success ? layOver(inner.data, outer.data) : value;
  }
  return result;
}
