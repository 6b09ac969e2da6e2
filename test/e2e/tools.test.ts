import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const run = promisify(execFile);

/** What a program of `test/` says to these arguments, with which it has nothing to do. */
async function said(tool: string, ...args: string[]) {
  const ran = run(process.execPath, [`test/${tool}/main.ts`, ...args]);
  const { code, stdout, stderr } = await ran.then(
    (output) => ({ code: 0, ...output }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  return { code, out: stdout, err: stderr };
}

describe.each(['faults', 'fuzz', 'bench'])('test/%s/main.ts', (tool) => {
  test('helps whoever asks, on standard output', async () => {
    const { code, out, err } = await said(tool, '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^usage: npm run /);
  });

  test('names an option that it does not know, and says which there are', async () => {
    const { code, out, err } = await said(tool, '--nonsense');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^Unknown option '--nonsense'\n\nusage: npm run /);
  });
});

test.each([
  ['faults', ['--row', '99'], '--row must be a whole number from 1 to 33, and is "99"'],
  ['faults', ['--row', '2', '--row', 'x'], '--row must be a whole number from 1 to 33, and is "x"'],
  ['faults', ['--kills', '0'], '--kills must be a whole number from 1 to 999999999, and is "0"'],
  ['faults', ['--seed'], "Option '--seed <value>' argument missing"],
  ['fuzz', ['--runs', '1e3'], '--runs must be a whole number from 1 to 9999999, and is "1e3"'],
  ['fuzz', ['--seed=-1'], '--seed must be a whole number from 0 to 9999999999, and is "-1"'],
  ['bench', ['--only', 'nonsense'], '--only must be one of scoring, receiver, sync,'],
  ['bench', ['--leads', '0'], '--leads must be a whole number from 1 to 9999999, and is "0"'],
])('test/%s/main.ts %j: %s', async (tool, args, message) => {
  const { code, out, err } = await said(tool, ...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.split('\n')[0]).toContain(message);
  expect(err).toContain('\n\nusage: npm run ');
});
