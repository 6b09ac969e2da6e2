import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { ConfigError, type ConfigProblem } from '../../src/base/errors.ts';
import { hubspotConfigSchema } from '../../src/crm/hubspot/config.ts';
import { salesforceConfigSchema } from '../../src/crm/salesforce/config.ts';
import { titlesSchema } from '../../src/leads/titles.ts';
import { modelSchema } from '../../src/scoring/model-schema.ts';
import { scoreLead } from '../../src/scoring/score-lead.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { salesSchema } from '../../src/settings/sales-schema.ts';
import { schedulesSchema } from '../../src/settings/schedules.ts';
import { checkYaml } from '../../src/settings/yaml-file.ts';
import { parseYaml } from '../../src/settings/yaml-syntax.ts';
import { fuzz } from '../support/fuzz.ts';
import { replacedPart } from '../support/odd-parts.ts';
import { INHERITED, mangled, oddText, oddValue } from '../support/odd-texts.ts';
import { MONDAY } from '../support/test-clock.ts';

/** What YAML has signs for, and words that mean something in config. */
const WORDS = [
  ...[
    ': ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '&a ',
    '*a',
    '<<: ',
    '|\n',
    '>-\n',
    '#',
    '? ',
    '! ',
    '!!binary ',
    '%YAML 1.1\n',
    '---\n',
    '...\n',
  ],
  ...[
    '\n',
    '\n  ',
    '\n\t',
    '"',
    "'",
    '"\\ud800"',
    '"\\u0000"',
    '@',
    '`',
    '~',
    '.inf',
    '.nan',
    '0o17',
    '1_000',
    '2026-03-31',
    '1e400',
  ],
  ...[
    'field: ',
    'when: ',
    'points: 5',
    'all: ',
    'not: ',
    'activity: page-view',
    'window: 30d',
    'on',
    'off',
    'none',
    '-1',
    '99999999999',
  ],
];

const FILES = [
  'hubspot.yaml',
  'salesforce.yaml',
  'sales.yaml',
  'schedules.yaml',
  'titles.yaml',
  'models/platform.yaml',
];
const SCHEMAS: readonly z.ZodType[] = [
  hubspotConfigSchema,
  salesforceConfigSchema,
  salesSchema,
  schedulesSchema,
  titlesSchema,
  modelSchema,
  z.array(z.unknown()),
];

const shipped = new Map(
  FILES.map((file) => [file, readFileSync(join('config', file), 'utf8').replace('role: off', 'role: both')]),
);
const textOf = (file: string) => shipped.get(file) ?? '';
const folder = mkdtempSync(join(tmpdir(), 'leadgauge-fuzz-config-'));
cpSync('config', folder, { recursive: true });
for (const [file, text] of shipped) writeFileSync(join(folder, file), text);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the folder says with another text in one of its files, or what is wrong with it. */
function loadWith(file: string, text: string) {
  writeFileSync(join(folder, file), text);
  try {
    return { config: loadConfig(folder) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { problems: error.problems };
  } finally {
    writeFileSync(join(folder, file), textOf(file));
  }
}

/** Each is told in one line, at a place that is in the file. */
function expectTold(problems: readonly ConfigProblem[], text: string): void {
  expect(problems.length).toBeGreaterThan(0);
  for (const { message, line = 1, column = 1 } of problems) {
    expect(message.trim()).not.toBe('');
    expect(message.length).toBeLessThan(3_000);
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(Math.max(...[text, ...shipped.values()].map((one) => one.split('\n').length)) + 1);
    expect(column).toBeGreaterThanOrEqual(1);
  }
}

function expectGoodOrTold(file: string, text: string): void {
  const first = loadWith(file, text);
  if (first.problems !== undefined) expectTold(first.problems, text);
  else if (first.config !== undefined) {
    expectTold([...first.config.warnings, { message: 'none' }], text);
    for (const model of first.config.models.models) expect(scoreLead(model, LEAD, [], MONDAY).total).not.toBeNaN();
  }
  const second = loadWith(file, text);
  expect(second.problems).toEqual(first.problems);
}

const LEAD = {
  id: '1',
  formerIds: [],
  emails: ['ann@example.com'],
  fields: { job_title: 'VP Sales' },
  createdAt: MONDAY,
};

describe('config that somebody edited in odd ways is good, or says where it is not', () => {
  test.each(FILES)('%s with parts of its text taken out, doubled or replaced', (file) => {
    fuzz(
      mangled(fc.constant(textOf(file)), fc.oneof(fc.constantFrom(...WORDS), oddText(WORDS, 100))),
      (text) => expectGoodOrTold(file, text),
      {
        share: 0.25,
      },
    );
  });

  test.each(FILES)('%s with a value in it that is of another shape', (file) => {
    const { value } = parseYaml(textOf(file), file);
    const values = oddValue(
      fc.oneof(fc.constantFrom(...INHERITED, 'job_title', '/pricing*', '30d', 'page-view'), oddText(WORDS, 60)),
    );
    fuzz(replacedPart(value, values), (changed) => expectGoodOrTold(file, stringify(changed)), { share: 0.25 });
  });
});

describe('a file of YAML', () => {
  test('of any text and for any schema is read, or says where it is wrong', () => {
    fuzz(
      fc.tuple(oddText(WORDS), fc.constantFrom(...SCHEMAS)),
      ([text, schema]) => {
        const read = () => {
          try {
            return { value: checkYaml(text, 'f', schema).value };
          } catch (error) {
            if (!(error instanceof ConfigError)) throw error;
            expectTold(error.problems, text);
            return { problems: error.problems };
          }
        };
        expect(read()).toEqual(read());
      },
      { share: 2 },
    );
  });

  test('of any values for any schema is read, or says where it is wrong', () => {
    const written = fc.constantFrom(stringify, (value: unknown) => JSON.stringify(value));
    fuzz(
      fc.tuple(oddValue(), written, fc.constantFrom(...SCHEMAS)),
      ([value, write, schema]) => {
        const text = write(value);
        try {
          checkYaml(text, 'f', schema);
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error;
          expectTold(error.problems, text);
        }
      },
      { share: 2 },
    );
  });
});

test('nothing that was read has changed what all objects have', () => {
  fuzz(fc.tuple(oddValue(), fc.constantFrom(...SCHEMAS)), ([value, schema]) => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    for (const text of [
      `{ "__proto__": { "polluted": true }, "a": ${JSON.stringify(value)} }`,
      '__proto__: { polluted: true }\n',
    ]) {
      try {
        checkYaml(text, 'f', schema);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
      }
    }
    expect('polluted' in {}).toBe(false);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });
});
