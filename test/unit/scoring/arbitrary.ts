import fc from 'fast-check';
import { DAY, HOUR } from '../../../src/base/clock.ts';
import { ACTIVITY_TYPES, type Activity } from '../../../src/leads/activity.ts';
import type { Lead } from '../../../src/leads/lead.ts';
import { LISTS, NOW } from './model.ts';

const FIELDS = ['job_title', 'employees', 'email', 'country', 'website'];
const PATHS = ['/pricing', '/pricing/enterprise', '/careers', '/blog/a', '/'];
const FORMS = ['demo-request', 'ebook', 'webinar'];

const fieldCondition = fc.oneof(
  fc.record({ field: fc.constantFrom(...FIELDS), exists: fc.constant(true) }),
  fc.record({ field: fc.constantFrom(...FIELDS), missing: fc.constant(true) }),
  fc.record({
    field: fc.constant('country'),
    in: fc.uniqueArray(fc.constantFrom('Germany', 'France', 'Spain'), { minLength: 1 }),
  }),
  fc.record({ field: fc.constant('employees'), at_least: fc.integer({ min: 0, max: 500 }) }),
  fc.record({ field: fc.constant('job_title'), seniority: fc.constantFrom('vp', 'director', 'student') }),
  fc.record({ field: fc.constant('email'), domain: fc.constantFrom('personal', 'education') }),
  fc.record({ field: fc.constant('website'), in_list: fc.constantFrom(...LISTS.keys()) }),
  fc.record({ field: fc.constant('job_title'), function: fc.constantFrom('sales', 'it', 'engineering') }),
  fc.record({ field: fc.constant('job_title'), matches: fc.constantFrom('^vp', 'of|student$', '[^aeiou]{3}') }),
  fc.record({ field: fc.constant('country'), country: fc.constantFrom('dach', ['France', 'Africa']) }),
  fc.record({ field: fc.constant('country'), is: fc.constantFrom('', 'chad') }),
);

const PERSONAS = ['first', 'second'];
const personaCondition = fc.record({ persona: fc.subarray(PERSONAS, { minLength: 1 }) });
const question = fc.oneof({ weight: 5, arbitrary: fieldCondition }, { weight: 1, arbitrary: personaCondition });

const fieldConditions = fc.oneof(
  { weight: 4, arbitrary: question },
  { weight: 1, arbitrary: fc.record({ all: fc.array(question, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ any: fc.array(question, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ not: question }) },
);

const activityCondition = fc.oneof(
  fc.record({ activity: fc.constant('page-view') }),
  fc.record({ activity: fc.constant('page-view'), url: fc.constantFrom('/pricing*', '/careers', '/blog/*', '/**') }),
  fc.record({ activity: fc.constant('form-submission'), form: fc.subarray(FORMS, { minLength: 1 }) }),
  fc.record({ activity: fc.constantFrom(...ACTIVITY_TYPES) }),
  fc.record({ activity: fc.constantFrom('email-click', 'email-open') }),
  fc.record({ activity: fc.constantFrom('visit', 'meeting'), at_least: fc.constantFrom(5, 30) }),
);

const NURTURED = { activity: 'form-submission', form: 'webinar' };

const countedCondition = fc.oneof(
  { weight: 3, arbitrary: activityCondition },
  { weight: 1, arbitrary: fc.tuple(activityCondition, fieldConditions).map(([one, other]) => ({ all: [one, other] })) },
);

const duration = fc.constantFrom('1h', '36h', '7d', '30d', '90d', '52w');
const halfLife = fc.constantFrom('none', '1h', '12h', '7d', '30d', '365d');
const inactiveFor = fc.record({ inactive_for: fc.constantFrom('1h', '3d', '30d', '60d') });
const silence = fc.oneof(
  { weight: 3, arbitrary: inactiveFor },
  { weight: 1, arbitrary: fc.tuple(inactiveFor, question).map(([one, other]) => ({ all: [one, other] })) },
);
const flag = fc.constantFrom('bad', 'worse', 'odd');

/** One way to fade, or none said; as keys to lie beside others. */
const decayKeys = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: fc.record({ half_life: halfLife }) },
  {
    weight: 2,
    arbitrary: fc.record({
      decay: fc.oneof(
        fc.constant('none'),
        fc.record({ every: fc.constantFrom('1h', '1d', '30d'), by: fc.constantFrom('1%', '25%', '33%', '100%') }),
      ),
    }),
  },
);

