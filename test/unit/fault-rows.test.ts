import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { ROWS } from '../faults/rows.ts';
import { titleLike } from '../support/titled.ts';

const PROOFS = ROWS.flatMap(({ number, proofs }) => proofs.map(([file, title]) => ({ number, file, title })));

describe('the table of faults', () => {
  it('has every row once, in order, and each has a proof', () => {
    expect(ROWS.map(({ number }) => number)).toEqual(Array.from({ length: 33 }, (_, index) => index + 1));
    expect(ROWS.filter(({ proofs }) => proofs.length === 0)).toEqual([]);
  });

  test.each(PROOFS)('names a test that is there for row $number: $title', ({ file, title }) => {
    expect(existsSync(file), file).toBe(true);
    const titles = titlesIn(readFileSync(file, 'utf8'));
    // What a test is called with is told by `%s` and the like, here by what stands there or by `…`.
    expect(titles.filter((each) => titleLike(each).test(title) || titleLike(title).test(each))).not.toEqual([]);
  });
});

/** First arguments of calls that are texts, with `…` for what is put into them; without those of which nothing else is there. */
function titlesIn(source: string): string[] {
  return [...source.matchAll(/\(\s*(['"`])((?:\\.|(?!\1)[^\\\n])+)\1/g)]
    .map(([, , text = '']) => text.replace(/\$\{[^}]*\}|%\w/g, '…').replace(/\\(.)/g, '$1'))
    .filter((title) => title !== '…');
}
