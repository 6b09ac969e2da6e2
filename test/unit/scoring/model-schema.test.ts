import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { modelSchema } from '../../../src/scoring/model-schema.ts';
import { operatorNames } from '../../../src/scoring/operators.ts';
import { yamlOf } from './model.ts';

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

  test('has none of the keys that are not built yet', () => {
    for (const key of ['applies_to: x', 'personas: x', 'routes: x'])
      expect(issues(`${yamlOf({})}\n${key}`)).toHaveLength(1);
    for (const key of ['bands: x', 'disqualify: x', 'per: day', 'half_life: 1d']) {
      expect(
        issues(yamlOf({ fit: `{ name: A, criteria: [{ id: a, when: { field: x, is: y }, points: 1, ${key} }] }` })),
        key,
      ).toHaveLength(1);
    }
  });

  test.each([
    ['a negative max', yamlOf({ fitOptions: '' }).replace('max: 100', 'max: -1')],
    ['half a point', yamlOf({ fit: '{ name: A, criteria: [{ id: a, when: { field: x, is: y }, points: 1.5 }] }' })],
    ['a duration without a unit', yamlOf({}).replace('180d', '180')],
    ['no time at all', yamlOf({}).replace('180d', '0d')],
    ['a group without criteria', yamlOf({ fit: '{ name: A, criteria: [] }' })],
    ['an id with blanks', yamlOf({}).replace('model: test', 'model: my model')],
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

  test('as JSON Schema says what every key is for', () => {
    const schema: unknown = z.toJSONSchema(modelSchema, { target: 'draft-7', io: 'input' });
    const bare: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('properties' in node && typeof node.properties === 'object' && node.properties !== null) {
        for (const [key, property] of Object.entries(node.properties)) {
          if (typeof property.description !== 'string' && property.$ref === undefined) bare.push(`${path}.${key}`);
        }
      }
      for (const [key, inner] of Object.entries(node)) visit(inner, `${path}.${key}`);
    };
    visit(schema, '');
    expect(bare).toStrictEqual([]);
    for (const name of operatorNames) expect(JSON.stringify(schema)).toContain(`"${name}":`);
  });
});
