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
);

const fieldConditions = fc.oneof(
  { weight: 4, arbitrary: fieldCondition },
  { weight: 1, arbitrary: fc.record({ all: fc.array(fieldCondition, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ any: fc.array(fieldCondition, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ not: fieldCondition }) },
);

const activityCondition = fc.oneof(
  fc.record({ activity: fc.constant('page-view') }),
  fc.record({ activity: fc.constant('page-view'), url: fc.constantFrom('/pricing*', '/careers', '/blog/*', '/**') }),
  fc.record({ activity: fc.constant('form-submission'), form: fc.subarray(FORMS, { minLength: 1 }) }),
  fc.record({ activity: fc.constantFrom(...ACTIVITY_TYPES) }),
);

const countedCondition = fc.oneof(
  { weight: 3, arbitrary: activityCondition },
  { weight: 1, arbitrary: fc.tuple(activityCondition, fieldConditions).map(([one, other]) => ({ all: [one, other] })) },
);

const duration = fc.constantFrom('1h', '36h', '7d', '30d', '90d', '52w');
const halfLife = fc.constantFrom('none', '1h', '12h', '7d', '30d', '365d');
const flag = fc.constantFrom('bad', 'worse', 'odd');

export interface ModelShape {
  /** Whether points may be negative. */
  readonly negative: boolean;
}

/** Models as YAML would give them, in the form that `modelSchema` takes; never with a gate that is out of reach. */
export function arbitraryModel({ negative }: ModelShape) {
  const points = fc.integer({ min: negative ? -60 : 0, max: 60 }).map((value) => value || 1);
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const max = optional(fc.integer({ min: 1, max: 120 }));
  const scored = { points, flag: optional(flag) };
  const flagged = { flag };
  const fit = fc.oneof(
    { weight: 4, arbitrary: fc.record({ when: fieldConditions, ...scored }) },
    { weight: 1, arbitrary: fc.record({ when: fieldConditions, ...flagged }) },
  );
  const counting = { per: optional(fc.constantFrom('each', 'day', 'week', 'once')), max, window: optional(duration) };
  const engagement = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ when: countedCondition, ...scored, ...counting, half_life: optional(halfLife) }),
    },
    { weight: 2, arbitrary: fc.record({ when: countedCondition, ...flagged, window: optional(duration) }) },
    { weight: 1, arbitrary: fc.record({ when: fieldConditions, ...scored }) },
  );
  const base = { id: 'base', when: { activity: 'call' }, points: 1 };
  const floor = optional(fc.constant('none'));
  const dimension = fc.integer({ min: 4, max: 200 });
  return fc
    .record({
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
        half_life: optional(halfLife),
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
        engagement: {
          ...model.engagement,
          groups: [...named(model.engagement.groups), { name: 'Reach', criteria: [base] }],
        },
        grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } },
        lifecycle: { mql: { fit: 2, engagement: 2 }, requires: ['email'] },
        fast_track: [
          { id: 'demo', when: { activity: 'form-submission', form: 'demo-request' }, follow_up_within: '5m' },
        ],
      });
    });
}

/** YAML leaves out what is not there. */
function withoutUndefined(value: object): object {
  return JSON.parse(JSON.stringify(value));
}

export const arbitraryLead: fc.Arbitrary<Lead> = fc
  .record(
    {
      job_title: fc.constantFrom('VP Sales', 'Student', 'Director of IT', 'Wizard'),
      employees: fc.constantFrom('11-50', '1,000+', '7', 'many'),
      email: fc.constantFrom('ann@gmail.com', 'ann@mit.edu', 'ann@acme.com', 'none'),
      country: fc.constantFrom(' germany', 'FRANCE', 'Chad'),
      website: fc.constantFrom('https://www.acme.com/', 'rival.com', '-'),
      reach: fc.constant('yes'),
    },
    { requiredKeys: [] },
  )
  .map((fields) => ({ id: '1', formerIds: [], emails: [], fields, createdAt: 0 }));

/** Mostly within half a year before NOW, on coarse and on fine times, some in the future. */
const time = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 200 * 24 }).map((hours) => NOW - hours * HOUR) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 40 * DAY }).map((ago) => NOW - ago) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 * DAY }).map((ahead) => NOW + ahead) },
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
);

export const arbitraryActivities = fc.array(arbitraryActivity, { maxLength: 25 });
