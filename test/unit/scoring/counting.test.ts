import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../src/base/clock.ts';
import type { Activity } from '../../../src/leads/activity.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { engagementModel, leadOf, modelOf, NOW, submission, view } from './model.ts';

const PRICING = 'when: { activity: page-view, url: "/pricing*" }';

function engagementOf(criterion: string, activities: readonly Activity[], at = NOW): number {
  return scoreLead(engagementModel(criterion), leadOf(), activities, at).engagement;
}

describe('how often something scores', () => {
  const twice = [view('/pricing', 2 * HOUR), view('/pricing', HOUR)];

  test('each time, where nothing else is said', () => {
    expect(engagementOf(`{ id: p, ${PRICING}, points: 10 }`, twice)).toBe(20);
  });

  test('once, however often it was done', () => {
    expect(engagementOf(`{ id: p, ${PRICING}, points: 10, per: once }`, [...twice, view('/pricing', 40 * DAY)])).toBe(
      10,
    );
  });

  test('once a day, in UTC: midnight begins a new one', () => {
    const midnight = Date.UTC(2026, 10, 2);
    const late = view('/pricing', 0, { at: midnight - 1 });
    const early = view('/pricing', 0, { at: midnight });
    expect(engagementOf(`{ id: p, ${PRICING}, points: 10, per: day }`, twice)).toBe(10);
    expect(engagementOf(`{ id: p, ${PRICING}, points: 10, per: day }`, [late, early])).toBe(20);
  });

  test('once a week, from Monday in UTC', () => {
    const monday = Date.UTC(2026, 10, 2);
    const weekly = `{ id: p, ${PRICING}, points: 10, per: week }`;
    const at = (time: number) => view('/pricing', 0, { at: time });
    expect(engagementOf(weekly, [at(monday), at(monday + 7 * DAY - 1)], monday + 7 * DAY)).toBe(10);
    expect(engagementOf(weekly, [at(monday - 1), at(monday)])).toBe(20);
  });

  test('the latest of a day counts, so its age and its window are those of the latest', () => {
    const model = engagementModel(`{ id: p, ${PRICING}, points: 10, per: day, window: 1d }`);
    const score = scoreLead(model, leadOf(), twice, NOW);
    expect(score.reasons).toMatchObject([{ points: 10, count: 1, last: NOW - HOUR }]);
    expect(score.nextChange).toBe(NOW - HOUR + DAY);
  });

  test('a counter of five is five times at its last date', () => {
    const counter = view('/pricing', HOUR, { count: 5 });
    expect(engagementOf(`{ id: p, ${PRICING}, points: 3 }`, [counter])).toBe(15);
    for (const per of ['day', 'week', 'once']) {
      expect(engagementOf(`{ id: p, ${PRICING}, points: 3, per: ${per} }`, [counter])).toBe(3);
    }
  });

  test('a counter that has grown counts once, as it is now', () => {
    const before = view('/pricing', DAY, { id: 'counter', count: 2 });
    const now = view('/pricing', HOUR, { id: 'counter', count: 5 });
    expect(engagementOf(`{ id: p, ${PRICING}, points: 3 }`, [now, before])).toBe(15);
  });

  test('one id of two types is two activities', () => {
    const criterion = `{ id: p, when: { activity: page-view }, points: 1 }, { id: q, when: { activity: form-submission }, points: 2 }`;
    expect(engagementOf(criterion, [view('/', 1, { id: '7' }), submission('ebook', 2, { id: '7' })])).toBe(3);
  });
});

describe('which activities count', () => {
  test('a page by its path: host, query, fragment, case and the slash at its end do not matter', () => {
    const criterion = `{ id: p, ${PRICING}, points: 1 }`;
    const pages = [
      'https://www.example.com/pricing',
      'http://example.com/Pricing/?utm_source=x',
      'example.com/pricing#plans',
      '//example.com/pricing/enterprise/eu',
      '/pricing?next=/careers',
    ];
    for (const page of pages) expect(engagementOf(criterion, [view(page)]), page).toBe(1);
    const others = [
      'https://pricing.example.com/',
      'https://example.com/?page=/pricing',
      '/blog/pricing',
      'example.com',
      '',
    ];
    for (const page of others) expect(engagementOf(criterion, [view(page)]), page).toBe(0);
  });

  test('one of several pages, once each', () => {
    const criterion = '{ id: p, when: { activity: page-view, url: ["/pricing*", "/p*", "/*/plans"] }, points: 1 }';
    expect(engagementOf(criterion, [view('/pricing'), view('/en/eu/plans'), view('/about')])).toBe(2);
  });

  test('a page view without an address is a view of no page in particular', () => {
    const unknown = view('', 0, { url: undefined });
    expect(engagementOf(`{ id: p, ${PRICING}, points: 1 }`, [unknown])).toBe(0);
    expect(engagementOf('{ id: p, when: { activity: page-view }, points: 1 }', [unknown])).toBe(1);
  });

  test('a form by its key, one of several, and anything else by its name', () => {
    const forms = '{ id: f, when: { activity: form-submission, form: [ebook, Webinar] }, points: 1 }';
    expect(engagementOf(forms, [submission('ebook'), submission('webinar'), submission('newsletter')])).toBe(2);
    const letter = '{ id: l, when: { activity: email-click, name: "Spring Letter" }, points: 1 }';
    const click: Activity = { id: '1', type: 'email-click', at: NOW, name: ' spring letter' };
    expect(engagementOf(letter, [click, { ...click, id: '2', at: NOW - HOUR, name: 'other' }])).toBe(1);
  });

  test('an activity with questions about fields counts only for leads of whom they hold', () => {
    const model = engagementModel(
      '{ id: v, when: { all: [{ activity: page-view }, { field: country, is: Spain }] }, points: 4 }',
    );
    expect(scoreLead(model, leadOf({ country: 'spain' }), [view('/')], NOW).engagement).toBe(4);
    expect(scoreLead(model, leadOf({ country: 'France' }), [view('/')], NOW).engagement).toBe(0);
  });

  test('questions about fields alone score once, and time does not change that', () => {
    const model = engagementModel(
      '{ id: u, when: { field: unsubscribed, is: true }, points: -25, flag: unsubscribed }',
    );
    const score = scoreLead(model, leadOf({ unsubscribed: 'TRUE' }), [], NOW);
    expect(score).toMatchObject({ engagement: -25, flags: ['unsubscribed'] });
    expect(score).not.toHaveProperty('nextChange');
  });
});

