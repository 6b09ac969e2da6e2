import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ACTIVITY_TYPES, type Activity, MACHINES } from '../../src/leads/activity.ts';
import type { Lead } from '../../src/leads/lead.ts';
import { compileModel } from '../../src/scoring/compile-model.ts';
import { formatReasons, reasonsText } from '../../src/scoring/format-reasons.ts';
import { ModelError } from '../../src/scoring/model-error.ts';
import { type ModelSource, modelSchema } from '../../src/scoring/model-schema.ts';
import { parseReasons } from '../../src/scoring/parse-reasons.ts';
import { scoreLead } from '../../src/scoring/score-lead.ts';
import { checkSchema } from '../../src/settings/schema-problems.ts';
import { fuzz, fuzzAsync } from '../support/fuzz.ts';
import { replacedPart } from '../support/odd-parts.ts';
import { INHERITED, oddNumber, oddText, oddValue } from '../support/odd-texts.ts';
import { runCli, tempFolder } from '../support/run-cli.ts';
import { arbitraryModel } from '../unit/scoring/arbitrary.ts';
import { LISTS, NOW } from '../unit/scoring/model.ts';

const WORDS = [
  'ann@',
  'acme.com',
  '.',
  'VP',
  ' of ',
  'Sales',
  'Germany',
  '11-50',
  '€2.5M',
  'https://',
  '/',
  '%',
  ...INHERITED,
];
/** As long as the longest field of a CRM. */
const text = oddText(WORDS, 70_000);
const FIELDS = ['job_title', 'employees', 'email', 'country', 'website', 'reach', 'constructor'];

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const time = fc.oneof(
  fc.integer({ min: -400, max: 100 }).map((hours) => NOW + hours * 3_600_000),
  oddNumber.map(Math.round),
);

const oddLead: fc.Arbitrary<Lead> = fc.record({
  id: text,
  formerIds: fc.array(text, { maxLength: 2 }),
  emails: fc.array(text, { maxLength: 3 }),
  fields: fc.dictionary(fc.constantFrom(...FIELDS, '__proto__'), text),
  createdAt: time,
  overrides: fc.dictionary(fc.constantFrom('random', ...INHERITED), fc.constantFrom('qualified', 'disqualified')),
});

const oddActivity: fc.Arbitrary<Activity> = fc
  .record({
    id: text,
    type: fc.constantFrom(...ACTIVITY_TYPES),
    at: time,
    name: maybe(fc.oneof(fc.constantFrom('demo-request', 'webinar', ...INHERITED), text)),
    url: maybe(text),
    count: maybe(fc.oneof(fc.nat(20), fc.constant(2 ** 53))),
    minutes: maybe(oddNumber.map(Math.abs)),
    deliveredAt: maybe(time),
    machine: maybe(fc.constantFrom(...MACHINES)),
  })
  .map(
    (activity) =>
      Object.fromEntries(Object.entries(activity).filter(([, value]) => value !== undefined)) as unknown as Activity,
  );

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Whatever a lead holds, it gets whole points, in which its reasons add up, and the same ones again. */
function expectScore(source: ModelSource, lead: Lead, activities: readonly Activity[]): void {
  const model = compileModel(source, { lists: LISTS });
  const before = structuredClone({ lead, activities });
  const score = scoreLead(model, lead, activities, NOW);
  expect(scoreLead(compileModel(source, { lists: LISTS }), lead, activities.toReversed(), NOW)).toMatchObject({
    total: score.total,
  });
  expect(scoreLead(model, lead, activities, NOW)).toEqual(score);
  expect({ lead, activities }).toEqual(before);
  expect(Number.isSafeInteger(score.total)).toBe(true);
  expect(sum(score.reasons.map(({ points }) => points))).toBe(score.total);
  expect(score.nextChange ?? NOW + 1).toBeGreaterThan(NOW);
  const told = formatReasons(score.reasons, 1_000);
  expect(told.length).toBeLessThanOrEqual(1_000);
  expect(told).not.toMatch(/NaN|undefined|Infinity/);
  expect(sum(parseReasons(told).map(({ points }) => points))).toBe(told === '' ? 0 : score.total);
  expect(reasonsText(score, 200).length).toBeLessThanOrEqual(200);
}

