import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Env, runCli } from '../support/run-cli.ts';

const folders = readdirSync('examples', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  // The others are no models: a test of their own runs each of them.
  .filter((name) => /^\d/.test(name));

describe('the examples', () => {
  it('are numbered, and the list names each of them', () => {
    expect(folders.length).toBeGreaterThan(10);
    expect(folders.map((name) => Number(name.slice(0, 2)))).toEqual(folders.map((_, index) => index + 1));
    const listed = [...readFileSync('examples/README.md', 'utf8').matchAll(/\]\((\d[\w-]+)\/README\.md\)/g)];
    expect(listed.map(([, name]) => name)).toEqual(folders);
  });

  it.each(folders)('%s prints what it shows', async (name) => {
    const commands = commandsOf(readFileSync(`examples/${name}/README.md`, 'utf8'));
    expect(commands.length).toBeGreaterThan(0);
    const printed: string[] = [];
    for (const command of commands) {
      const { args, env } = parse(command);
      const { code, out, err } = await runCli(args, env);
      // Sound, and without a warning.
      expect({ command, code, err }).toEqual({ command, code: 0, err: '' });
      printed.push(`$ ${command}\n${out}\n`);
    }
    expect(masked(printed.join('\n'))).toBe(masked(readFileSync(`examples/${name}/expected.txt`, 'utf8')));
  });

  it.each(folders)('%s fits a terminal of 80 columns, and is tried at a time of its own', (name) => {
    const lines = readFileSync(`examples/${name}/expected.txt`, 'utf8').split('\n');
    expect(lines.filter((line) => line.length > 80 && !line.startsWith('$ '))).toEqual([]);
    for (const command of commandsOf(readFileSync(`examples/${name}/README.md`, 'utf8'))) {
      expect(command).toMatch(/ --at \d{4}-/);
      for (const [file] of command.matchAll(/examples\/\S+/g)) expect(existsSync(file)).toBe(true);
    }
  });
});

function commandsOf(page: string): string[] {
  const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)];
  return blocks.flatMap(([, text = '']) => text.trim().split('\n'));
}

function parse(command: string): { args: string[]; env: Env } {
  const words = command.split(' ');
  const start = words.indexOf('leadgauge');
  const env = Object.fromEntries(words.slice(0, start).map((word) => word.split('=')));
  return { args: words.slice(start + 1), env };
}

/** A version says no more than that it is one: it changes with all that a model means. */
function masked(text: string): string {
  return text.replace(/version \w+/g, 'version').replace(/("modelVersion": )"\w+"/g, '$1"version"');
}
