import { expect, test } from 'vitest';
import { sandboxFlags, sayWhereTooLarge } from './sandbox-flags.ts';

const GB = 1e9;

function saidOf(leads: number, free: number): string[] {
  const said: string[] = [];
  sayWhereTooLarge(leads, (text) => void said.push(text), free);
  return said;
}

test('a small machine hears that a million leads may not fit, and what they take; a large one hears nothing', () => {
  expect(saidOf(1_000_000, 8 * GB)).toEqual([
    '1000000 leads take about 13.0 GB of memory, and 8.0 GB are free: this may fail',
  ]);
  expect(saidOf(1_000_000, 16 * GB)).toEqual([]);
  expect(saidOf(20_000, 2 * GB)).toEqual([]);
});

test('a sandbox may have the heap for its leads, and never less than Node gives', () => {
  expect(sandboxFlags(20_000)).toContain('--max-old-space-size=4096');
  expect(sandboxFlags(1_000_000)).toContain('--max-old-space-size=8584');
});