describe('how long something took', () => {
  const visit = (minutes?: number, ago = 0): Activity => ({
    id: `visit-${minutes}-${ago}`,
    type: 'visit',
    at: NOW - ago,
    ...(minutes === undefined ? {} : { minutes }),
  });
  const all = [visit(1), visit(5), visit(20), visit()];

  test.each([
    ['', 4],
    [', at_least: 5', 2],
    [', at_most: 5', 2],
    [', between: [2, 10]', 1],
    [', at_least: 2, at_most: 19', 1],
  ])('{ activity: visit%s }', (asked, count) => {
    expect(engagementOf(`{ id: v, when: { activity: visit${asked} }, points: 1 }`, all)).toBe(count);
  });

  test('may be asked of a page', () => {
    const long = { ...visit(9), url: 'https://example.com/pricing' };
    const criterion = '{ id: v, when: { activity: visit, url: /pricing, at_least: 5 }, points: 1 }';
    expect(engagementOf(criterion, [long, visit(9, 5)])).toBe(1);
  });
});

describe('what people do with a page, a file or a tool', () => {
  test.each(['page-view', 'page-click', 'visit', 'form-submission', 'email-click', 'download', 'tool-use'] as const)(
    '%s is known by its page',
    (type) => {
      const did: Activity = { id: '1', type, at: NOW, url: 'https://example.com/roi?x=1' };
      expect(engagementOf(`{ id: a, when: { activity: ${type}, url: "/roi*" }, points: 3 }`, [did])).toBe(3);
      expect(engagementOf(`{ id: a, when: { activity: ${type}, url: "/other" }, points: 3 }`, [did])).toBe(0);
    },
  );

  test.each(['download', 'tool-use', 'event-registration', 'event-attendance', 'email-open', 'meeting'] as const)(
    '%s is known by its name',
    (type) => {
      const did: Activity = { id: '1', type, at: NOW, name: ' ROI Calculator ' };
      expect(engagementOf(`{ id: a, when: { activity: ${type}, name: roi calculator }, points: 3 }`, [did])).toBe(3);
      expect(engagementOf(`{ id: a, when: { activity: ${type}, name: other }, points: 3 }`, [did])).toBe(0);
    },
  );
});

describe('how far back activities count', () => {
  test('up to the last millisecond of the window, and no longer', () => {
    const week = `{ id: p, ${PRICING}, points: 10, window: 7d }`;
    expect(engagementOf(week, [view('/pricing', 7 * DAY - 1)])).toBe(10);
    expect(engagementOf(week, [view('/pricing', 7 * DAY)])).toBe(0);
  });

  test('the nearest window wins: the criterion, then its group, then the dimension', () => {
    const model = modelOf({
      engagement: `{ name: A, window: 10d, criteria: [{ id: a, ${PRICING}, points: 1, window: 90d }, { id: b, ${PRICING}, points: 10 }] }, { name: B, criteria: [{ id: c, ${PRICING}, points: 10 }] }, { name: C, criteria: [{ id: d, when: { activity: call }, points: 9 }] }`,
    });
    const at = (days: number) =>
      scoreLead(model, leadOf(), [view('/pricing', days * DAY)], NOW).reasons.map(({ id }) => id);
    expect(at(5)).toStrictEqual(expect.arrayContaining(['a', 'b', 'c']));
    expect(at(50)).toStrictEqual(['a', 'c']);
    expect(at(100)).toStrictEqual(['c']);
    expect(model.longestWindow).toBe(180 * DAY);
  });

  test('what is dated in the future counts as new', () => {
    const decaying = `{ id: p, ${PRICING}, points: 10, half_life: 1d }`;
    expect(engagementOf(decaying, [view('/pricing', -30 * DAY)])).toBe(10);
    expect(engagementOf(decaying, [view('/pricing', -30 * DAY)], NOW + 31 * DAY)).toBe(5);
  });
});
