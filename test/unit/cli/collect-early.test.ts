import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { HEAP_FLAGS } from '../../../src/cli/collect-early.ts';

const MODULE = new URL('../../../src/cli/collect-early.ts', import.meta.url).href;
const MB = 1_000_000;

/** Keeps more and more, and all the while makes and drops what lasts just long enough to get old. In bytes: what it keeps, and the most that its heap ever held. */
const CHURN = `
const kept = [];
let waiting = [];
const tell = [];
const made = () => new Array(100).fill(kept.length);
for (const wanted of [20, 60]) {
  while (kept.length < wanted * 1000) kept.push(made());
  globalThis.gc();
  const keeps = process.memoryUsage().heapUsed;
  let most = 0;
  for (let turn = 0; turn < 20; turn += 1) {
    waiting = Array.from({ length: 20_000 }, made);
    most = Math.max(most, process.memoryUsage().heapUsed);
  }
  waiting = [];
  tell.push({ keeps, most });
}
console.log(JSON.stringify({ tell, limit: (await import('node:v8')).getHeapStatistics().heap_size_limit }));
`;

const churnSchema = z.object({
  tell: z.tuple([z.object({ keeps: z.number(), most: z.number() }), z.object({ keeps: z.number(), most: z.number() })]),
  limit: z.number(),
});

async function churn(flags: readonly string[], before = '') {
  const args = ['--expose-gc', ...flags, '--input-type=module', '--eval', `${before}${CHURN}`];
  return churnSchema.parse(JSON.parse((await promisify(execFile)(process.execPath, args)).stdout));
}

test('the heap stays near to what lives in it, grows as that grows, and has the limit that it would have', {
  timeout: 120_000,
}, async () => {
  const [left, early, flagged] = await Promise.all([
    churn([]),
    churn([HEAP_FLAGS[0]], `import { collectEarly } from '${MODULE}'; collectEarly();`),
    churn(HEAP_FLAGS),
  ]);
  // V8 as it is would not hold the promise.
  expect(left.tell[1].most).toBeGreaterThan(flagged.tell[1].most);
  for (const { tell, limit } of [early, flagged]) {
    expect(limit).toBeGreaterThan(0.9 * left.limit);
    for (const { keeps, most } of tell) expect(most).toBeLessThan(1.5 * keeps + 80 * MB);
  }
});

test('the commands and the image start leadgauge so', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));
  const starts = Object.values(scripts).filter((script) => script.includes('src/cli/main.ts'));
  expect(starts).not.toHaveLength(0);
  for (const script of starts) expect(script).toContain(`node ${HEAP_FLAGS[0]} `);
  expect(readFileSync('Dockerfile', 'utf8')).toContain(`ENTRYPOINT ["node", "${HEAP_FLAGS[0]}", "src/cli/main.ts"]`);
});
