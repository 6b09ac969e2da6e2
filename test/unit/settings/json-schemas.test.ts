import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { jsonSchemas } from '../../../src/settings/json-schemas.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const schemas = Object.entries(jsonSchemas());

test.each(schemas)('schema/%s is what the sources say: `npm run leadgauge -- schema` writes it anew', (name, text) => {
  expect(readFileSync(join(ROOT, 'schema', name), 'utf8')).toBe(text);
});

test('schema/ holds nothing else', () => {
  expect(readdirSync(join(ROOT, 'schema')).sort()).toEqual(schemas.map(([name]) => name).sort());
});

test.each(schemas)('schema/%s is for editors: draft 7, strict, and every key is described', (_name, text) => {
  const schema = JSON.parse(text);
  expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
  expect(schema.additionalProperties).toBe(false);
  expect(undescribed(schema)).toEqual([]);
});

test.each([
  ['config/hubspot.yaml', '../schema/hubspot.schema.json'],
  ['config/models/platform.yaml', '../../schema/model.schema.json'],
  ['config/sales.yaml', '../schema/sales.schema.json'],
  ['config/schedules.yaml', '../schema/schedules.schema.json'],
])('%s tells editors its schema', (file, schema) => {
  const [first] = readFileSync(join(ROOT, file), 'utf8').split('\n');
  expect(first).toBe(`# yaml-language-server: $schema=${schema}`);
});

/** The keys at the top of a file that an editor has nothing to say about. */
function undescribed(schema: { properties: Record<string, { description?: string; allOf?: unknown }> }): string[] {
  return Object.entries(schema.properties).flatMap(([key, { description }]) =>
    description === undefined ? [key] : [],
  );
}
