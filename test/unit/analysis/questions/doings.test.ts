import { describe, expect, test } from 'vitest';
import { readDoings } from '../../../../src/analysis/questions/doings.ts';
import { DAY, SECOND } from '../../../../src/base/clock.ts';
import type { Activity } from '../../../../src/leads/activity.ts';

const AT = Date.UTC(2026, 5, 1);
let made = 0;
const did = (type: Activity['type'], more: Partial<Activity> = {}): Activity => ({
  id: String(made++),
  type,
  at: AT - DAY,
  ...more,
});
const view = (path: string, more: Partial<Activity> = {}) =>
  did('page-view', { url: `https://acme.example${path}`, ...more });

/** What is asked of leads that did these things, with the numbers of the leads for whom it holds. */
function asked(leads: readonly (readonly Activity[])[], least = 1) {
  const reader = readDoings(180 * DAY);
  for (const [lead, activities] of leads.entries()) reader.add(lead, activities, AT);
  return Object.fromEntries(reader.finish(leads.length, least).map(({ name, leads: held }) => [name, [...held]]));
}

describe('what people did', () => {
  test('is asked for by its kind, its page and its part of the site, or its name', () => {
    const reader = readDoings(180 * DAY);
    reader.add(
      0,
      [view('/blog/a-post?utm=1'), did('form-submission', { name: 'Demo', url: 'https://a.example/demo' })],
      AT,
    );
    expect(reader.finish(2, 1).map(({ name, when, source }) => [source, name, when])).toEqual([
      ['Page view', 'Page view, any', { activity: 'page-view' }],
      ['Page view', 'Page view: /blog/a-post', { activity: 'page-view', url: '/blog/a-post' }],
      ['Page view', 'Page view: /blog and below', { activity: 'page-view', url: ['/blog', '/blog/*'] }],
      ['Form submission', 'Form submission, any', { activity: 'form-submission' }],
      ['Form submission', 'Form submission: demo', { activity: 'form-submission', form: 'demo' }],
    ]);
  });

  test('counts once for a lead, however often it was done', () => {
    expect(asked([[view('/pricing'), view('/pricing/')], [], [view('/pricing#plans')]])).toMatchObject({
      'Page view: /pricing': [0, 2],
      'Page view: /pricing and below': [0, 2],
    });
  });

  test('does not count outside the window, nor where a machine did it', () => {
    const found = asked([
      [view('/old', { at: AT - 180 * DAY })],
      [view('/new', { at: AT - 180 * DAY + SECOND })],
      [did('email-open', { machine: 'privacy-proxy' }), did('email-click', { machine: 'bot' })],
      [],
    ]);
    expect(Object.keys(found)).toEqual(['Page view, any', 'Page view: /new', 'Page view: /new and below']);
  });

  test('is not what sales did, nor a sale', () => {
    expect(
      asked([[did('meeting'), did('call'), did('call-attempt'), did('sales-email'), did('deal-won')], []]),
    ).toEqual({});
  });

  test('is not asked where hardly anybody did it, or hardly anybody did not', () => {
    const leads = Array.from({ length: 20 }, (_, lead) => [
      view('/'),
      ...(lead < 10 ? [view('/half')] : []),
      ...(lead < 2 ? [view('/few')] : []),
    ]);
    expect(Object.keys(asked(leads, 3))).toEqual(['Page view: /half', 'Page view: /half and below']);
  });

  test('leaves out paths that no model could ask for', () => {
    expect(Object.keys(asked([[view('/a*b'), view('/x(1)'), view(`/${'x'.repeat(100)}`)], []]))).toEqual([
      'Page view, any',
    ]);
  });
});
