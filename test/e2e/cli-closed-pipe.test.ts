import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { copyConfig, tempFolder } from '../support/run-cli.ts';

const run = promisify(execFile);

/** Runs a command line into a reader that has gone before the first line comes. */
function intoNobody(script: string, ...args: string[]) {
  const env = { LEADGAUGE_CONFIG: copyConfig(), LEADGAUGE_DATA: tempFolder(), LOG_LEVEL: 'error' };
  return run('/bin/sh', ['-c', script, 'sh', process.execPath, 'src/cli/main.ts', ...args], { env });
}

test('where nobody reads what it prints, a command still does its work, and ends as it would have', async () => {
  const folder = join(tempFolder(), 'app');
  const script = '{ "$@"; echo "ended with $?" >&2; } | :';
  const { stderr } = await intoNobody(script, 'setup', 'hubspot', '--project', folder, '--yes');
  expect(stderr).toBe('ended with 0\n');
  expect(existsSync(join(folder, 'hsproject.json'))).toBe(true);
});

test('a command that fails keeps its exit code where nobody reads what it prints, errors included', async () => {
  const { stdout } = await intoNobody(
    '{ { "$@" 2>&1; echo "ended with $?" >&3; } | :; } 3>&1',
    'plan',
    '--sample',
    '0',
  );
  expect(stdout).toBe('ended with 2\n');
});
