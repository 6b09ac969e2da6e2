import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { askedFor, wholeNumber } from '../support/asked-for.ts';

const USAGE = `usage: npm run test:fuzz -- [--runs N] [--seed N] [FILE...]

  --runs N  how many cases of each property; 1,000 unless told
  --seed N  which cases; others each time unless told
  FILE...   these tests alone; all of test/fuzz unless told
`;

process.exitCode = await fuzz(process.argv.slice(2));

/** Tries more cases than the suite that runs all the time, and other ones each time. Exit codes: vitest's own, 2 wrong arguments. */
async function fuzz(argv: readonly string[]): Promise<number> {
  const asked = askedFor(argv, USAGE, readOptions);
  if (typeof asked === 'number') return asked;
  const { runs, seed, files } = asked;
  process.stderr.write(`${runs} cases of each property, to be found again with --seed ${seed}\n`);
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...files], {
    stdio: 'inherit',
    env: { ...process.env, LEADGAUGE_FUZZ_RUNS: runs, LEADGAUGE_FUZZ_SEED: seed },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const [code]: unknown[] = await once(child, 'exit');
  return typeof code === 'number' ? code : 130;
}

function readOptions(args: string[]) {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { runs: text, seed: text } });
  const { runs = '1000', seed = String(Math.floor(Math.random() * 2 ** 31)) } = values;
  return {
    runs: String(wholeNumber('--runs', runs, 9_999_999)),
    seed: String(wholeNumber('--seed', seed, 9_999_999_999, 0)),
    files: positionals.length > 0 ? positionals : ['test/fuzz'],
  };
}
