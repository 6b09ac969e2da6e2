import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { titled } from '../support/titled.ts';

const PAGE = readFileSync('docs/reliability.md', 'utf8');

/** What the last column of each row names: a file, and a test in it, where `…` stands for anything. */
const PROOFS = PAGE.split('\n')
  .filter((line) => /^\| (?!what goes wrong)/.test(line))
  .map((line) => [line, /\| `(test\/\S+\.test\.ts)`: (.+?) \|$/.exec(line)] as const)
  .map(([line, match]) => ({ line, file: match?.[1] ?? '', name: match?.[2] ?? '' }));

describe('the page on reliability', () => {
  it('has a proof in every row', () => {
    expect(PROOFS.filter(({ name }) => name === '').map(({ line }) => line)).toEqual([]);
    expect(PROOFS.length).toBeGreaterThan(40);
  });

  test.each(PROOFS)('names a test that is there: $name', ({ file, name }) => {
    expect(existsSync(file), file).toBe(true);
    expect(readFileSync(file, 'utf8')).toMatch(titled(name));
  });

  it('tells of every file of faults', () => {
    const named = new Set(PROOFS.map(({ file }) => file));
    expect(globSync('test/faults/*.test.ts').filter((file) => !named.has(file.replaceAll('\\', '/')))).toEqual([]);
  });
});
