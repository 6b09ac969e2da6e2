import type { z } from 'zod';
import { ConfigError, type ConfigProblem, type Position } from '../base/errors.ts';
import { checkSchema } from './schema-problems.ts';
import type { Path } from './yaml-locate.ts';
import { readText } from './yaml-source.ts';
import { parseYaml } from './yaml-syntax.ts';

/** What a config file says, and where it says it. */
export interface YamlFile<T> {
  readonly file: string;
  readonly value: T;
  /** Where the value at a path is, or the nearest thing above it that is there: for problems found later. */
  locate(path: Path): Position;
  /** Where the key at a path is. */
  locateKey(path: Path): Position;
}

/** Reads a YAML file that must fit the schema. @throws ConfigError with every problem, in the order of the file. */
export function readYaml<S extends z.ZodType>(file: string, schema: S): YamlFile<z.output<S>> {
  return checkYaml(readText(file), file, schema);
}

/** The same for a text that was read already; `file` is what messages call it. */
export function checkYaml<S extends z.ZodType>(text: string, file: string, schema: S): YamlFile<z.output<S>> {
  const { value, locate, problems } = parseYaml(text, file);
  if (value === undefined) throw new ConfigError(problems);
  const checked = checkSchema(schema, value ?? {});
  // Where every key may be left out, they may all be.
  if (value === null && 'problems' in checked) {
    throw new ConfigError([{ file, line: 1, column: 1, message: 'the file is empty' }]);
  }
  if ('value' in checked && problems.length === 0) {
    return { file, value: checked.value, locate: locate.value, locateKey: locate.key };
  }
  const { problems: found, left } = 'problems' in checked ? checked : { problems: [], left: 0 };
  const placed = found.slice(0, MOST_PROBLEMS).map(
    ({ path, atKey, message }): ConfigProblem => ({
      ...(atKey ? locate.key(path) : locate.value(path)),
      message,
    }),
  );
  // What looks otherwise than it is read mostly does not fit either: one slip, one message.
  const others = placed.filter((one) => !problems.some((slip) => slip.line === one.line && slip.column === one.column));
  throw new ConfigError(shortened(inOrder([...problems, ...others]), found.length - placed.length + left));
}

/** Nobody reads more at once, and to find the places of thousands takes time. */
const MOST_PROBLEMS = 50;

function shortened(problems: readonly ConfigProblem[], left: number): readonly ConfigProblem[] {
  const shown = problems.slice(0, MOST_PROBLEMS);
  const more = problems.length - shown.length + left;
  const last = shown.at(-1);
  if (more === 0 || last === undefined) return shown;
  return [...shown.slice(0, -1), { ...last, message: `${last.message}; and ${more} more in this file` }];
}

/** Problems by file, line and column, each once. */
export function inOrder(problems: readonly ConfigProblem[]): ConfigProblem[] {
  const seen = new Set<string>();
  return problems
    .filter((problem) => {
      const text = JSON.stringify([problem.file, problem.line, problem.column, problem.message]);
      return !seen.has(text) && seen.add(text);
    })
    .sort(
      (a, b) =>
        byText(a.file ?? '', b.file ?? '') || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
    );
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
