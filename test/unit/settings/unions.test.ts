import { expect, test } from 'vitest';
import { z } from 'zod';
import { duration } from '../../../src/base/duration.ts';
import { problemsOf } from './problems-of.ts';

/** A value that may have several forms, nested in itself. */
const question: z.ZodType<unknown> = z.lazy(() =>
  z.union([
    z.strictObject({ field: z.string(), is: z.string() }),
    z.strictObject({ field: z.string(), in: z.array(z.string()).min(1) }),
    z.strictObject({ field: z.string(), at_least: z.number() }),
    z.strictObject({
      activity: z.enum(['page-view', 'call']),
      url: z.union([z.string(), z.array(z.string())]).optional(),
    }),
    z.strictObject({ all: z.array(question).min(1) }),
    z.literal('always'),
  ]),
);

const shape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('circle'), radius: z.number() }),
  z.strictObject({ kind: z.literal('square'), side: z.number() }),
]);

const HOW = 'write a whole number and a unit, such as 30s, 5m, 2h, 90d or 6w';

const SCHEMA = z.strictObject({
  when: question.optional(),
  floor: z.union([z.number(), z.literal('none')]).optional(),
  ranks: z.union([z.enum(['chief', 'head']), z.array(z.enum(['chief', 'head']))]).optional(),
  shape: shape.optional(),
  fade: z.union([duration, z.literal('none')]).optional(),
});

test.each([
  ['when: { field: title, iss: vp }', 'f:1:23 unknown key "iss": did you mean "is"?'],
  ['when: { feild: title, is: vp }', 'f:1:9 unknown key "feild": did you mean "field"?'],
  ['when: { field: title }', 'f:1:7 missing key: one of "is", "in", "at_least"'],
  ['when: { field: title, in: vp }', 'f:1:27 "in" must be a list, not "vp": write [vp]'],
  ['when: { field: title, in: [] }', 'f:1:27 "in" must have at least 1 entry'],
  ['when: { field: size, at_least: ten }', 'f:1:32 "at_least" must be a number, not "ten"'],
  [
    'when: { activity: page-veiw, url: /a }',
    'f:1:19 "page-veiw" is not allowed for "activity": did you mean "page-view"?',
  ],
  ['when: { activity: call, ulr: /a }', 'f:1:25 unknown key "ulr": did you mean "url"?'],
  ['when: { activity: call, url: 3 }', 'f:1:30 "url" must be text or a list, not 3: put it in quotes, "3"'],
  ['when: { all: [{ field: a, is: b }, { field: a, iz: b }] }', 'f:1:48 unknown key "iz": did you mean "is"?'],
  ['when: alwys', 'f:1:7 "alwys" is not allowed for "when": did you mean "always"?'],
  ['when: []', 'f:1:7 "when" must be keys with values or "always", not a list'],
  ['floor: nnoe', 'f:1:8 "nnoe" is not allowed for "floor": did you mean "none"?'],
  ['floor: low', 'f:1:8 "floor" must be a number or "none", not "low"'],
  ['floor:', 'f:1:1 "floor" is empty: give it a number or "none"'],
  ['ranks: cheif', 'f:1:8 "cheif" is not allowed for "ranks": did you mean "chief"?'],
  ['ranks: [head, cheif]', 'f:1:15 "cheif" is not allowed for entry 2 of "ranks": did you mean "chief"?'],
  ['ranks: 3', 'f:1:8 "ranks" must be a list or "chief" or "head", not 3'],
  ['shape: { kind: circel, radius: 1 }', 'f:1:16 "circel" is not allowed for "kind": did you mean "circle"?'],
  ['shape: { knid: circle, radius: 1 }', 'f:1:10 unknown key "knid": did you mean "kind"?'],
  ['shape: { radius: 1 }', 'f:1:8 missing key "kind"'],
  ['shape: { kind: circle, raduis: 1 }', 'f:1:24 unknown key "raduis": did you mean "radius"?'],
  ['fade: nnoe', 'f:1:7 "nnoe" is not allowed for "fade": did you mean "none"?'],
  [
    'fade: 30',
    'f:1:7 30 is not a length of time: write its unit too, such as 30m for minutes or 30d for days, or "none"',
  ],
  ['fade: a while', `f:1:7 "a while" is not a length of time: ${HOW}`],
])('%s: speaks of the form that was meant', (text, problem) => {
  expect(problemsOf(`${text}\n`, SCHEMA)).toEqual([problem]);
});
