import type { TopLevelCondition } from 'json-rules-engine';
import { DAY } from '../../../../src/base/clock.ts';
import type { Decay } from '../../../../src/scoring/decay.ts';

/** A criterion as a rule of json-rules-engine. What the engine does not know stands beside its conditions. */
export interface Rule {
  readonly group: Group;
  readonly points: number;
  readonly flag?: string;
  readonly conditions: AllConditions;
}

/** A rule on one activity: what holds is counted afterwards. */
export interface ActivityRule extends Rule {
  readonly per: 'each' | 'day' | 'week' | 'once';
  readonly max: number;
  readonly decay: Decay | undefined;
}

export type Group = keyof typeof GROUPS;

type AllConditions = Extract<TopLevelCondition, { all: unknown }>;
type Condition = AllConditions['all'][number];

/** The groups of the model, with their caps: the engine knows no sums, so these are for after it. */
export const GROUPS = {
  title: { dimension: 'fit', max: 30 },
  company: { dimension: 'fit', max: 50 },
  contact: { dimension: 'fit', max: Number.POSITIVE_INFINITY },
  poorFit: { dimension: 'fit', max: Number.POSITIVE_INFINITY },
  web: { dimension: 'engagement', max: 30 },
  content: { dimension: 'engagement', max: 40 },
  requests: { dimension: 'engagement', max: Number.POSITIVE_INFINITY },
  conversation: { dimension: 'engagement', max: 40 },
  poorSigns: { dimension: 'engagement', max: Number.POSITIVE_INFINITY },
} as const;

/** The criteria of `model.yaml` that are about the lead; each band is a rule. */
export const LEAD_RULES: readonly Rule[] = [
  rule('title', 25, [is('seniority', 'in', ['c-level', 'vp'])]),
  rule('title', 20, [is('seniority', 'in', ['director', 'head'])]),
  rule('title', 12, [is('seniority', 'equal', 'manager')]),
  rule('title', 10, [is('function', 'in', ['marketing', 'sales'])]),
  rule('company', 5, between('employees', 11, 99)),
  rule('company', 15, between('employees', 100, 999)),
  rule('company', 20, [is('employees', 'greaterThanInclusive', 1_000)]),
  rule('company', 5, from('revenue', 1e6, 1e7)),
  rule('company', 10, from('revenue', 1e7, 1e8)),
  rule('company', 20, [is('revenue', 'greaterThanInclusive', 1e8)]),
  rule('company', 10, [is('industry', 'inList', 'target-industries')]),
  rule('company', 5, [is('industry', 'includesAny', ['software', 'internet', 'information_technology'])]),
  rule('company', 20, [any(is('email', 'inList', 'target-accounts'), is('website', 'inList', 'target-accounts'))]),
  rule('contact', 10, [is('country', 'in', ['DE', 'AT', 'CH', 'GB', 'US'])]),
  rule('contact', 5, [is('email', 'includesAny', ['@']), is('domain', 'equal', null)]),
  rule('contact', 20, [is('timeframe', 'in', ['now', '0-3 months'])]),
  rule('poorFit', -10, [is('domain', 'in', ['personal', 'disposable'])], 'personal-email'),
  rule(
    'poorFit',
    -50,
    [any(is('seniority', 'equal', 'student'), all(is('domain', 'equal', 'education'), is('title', 'equal', null)))],
    'student',
  ),
  rule('poorFit', 0, [any(is('email', 'inList', 'competitors'), is('company', 'inList', 'competitors'))], 'competitor'),
  rule('poorSigns', -25, [is('unsubscribed', 'equal', 'true')], 'unsubscribed'),
  rule('poorSigns', -10, [is('silence', 'greaterThanInclusive', 30 * DAY)], 'inactive'),
];

const EACH = { per: 'each', max: Number.POSITIVE_INFINITY, decay: halfLife(45) } as const;
const PRICING = is('path', 'startsWithAny', ['/pricing']);

/** The criteria of `model.yaml` that are about activities. */
export const ACTIVITY_RULES: readonly ActivityRule[] = [
  { ...rule('web', 10, did('page-view', 180, PRICING)), ...EACH, per: 'day', max: 20 },
  { ...rule('web', 5, did('page-view', 180, PRICING, is('persona', 'equal', 'buyer'))), ...EACH, per: 'week' },
  {
    ...rule(
      'web',
      5,
      did('page-view', 180, any(is('path', 'startsWithAny', ['/product']), is('path', 'endsWith', '/features'))),
    ),
    ...EACH,
    per: 'day',
    max: 10,
  },
  { ...rule('web', 2, did('page-view', 180, is('path', 'startsWithAny', ['/docs/']))), ...EACH, max: 4 },
  { ...rule('web', 1, did('page-view', 90)), ...EACH, max: 10 },
  {
    ...rule('content', 15, did('form-submission', 180, is('name', 'in', ['ebook', 'whitepaper']))),
    ...EACH,
    per: 'once',
  },
  { ...rule('content', 10, did('form-submission', 90, is('name', 'equal', 'webinar'))), ...EACH, per: 'week', max: 20 },
  {
    ...rule('content', 10, did('event-attendance', 180, is('minutes', 'greaterThanInclusive', 20))),
    ...EACH,
    max: 20,
  },
  {
    ...rule('requests', 50, did('form-submission', 180, is('name', 'in', ['demo-request', 'contact-sales']))),
    ...EACH,
    per: 'once',
    decay: halfLife(90),
  },
  { ...rule('conversation', 1, did('email-open', 180)), per: 'day', max: 2, decay: halfLife(30) },
  { ...rule('conversation', 3, did('email-click', 180)), per: 'day', max: 6, decay: halfLife(30) },
  {
    ...rule('conversation', 20, did('meeting', 180)),
    ...EACH,
    per: 'week',
    decay: { kind: 'steps', every: 30 * DAY, percent: 25 },
  },
  {
    ...rule('poorSigns', -20, did('page-view', 90, is('path', 'startsWithAny', ['/careers'])), 'careers-visitor'),
    ...EACH,
    per: 'once',
    decay: undefined,
  },
];

function rule(group: Group, points: number, conditions: Condition[], flag?: string): Rule {
  const base = { group, points, conditions: { all: conditions } };
  return flag === undefined ? base : { ...base, flag };
}

/** What an activity must be, for any other question to be worth asking: conditions of a higher priority come first and end it. */
function did(type: string, days: number, ...others: Condition[]): Condition[] {
  return [{ ...is('type', 'equal', type), priority: 2 }, is('age', 'lessThan', days * DAY), ...others];
}

function is(fact: string, operator: string, value: unknown) {
  return { fact, operator, value };
}

function between(fact: string, low: number, high: number): Condition[] {
  return [is(fact, 'greaterThanInclusive', low), is(fact, 'lessThanInclusive', high)];
}

function from(fact: string, low: number, high: number): Condition[] {
  return [is(fact, 'greaterThanInclusive', low), is(fact, 'lessThan', high)];
}

function any(...conditions: Condition[]): Condition {
  return { any: conditions };
}

function all(...conditions: Condition[]): Condition {
  return { all: conditions };
}

function halfLife(days: number): Decay {
  return { kind: 'half-life', halfLife: days * DAY };
}
