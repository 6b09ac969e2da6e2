import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { ConfigError } from '../base/errors.ts';
import { jsonSchemas } from '../settings/json-schemas.ts';
import type { Io } from './io.ts';

interface SchemaOptions {
  readonly check?: true;
  readonly dir: string;
}

const FOLDER = 'schema';

export function addSchema(program: Command, io: Io): void {
  program
    .command('schema')
    .description('Write the JSON Schemas by which editors check config/ as you type.')
    .option('--check', 'write nothing, and fail when a file is stale')
    .option('--dir <folder>', 'where they go', FOLDER)
    .addHelpText(
      'after',
      `
Run it after a change of the model's or the config's schema in src/; CI runs it
with --check. The first line of each file in config/ names its schema.

Examples:
  leadgauge schema
  leadgauge schema --check`,
    )
    .action((options: SchemaOptions) => schema(options, io));
}

function schema({ check, dir }: SchemaOptions, io: Io): void {
  const stale = Object.entries(jsonSchemas()).filter(([name, text]) => readIfThere(join(dir, name)) !== text);
  const files = stale.map(([name]) => join(dir, name));
  if (stale.length === 0) {
    io.out(`the schemas in ${dir}/ are as the sources say`);
  } else if (check === true) {
    const again = `npm run --silent leadgauge -- schema${dir === FOLDER ? '' : ` --dir ${dir}`}`;
    throw new ConfigError(`stale: ${files.join(', ')}\nto write them anew, run: ${again}`);
  } else {
    write(dir, stale);
    for (const file of files) io.out(`wrote ${file}`);
  }
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** @throws ConfigError where the folder cannot be written to. */
function write(dir: string, files: readonly (readonly [name: string, text: string])[]): void {
  try {
    mkdirSync(dir, { recursive: true });
    for (const [name, text] of files) writeFileSync(join(dir, name), text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new ConfigError(`nothing can be written to ${dir}${code}: name another folder with --dir`);
  }
}
