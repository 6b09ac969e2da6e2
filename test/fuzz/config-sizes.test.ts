import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError } from '../../src/base/errors.ts';
import { hubspotConfigSchema } from '../../src/crm/hubspot/config.ts';
import { modelSchema } from '../../src/scoring/model-schema.ts';
import { salesSchema } from '../../src/settings/sales-schema.ts';
import { checkYaml } from '../../src/settings/yaml-file.ts';
import { fuzz } from '../support/fuzz.ts';

/** The largest that a file of YAML may be, in characters. */
const LARGEST = 250_000;

const SCHEMAS: readonly z.ZodType[] = [hubspotConfigSchema, salesSchema, modelSchema, z.array(z.unknown())];

describe('a file of YAML', () => {
  test.each([
    ['lists', (size: number) => '['.repeat(size)],
    ['lists that are closed', (size: number) => '['.repeat(size) + ']'.repeat(size)],
    ['maps', (size: number) => '{a: '.repeat(size)],
    ['entries', (size: number) => `${'- '.repeat(size)}x`],
    ['keys', (size: number) => Array.from({ length: size }, (_, at) => `${' '.repeat(at % 200)}a${at}:`).join('\n')],
    ['quotes', (size: number) => `a: "${'\\"'.repeat(size)}`],
    [
      'marks',
      (size: number) =>
        Array.from({ length: size }, (_, at) => `a${at}: &a${at} [${at > 0 ? `*a${at - 1}, *a${at - 1}` : 1}]`).join(
          '\n',
        ),
    ],
    ['unknown keys', (size: number) => Array.from({ length: size }, (_, at) => `key${at}: 1`).join('\n')],
    ['the same key', (size: number) => 'model: a\n'.repeat(size)],
    ['a long word', (size: number) => `model: ${'a'.repeat(size * 8)}`],
    ['a long key', (size: number) => `"${'a'.repeat(size * 8)}": 1`],
    ['half an address', (size: number) => `model: ${'a%40'.repeat(size * 2)}`],
    ['blanks', (size: number) => `model:${' '.repeat(size * 8)}x y:${' '.repeat(size * 8)}z: 1`],
    ['empty lines', (size: number) => `model:${'\n'.repeat(size * 8)}x: : y`],
    [
      'conditions',
      (size: number) =>
        `fit: { groups: [{ criteria: [{ when: ${'{ all: ['.repeat(Math.min(size, 40))}${']}'.repeat(Math.min(size, 40))} }] }] }`,
    ],
  ])('that is made of as many %s as fit is read or refused', (_, make) => {
    fuzz(
      fc.tuple(fc.constantFrom(10, 1_000, 20_000), fc.constantFrom(...SCHEMAS)),
      ([size, schema]) => {
        const text = make(size).slice(0, LARGEST);
        try {
          checkYaml(text, 'f', schema);
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error;
          expect(error.problems.length).toBeGreaterThan(0);
          for (const { message } of error.problems) expect(message.length).toBeLessThan(3_000);
        }
      },
      { share: 0.1 },
    );
  });
});
