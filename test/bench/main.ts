import { parseArgs } from 'node:util';
import { Disagreement, type Part, type Result } from './part.ts';
import { scoring } from './scoring.ts';

/** Every part, by the name that `--only` takes. */
const PARTS: Readonly<Record<string, Part>> = { scoring };

const USAGE = `usage: npm run --silent bench -- [--only ${Object.keys(PARTS).join('|')}] [--json]\n`;

process.exitCode = await bench(process.argv.slice(2));

/** Exit codes: 0 measured, 1 the competitors disagree, 2 wrong arguments. */
async function bench(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (options === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const results: Record<string, Result> = {};
  for (const [name, part] of options.parts) {
    try {
      results[name] = await part.run((progress) => process.stderr.write(`${name}: ${progress}\n`));
    } catch (error) {
      if (!(error instanceof Disagreement)) throw error;
      process.stderr.write(`${name}: ${error.message}\n`);
      return 1;
    }
  }
  const entries = Object.entries(results);
  process.stdout.write(
    options.json
      ? `${JSON.stringify(Object.fromEntries(entries.map(([name, { json }]) => [name, json])))}\n`
      : entries.map(([name, { text }]) => `${name}\n\n${text}`).join('\n'),
  );
  return 0;
}

/** Undefined where the arguments make no sense. */
function readOptions(argv: readonly string[]) {
  try {
    const { values } = parseArgs({ args: [...argv], options: { only: { type: 'string' }, json: { type: 'boolean' } } });
    const parts = Object.entries(PARTS).filter(([name]) => values.only === undefined || values.only === name);
    return parts.length === 0 ? undefined : { parts, json: values.json === true };
  } catch {
    return undefined;
  }
}