export interface ModelShape {
  /** Whether points may be negative, and doing nothing count. */
  readonly negative: boolean;
}

/** Models as YAML would give them, in the form that `modelSchema` takes. */
export function arbitraryModel({ negative }: ModelShape) {
  const points = fc.integer({ min: negative ? -60 : 0, max: 60 }).map((value) => value || 1);
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const max = optional(fc.integer({ min: 1, max: 120 }));
  const disqualify = fc.option(fc.constantFrom('too small', 'not ours'), { nil: undefined, freq: 5 });
  const scored = { points, flag: optional(flag), disqualify };
  const flagged = { flag, disqualify };
  const banded = fc.record({
    when: optional(fieldConditions),
    field: fc.constantFrom('employees', 'job_title'),
    bands: fc.record({ 'under 10': points, '10-99': points, '100+': points }),
  });
  const fit = fc.oneof(
    { weight: 4, arbitrary: fc.record({ when: fieldConditions, ...scored }) },
    { weight: 1, arbitrary: fc.record({ when: fieldConditions, ...flagged }) },
    { weight: 1, arbitrary: banded },
  );
  const counting = { per: optional(fc.constantFrom('each', 'day', 'week', 'once')), max, window: optional(duration) };
  const engagement = fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.record({ when: countedCondition, ...scored, ...counting }), decayKeys)
        .map(([one, decay]) => ({ ...one, ...decay })),
    },
    { weight: 2, arbitrary: fc.record({ when: countedCondition, ...flagged, window: optional(duration) }) },
    { weight: 1, arbitrary: fc.record({ when: fieldConditions, ...scored }) },
    { weight: 1, arbitrary: banded },
    ...(negative
      ? [
          { weight: 1, arbitrary: fc.record({ when: silence, ...scored }) },
          { weight: 1, arbitrary: fc.record({ when: silence, ...flagged }) },
        ]
      : []),
  );
  const base = { id: 'base', when: { activity: 'call' }, points: 1 };
  const floor = optional(fc.constantFrom<'none' | number>('none', 0, -7, -50));
  const dimension = fc.integer({ min: 4, max: 200 });
  const recycle = fc.option(
    fc.record({ engagement_below: fc.integer({ min: 1, max: 30 }), for: fc.constantFrom('1h', '7d', '30d') }),
    { nil: undefined },
  );
  return fc
    .record({
      personas: fc.record({ first: fieldCondition, second: fieldCondition }),
      rule: fieldConditions,
      series: countedCondition.filter((when) => !/"form-submission"(?!,"form")/.test(JSON.stringify(when))),
      lead: optional(fc.record({ fit: fc.integer({ min: 0, max: 9 }) })),
      recycle,
      decay: decayKeys,
      fit: fc.record({
        max: dimension,
        floor,
        groups: fc.array(fc.record({ max, criteria: fc.array(fit, { minLength: 1, maxLength: 5 }) }), {
          minLength: 1,
          maxLength: 3,
        }),
      }),
      engagement: fc.record({
        max: dimension,
        floor,
        window: duration,
        groups: fc.array(
          fc.record({
            max,
            window: optional(duration),
            criteria: fc.array(engagement, { minLength: 1, maxLength: 5 }),
          }),
          { minLength: 1, maxLength: 3 },
        ),
      }),
    })
    .map((model) => {
      let id = 0;
      const named = <C extends object>(groups: readonly { readonly criteria: readonly C[] }[]) =>
        groups.map((group, place) => {
          id += 1;
          return {
            ...group,
            name: `Group ${place}`,
            criteria: group.criteria.map((one) => ({ id: `c-${id++}`, ...one })),
          };
        });
      const reach = { id: 'reach', when: { field: 'reach', exists: true }, points: 200 };
      return withoutUndefined({
        model: 'random',
        name: 'Random',
        fit: { ...model.fit, groups: [...named(model.fit.groups), { name: 'Reach', criteria: [reach] }] },
        personas: model.personas,
        engagement: {
          ...model.engagement,
          ...model.decay,
          groups: [...named(model.engagement.groups), { name: 'Reach', criteria: [base] }],
        },
        grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } },
        lifecycle: {
          lead: model.lead,
          mql: { fit: 2, engagement: model.recycle === undefined ? 2 : 31 },
          requires: ['email'],
          recycle: model.recycle,
        },
        fast_track: [
          { id: 'demo', when: { activity: 'form-submission', form: 'demo-request' }, follow_up_within: '5m' },
          { id: 'clicked', when: { activity: 'email-click' }, follow_up_within: '5m' },
          { id: 'target', when: model.rule },
        ],
        routes: {
          nurture: [
            { id: 'webinar', when: NURTURED },
            { id: 'series', when: model.series },
          ],
        },
      });
    });
}

