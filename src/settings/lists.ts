import { basename, join } from 'node:path';
import { ConfigError } from '../base/errors.ts';
import { type Lists, listLineProblem, parseList } from '../leads/lists.ts';
import { namesIn } from './folder.ts';
import { readText } from './yaml-source.ts';

/** A list of target accounts may be long. */
const LARGEST_MB = 10;

/** Every `.txt` of the folder. @throws ConfigError for lines that can never match, each with its place. */
export function readLists(dir: string): Lists {
  return new Map(namesIn(dir, /\.txt$/).map((name) => [basename(name, '.txt'), readList(join(dir, name))]));
}

function readList(file: string): ReadonlySet<string> {
  const text = readText(file, LARGEST_MB);
  const problems = text.split(/\r?\n/).flatMap((line, index) => {
    const message = listLineProblem(line);
    return message === undefined ? [] : [{ file, line: index + 1, column: 1, message }];
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return parseList(text);
}
