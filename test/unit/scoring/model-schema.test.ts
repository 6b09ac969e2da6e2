import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { editorSchema } from '../../../src/base/json-schema.ts';
import { compileModel } from '../../../src/scoring/compile-model.ts';
import { modelSchema } from '../../../src/scoring/model-schema.ts';
import { operatorNames } from '../../../src/scoring/operators.ts';
import { LISTS, yamlOf } from './model.ts';

function issues(yaml: string): string[] {
  const { error } = modelSchema.safeParse(parse(yaml));
  return (error?.issues ?? []).map(({ path, code, ...rest }) =>
    [path.join('.'), code, ...('keys' in rest ? rest.keys : [])].join(' '),
  );
}

describe('the shape of a model', () => {
  test('has no keys but its own, at any depth', () => {
    expect(issues(yamlOf({ fitOptions: 'colour: red,' }))).toStrictEqual(['fit unrecognized_keys colour']);
    const typo = '{ name: A, criteria: [{ id: a, when: { field: x, iz: y }, points: 1 }] }';
    expect(issues(yamlOf({ fit: typo }))).toStrictEqual(['fit.groups.0.criteria.0.when unrecognized_keys iz']);
  });

  test.each([
    ['a negative max', yamlOf({ fitOptions: '' }).replace('max: 100', 'max: -1')],
    ['half a point', yamlOf({ fit: '{ name: A, criteria: [{ id: a, when: { field: x, is: y }, points: 1.5 }] }' })],
    ['a duration without a unit', yamlOf({}).replace('180d', '180')],
    ['no time at all', yamlOf({}).replace('180d', '0d')],
    ['a group without criteria', yamlOf({ fit: '{ name: A, criteria: [] }' })],
    ['an id with blanks', yamlOf({}).replace('model: test', 'model: my model')],
    ['an id that all objects have', yamlOf({}).replace('model: test', 'model: constructor')],
    [
      'an unknown activity',
      yamlOf({ engagement: '{ name: A, criteria: [{ id: a, when: { activity: dance }, points: 1 }] }' }),
    ],
    ['a gate below 0', yamlOf({}).replace('mql: { fit: 0', 'mql: { fit: -1')],
    ['a last grade that is not for everybody', yamlOf({}).replace('D: 0', 'D: 1')],
    [
      'exists: false',
      yamlOf({ fit: '{ name: A, criteria: [{ id: a, when: { field: x, exists: false }, points: 1 }] }' }),
    ],
  ])('%s is refused', (_, yaml) => {
    expect(issues(yaml)).not.toStrictEqual([]);
  });
});

/** What a key of the model may hold, and what an editor says of it. */
interface Key {
  readonly path: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

describe('as JSON Schema, for editors', () => {
  const whole = keyed(editorSchema(modelSchema));
  const keys = keysOf(whole, '');

  test('every key says what it is for, with an example', () => {
    expect(keys.length).toBeGreaterThan(60);
    expect(keys.filter(({ schema }) => typeof schema.description !== 'string').map(({ path }) => path)).toStrictEqual(
      [],
    );
    expect(keys.filter(({ schema }) => examplesOf(schema).length === 0).map(({ path }) => path)).toStrictEqual([]);
    for (const name of operatorNames) expect(keys.map(({ path }) => path)).toContain(`.definitions.condition.${name}`);
  });

  test('every example is one', () => {
    for (const { path, schema } of keys) {
      const checked = z.fromJSONSchema({
        ...schema,
        $schema: 'http://json-schema.org/draft-07/schema#',
        definitions: whole.definitions,
      });
      for (const example of examplesOf(schema))
        expect(checked.safeParse(example), path).toMatchObject({ success: true });
    }
  });

  test('the examples make a model together', () => {
    const properties = keyed(whole.properties);
    const model = Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [name, examplesOf(keyed(schema))[0]]),
    );
    expect(() => compileModel(modelSchema.parse(model), { lists: LISTS })).not.toThrow();
  });
});

function keysOf(node: unknown, path: string): Key[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, inner]) => {
    if (name === 'examples' || name === 'default') return [];
    if (name !== 'properties')
      return keysOf(inner, Array.isArray(node) || KEYWORDS.has(name) ? path : `${path}.${name}`);
    return Object.entries(keyed(inner)).flatMap(([key, schema]) => [
      { path: `${path}.${key}`, schema: keyed(schema) },
      ...keysOf(schema, `${path}.${key}`),
    ]);
  });
}

const KEYWORDS = new Set(['items', 'anyOf', 'allOf', 'additionalProperties']);

function keyed(value: unknown): Readonly<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(value);
}

function examplesOf({ examples }: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Array.isArray(examples) ? examples : [];
}
