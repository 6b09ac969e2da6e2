import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonSchemas } from '../../src/settings/json-schemas.ts';
import { runCli, tempFolder } from '../support/run-cli.ts';

test('schema/ of this checkout is as the sources say', async () => {
  expect(await runCli(['schema', '--check'])).toMatchObject({ code: 0, err: '' });
});

test('schema writes every file once', async () => {
  const dir = join(tempFolder(), 'schema');
  expect((await runCli(['schema', '--dir', dir])).out.match(/^wrote /gm)).toHaveLength(
    Object.keys(jsonSchemas()).length,
  );
  expect(readdirSync(dir).sort()).toEqual(Object.keys(jsonSchemas()).sort());
  expect(readFileSync(join(dir, 'model.schema.json'), 'utf8')).toBe(jsonSchemas()['model.schema.json']);
  expect((await runCli(['schema', '--dir', dir])).out).toMatch(/are as the sources say$/);
});

test('schema --check names what is stale and the command that mends it, and writes nothing', async () => {
  const dir = join(tempFolder(), 'schema');
  await runCli(['schema', '--dir', dir]);
  const file = join(dir, 'model.schema.json');
  appendFileSync(file, ' ');
  const { code, err } = await runCli(['schema', '--check', '--dir', dir]);
  expect(code).toBe(2);
  expect(err).toBe(`stale: ${file}\nto write them anew, run: npm run --silent leadgauge -- schema --dir ${dir}`);
  expect(readFileSync(file, 'utf8')).toMatch(/ $/);
});
