import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../support/run-cli.ts';
import { runNode } from '../support/run-process.ts';

const LAUNCHER = resolve('scripts/node24.mjs');
const isLinux = process.platform === 'linux';

it('starts a program with its arguments, the flags of Node, and what keeps memory small, and ends as it does', async () => {
  const { code, output } = runNode({ PATH: process.env.PATH }, [
    '--max-semi-space-size=8',
    LAUNCHER,
    program(TELLING),
    'a',
    '--b',
  ]);
  expect(await code).toBe(3);
  expect(JSON.parse(output())).toEqual({
    args: ['a', '--b'],
    flags: ['--max-semi-space-size=8'],
    arenas: isLinux ? '2' : undefined,
    trim: isLinux ? '131072' : undefined,
  });
});

it('leaves settings of memory as the machine has them', async () => {
  const { code, output } = runNode({ PATH: process.env.PATH, MALLOC_ARENA_MAX: '1' }, [LAUNCHER, program(TELLING)]);
  expect(await code).toBe(3);
  expect(JSON.parse(output())).toMatchObject({ arenas: '1' });
});

const TELLING = `
  const { MALLOC_ARENA_MAX: arenas, MALLOC_TRIM_THRESHOLD_: trim } = process.env;
  console.log(JSON.stringify({ args: process.argv.slice(2), flags: process.execArgv, arenas, trim }));
  process.exit(3);
`;

function program(text: string): string {
  const file = join(tempFolder(), 'program.mjs');
  writeFileSync(file, text);
  return file;
}
