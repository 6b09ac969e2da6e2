import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';

const USAGE = 'usage: npm run test:fuzz -- [--runs N] [--seed N] [FILE...]\n';

process.exitCode = await fuzz(process.argv.slice(2));

/** Tries more cases than the suite that runs all the time, and other ones each time. Exit codes: vitest's own, 2 wrong arguments. */
async function fuzz(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (options === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { runs, seed, files } = options;
  process.stderr.write(`${runs} cases of each property, to be found again with --seed ${seed}\n`);
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...files], {
    stdio: 'inherit',
    env: { ...process.env, LEADGAUGE_FUZZ_RUNS: runs, LEADGAUGE_FUZZ_SEED: seed },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const [code]: unknown[] = await once(child, 'exit');
  return typeof code === 'number' ? code : 130;
}

/** Undefined where the arguments make no sense. */
function readOptions(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { runs: { type: 'string' }, seed: { type: 'string' } },
    });
    const { runs = '1000', seed = String(Math.floor(Math.random() * 2 ** 31)) } = values;
    if (!/^[1-9]\d{0,6}$/.test(runs) || !/^\d{1,10}$/.test(seed)) return undefined;
    return { runs, seed, files: positionals.length > 0 ? positionals : ['test/fuzz'] };
  } catch {
    return undefined;
  }
}