describe('a lead of odd values', () => {
  test('is scored by any model', () => {
    const models = arbitraryModel({ negative: true }).map((shape) => modelSchema.parse(shape));
    fuzz(fc.tuple(models, oddLead, fc.array(oddActivity, { maxLength: 12 })), ([model, lead, activities]) => {
      expectScore(model, lead, activities);
    });
  });

  test('is scored by the starter model, and explained', async () => {
    const starter = modelSchema.parse(parse(readFileSync('config/models/platform.yaml', 'utf8')));
    const lists = new Map([...LISTS, ['target-industries', new Set<string>()]]);
    fuzz(fc.tuple(oddLead, fc.array(oddActivity, { maxLength: 12 })), ([lead, activities]) => {
      const model = compileModel(starter, { lists });
      expect(Number.isSafeInteger(scoreLead(model, lead, activities, NOW).total)).toBe(true);
    });
  });
});

describe('a model of odd values', () => {
  test('is refused with its problems, or scores', () => {
    const values = oddValue(
      fc.oneof(
        fc.constantFrom('job_title', '/pricing*', '30d', 'none', 'page-view', 'target-accounts', ...WORDS),
        oddText(WORDS, 60),
      ),
    );
    const shapes = arbitraryModel({ negative: true }).chain((shape) => replacedPart(shape, values));
    const lead: Lead = {
      id: '1',
      formerIds: [],
      emails: [],
      fields: { job_title: 'VP Sales', email: 'ann@acme.com' },
      createdAt: NOW,
    };
    fuzz(
      shapes,
      (shape) => {
        const checked = checkSchema(modelSchema, shape);
        if ('problems' in checked) return expect(checked.problems.length).toBeGreaterThan(0);
        try {
          expectScore(checked.value, lead, [{ id: '1', type: 'page-view', at: NOW - 1, url: '/pricing' }]);
        } catch (error) {
          if (!(error instanceof ModelError)) throw error;
          expect(error.problems.length).toBeGreaterThan(0);
        }
      },
      { share: 3 },
    );
  });
});

describe('on the command line', () => {
  const LEAD = {
    id: 'a',
    fields: { email: 'ann@example.com', job_title: 'VP of Sales', country: 'DE', employees: 50, website: 'acme.com' },
    created_at: '2026-03-01',
    activities: [
      { type: 'form-submission', at: '2026-03-30', form: 'demo-request', id: 'x' },
      { type: 'meeting', at: '2026-03-29', minutes: 45, count: 2, delivered_at: '2026-03-01' },
      { type: 'page-view', at: '2026-03-29T08:00:00Z', url: '/pricing' },
    ],
  };

  test.each(['score', 'explain'])(
    '"%s" of a lead of odd values tells what it makes of it, or what is wrong',
    async (command) => {
      const times = fc.constantFrom(8.64e15, 8.64e15 + 1, -8.64e15, 9e15, 2 ** 53 - 1, '9999-12-31', '0000-01-01', 0);
      const values = fc.oneof({ weight: 2, arbitrary: oddValue(oddText(WORDS, 60)) }, { weight: 1, arbitrary: times });
      const file = join(tempFolder(), 'lead.json');
      await fuzzAsync(
        replacedPart(LEAD, values),
        async (lead) => {
          writeFileSync(file, JSON.stringify(lead));
          const run = () => runCli([command, file, '--at', '2026-04-01'], { LOG_LEVEL: 'debug' });
          const { code, out, err } = await run();
          expect([0, 1, 2]).toContain(code);
          expect(code === 0 ? out : err).not.toBe('');
          // A stack is there where something broke that nobody thought of.
          expect(err).not.toMatch(/\n {4}at /);
          expect(out).not.toMatch(/NaN|undefined|Invalid Date|Infinity|\[object/);
          expect(await run()).toEqual({ code, out, err });
        },
        { share: 0.4 },
      );
    },
  );
});
