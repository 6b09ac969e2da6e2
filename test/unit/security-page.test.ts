import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { titled } from '../support/titled.ts';

/** The tables of threats: the others say which limits and rights there are. */
const ROWS = readFileSync('docs/security.md', 'utf8')
  .split(/^(?=\| what somebody tries )/m)
  .slice(1)
  .flatMap((table) => (table.split(/\n\n/)[0] ?? '').split('\n').slice(2));

/** What the last column of each row names: a file, and a test in it, where `…` stands for anything. */
const PROOFS = ROWS.map((line) => {
  const [, file = '', name = ''] = /\| `(test\/\S+\.test\.ts)`: (.+?) \|$/.exec(line) ?? [];
  return { line, file, name };
});

describe('the page on security', () => {
  it('has a proof in every row', () => {
    expect(PROOFS.filter(({ name }) => name === '').map(({ line }) => line)).toEqual([]);
    expect(PROOFS.length).toBeGreaterThan(40);
  });

  test.each(PROOFS)('names a test that is there: $name', ({ file, name }) => {
    expect(existsSync(file), file).toBe(true);
    expect(readFileSync(file, 'utf8')).toMatch(titled(name));
  });

  it('tells the limits of the receiver as they are', async () => {
    const { SERVER_LIMITS } = await import('../../src/webhooks/guarded-server.ts');
    const page = readFileSync('docs/security.md', 'utf8');
    const { headers, request, idle, connections } = SERVER_LIMITS;
    for (const told of [
      `| headers | within ${headers / 1_000} s`,
      `| a whole request | within ${request / 1_000} s`,
      `| between two requests on a connection | ${idle / 1_000} s`,
      `| connections at a time | ${connections} |`,
    ])
      expect(page).toContain(told);
  });
});