/** YAML leaves out what is not there. */
function withoutUndefined(value: object): object {
  return JSON.parse(JSON.stringify(value));
}

const fields = fc.record(
  {
    job_title: fc.constantFrom('VP Sales', 'Student', 'Director of IT', 'Wizard'),
    employees: fc.constantFrom('11-50', '1,000+', '7', 'many'),
    email: fc.constantFrom('ann@gmail.com', 'ann@mit.edu', 'ann@acme.com', 'none'),
    country: fc.constantFrom(' germany', 'FRANCE', 'Chad'),
    website: fc.constantFrom('https://www.acme.com/', 'rival.com', '-'),
    reach: fc.constant('yes'),
  },
  { requiredKeys: [] },
);

/** Mostly within half a year before NOW, on coarse and on fine times, some in the future. */
const time = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 200 * 24 }).map((hours) => NOW - hours * HOUR) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 40 * DAY }).map((ago) => NOW - ago) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 * DAY }).map((ahead) => NOW + ahead) },
);

const override = fc.option(fc.constantFrom('qualified', 'disqualified'), { nil: undefined, freq: 6 });

export const arbitraryLead: fc.Arbitrary<Lead> = fc
  .tuple(fields, fc.oneof(fc.constant(0), time), override)
  .map(([values, createdAt, decided]) => ({
    id: '1',
    formerIds: [],
    emails: [],
    fields: values,
    createdAt,
    ...(decided === undefined ? {} : { overrides: { random: decided } }),
  }));

/** Something done to a letter, often about when it came, and often close to another. */
const letter = fc
  .record({
    id: fc.uuid(),
    type: fc.constantFrom('email-open', 'email-click'),
    at: fc.oneof(
      time,
      fc.integer({ min: -3, max: 3 }).map((step) => NOW - DAY + step * 700),
    ),
    url: fc.constantFrom('https://example.com/a', 'https://example.com/b'),
    machine: fc.option(fc.constantFrom('bot', 'privacy-proxy'), { nil: undefined, freq: 4 }),
    delay: fc.option(fc.constantFrom(-20_000, -1_000, 0, 10_000, 10_001, 100_000), { nil: undefined }),
  })
  .map(
    ({ machine, delay, ...activity }): Activity => ({
      ...activity,
      ...(machine === undefined ? {} : { machine }),
      ...(delay === undefined ? {} : { deliveredAt: activity.at - delay }),
    }),
  );

const arbitraryActivity: fc.Arbitrary<Activity> = fc.oneof(
  fc.record(
    {
      id: fc.uuid(),
      type: fc.constant('page-view'),
      at: time,
      url: fc.constantFrom(...PATHS.map((path) => `https://www.example.com${path}?a=1`)),
      count: fc.integer({ min: 1, max: 9 }),
    },
    { requiredKeys: ['id', 'type', 'at', 'url'] },
  ),
  fc.record({ id: fc.uuid(), type: fc.constant('form-submission'), at: time, name: fc.constantFrom(...FORMS) }),
  fc.record({ id: fc.uuid(), type: fc.constantFrom(...ACTIVITY_TYPES), at: time }),
  fc.record({ id: fc.uuid(), type: fc.constantFrom('visit', 'meeting'), at: time, minutes: fc.constantFrom(1, 5, 45) }),
  letter,
);

export const arbitraryActivities = fc.array(arbitraryActivity, { maxLength: 25 });
