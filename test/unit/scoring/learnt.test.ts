import { describe, expect, test } from 'vitest';
import { compileModel } from '../../../src/scoring/compile-model.ts';
import { LISTS, sourceOf, yamlOf } from './model.ts';

const REST = `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 0, engagement: 0 } }`;
const source = (more = '') => sourceOf(yamlOf({ rest: `${REST}\n${more}` }));
const compiled = (more?: string) => compileModel(source(more), { lists: LISTS });

describe('until when a model was learnt', () => {
  test('is a day, which ends at midnight UTC', () => {
    expect(compiled('learnt: { until: 2026-10-01 }').learntUntil).toBe(Date.UTC(2026, 9, 2));
    expect(compiled().learntUntil).toBeUndefined();
  });

  test.each(['2026-02-30', '01.10.2026', '2026-10-01T12:00:00Z', '2026', 'yesterday'])('is not %j', (until) => {
    expect(() => source(`learnt: { until: ${until} }`)).toThrow(/is no day: write it as 2026-10-01/);
  });

  test('is not said by halves', () => {
    expect(() => source('learnt: {}')).toThrow();
    expect(() => source('learnt: { until: 2026-10-01, from: 2026-01-01 }')).toThrow();
  });

  test('changes no score, and so no version', () => {
    expect(compiled('learnt: { until: 2026-10-01 }').version).toBe(compiled().version);
  });
});
