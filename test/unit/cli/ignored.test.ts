import { describe, expect, test } from 'vitest';
import type { Feature } from '../../../src/analysis/history.ts';
import { ConfigError } from '../../../src/base/errors.ts';
import { ignoredBy, ignoredInVain, withoutIgnored } from '../../../src/cli/ignored.ts';

function feature(id: string, when: unknown, more: Partial<Feature> = {}): Feature {
  return { id, name: id, source: id, dimension: 'fit', when, ...more };
}

const OWN = [
  feature('title-executive', { field: 'job_title', seniority: 'vp' }, { points: 20 }),
  feature('order-form', { activity: 'page-view', url: '/order-form' }, { points: 5 }),
  feature('called', { all: [{ activity: 'call' }, { field: 'country', is: 'Chile' }] }, { points: 5 }),
];
const FOUND = [
  feature('country-is-chile', { field: 'country', is: 'Chile' }),
  feature('any-page', { activity: 'page-view' }, { name: 'Page view, any' }),
  feature('ordering', { activity: 'page-view', url: '/order-form' }, { name: 'Page view: /order-form' }),
  feature('blog', { activity: 'page-view', url: ['/blog', '/blog/*'] }, { name: 'Page view: /blog and below' }),
];
const ALL = [...OWN, ...FOUND];
const known = { fields: ['job_title', 'country', 'last_visit', 'last_call'], own: OWN };

const leftOut = (...names: readonly string[]) => {
  const { has } = ignoredBy(names, known);
  return ALL.filter(has).map(({ id }) => id);
};

describe('what is ignored', () => {
  test('are fields, as config or people call them, with all that asks for them', () => {
    for (const name of ['country', 'Country', 'Coun*']) expect(leftOut(name)).toEqual(['called', 'country-is-chile']);
    expect(leftOut('job_title', 'Job title')).toEqual(['title-executive']);
    expect([...ignoredBy(['Last*'], known).fields]).toEqual(['last_visit', 'last_call']);
  });

  test('are criteria of the model by their ids', () => {
    expect(leftOut('order-form')).toEqual(['order-form']);
    expect(leftOut('title-*')).toEqual(['title-executive']);
  });

  test('are kinds of activity with all that asks for them, and single ones', () => {
    expect(leftOut('page view')).toEqual(['order-form', 'any-page', 'ordering', 'blog']);
    expect(leftOut('Call')).toEqual(['called']);
    // The criterion of the same page has a name of its own, by which it is warned of.
    expect(leftOut('Page view: /order-form')).toEqual(['ordering']);
    expect(leftOut('Page view: /b*')).toEqual(['blog']);
    // Nobody was there.
    expect(leftOut('Page view: /nowhere')).toEqual([]);
  });

  test('say so where a single one is called by no name that there is', () => {
    const history = { bought: new Uint8Array(), at: new Float64Array(), features: ALL, leadsOf: [] };
    expect(ignoredInVain(['Page view: /order-from', 'Page view: /blog*', 'Page view', 'order-form'], history)).toEqual([
      '--ignore "Page view: /order-from" left nothing out: nothing that enough leads did is called so: did you mean "Page view: /order-form"?',
    ]);
  });

  test('is none of these where nothing is called so: the nearest name is told', () => {
    expect(() => leftOut('Job titel')).toThrow(ConfigError);
    expect(() => leftOut('Job titel')).toThrow('did you mean "Job title"?');
    expect(() => leftOut('order-from')).toThrow('did you mean "order-form"?');
    expect(() => leftOut('*')).not.toThrow();
  });

  test('is taken out of a history with its leads', () => {
    const history = {
      bought: Uint8Array.of(1, 0),
      at: Float64Array.of(1, 2),
      features: FOUND,
      leadsOf: FOUND.map((_, place) => Uint32Array.of(place)),
    };
    const kept = withoutIgnored(history, ignoredBy(['Page view: /order-form', 'country'], known));
    expect(kept.features.map(({ id }) => id)).toEqual(['any-page', 'blog']);
    expect(kept.leadsOf.map(([lead]) => lead)).toEqual([1, 3]);
  });
});
