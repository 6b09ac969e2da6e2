import { readdirSync, statSync } from 'node:fs';

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The names of the files in a folder that fit, sorted; none where there is no such folder. */
export function namesIn(dir: string, pattern: RegExp): string[] {
  return isFolder(dir)
    ? readdirSync(dir)
        .filter((name) => pattern.test(name))
        .sort()
    : [];
}
