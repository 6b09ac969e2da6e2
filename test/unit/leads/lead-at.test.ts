import { describe, expect, test } from 'vitest';
import type { Lead } from '../../../src/leads/lead.ts';
import { leadAt, type Past, withoutRepeats } from '../../../src/leads/lead-at.ts';

const LEAD: Lead = {
  id: '101',
  formerIds: ['7'],
  emails: ['ada@acme.example'],
  fields: { job_title: 'CTO', industry: 'BANKING', country: 'France' },
  createdAt: 1_000,
  ownerId: '55',
};
const PAST: Past = {
  job_title: [
    { value: 'Analyst', since: 1_000 },
    { value: undefined, since: 2_000 },
    { value: 'CTO', since: 3_000 },
  ],
  industry: [{ value: 'BANKING', since: 2_500 }],
  timeframe: [
    { value: 'now', since: 1_500 },
    { value: undefined, since: 1_800 },
  ],
};
const fieldsAt = (at: number) => leadAt(LEAD, PAST, at).fields;

describe('a lead as it was', () => {
  test('has the value that a field had last, from the very moment on', () => {
    expect(fieldsAt(1_999).job_title).toBe('Analyst');
    expect(fieldsAt(3_000).job_title).toBe('CTO');
    expect(fieldsAt(Number.POSITIVE_INFINITY)).toEqual(LEAD.fields);
  });

  test('lacks what was empty then, before the first value and between two', () => {
    expect(fieldsAt(2_000)).toEqual({ country: 'France' });
    expect(fieldsAt(999)).toEqual({ country: 'France' });
  });

  test('has what is empty by now', () => {
    expect(fieldsAt(1_500).timeframe).toBe('now');
  });

  test('is as it is now in fields without a past, and otherwise the same', () => {
    const { fields, ...others } = leadAt(LEAD, {}, 0);
    expect(fields).toEqual(LEAD.fields);
    expect({ ...others, fields }).toEqual(LEAD);
  });

  test('knows nothing of what people decided since against the models', () => {
    const decided: Lead = { ...LEAD, overrides: { platform: 'qualified' } };
    expect(leadAt(decided, PAST, 3_000)).not.toHaveProperty('overrides');
    expect(decided.overrides).toEqual({ platform: 'qualified' });
  });

  test('may have any name of a field', () => {
    const past = { constructor: [{ value: 'x', since: 5 }] };
    expect(leadAt({ ...LEAD, fields: { constructor: 'y', toString: 'z' } }, past, 4).fields).toEqual({ toString: 'z' });
  });
});

test('a value that was written again began the first time', () => {
  const twice = [
    { value: 'a', since: 1 },
    { value: 'a', since: 2 },
    { value: undefined, since: 3 },
    { value: 'a', since: 4 },
  ];
  expect(withoutRepeats(twice).map(({ since }) => since)).toEqual([1, 3, 4]);
});
