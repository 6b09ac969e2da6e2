import { describe, expect, test } from 'vitest';
import { DAY, SECOND } from '../../../src/base/clock.ts';
import type { Activity } from '../../../src/leads/activity.ts';
import { leftOut } from '../../../src/scoring/left-out.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { leadOf, modelOf, NOW, view } from './model.ts';

const model = modelOf({
  engagement: `{ name: E, criteria: [
    { id: open, when: { activity: email-open }, points: 1 },
    { id: click, when: { activity: email-click }, points: 5, flag: clicked },
    { id: page, when: { activity: page-view }, points: 2, disqualify: a looker },
    { id: silent, when: { inactive_for: 30d }, flag: silent }] }`,
  rest: `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 0, engagement: 0 } }
fast_track: [{ id: clicked-demo, when: { activity: email-click, url: "/demo" }, follow_up_within: 5m }]`,
});

let next = 0;

function letter(type: 'email-open' | 'email-click', ago: number, more: Partial<Activity> = {}): Activity {
  next += 1;
  return { id: `letter-${next}`, type, at: NOW - ago, ...more };
}

function score(...activities: Activity[]) {
  return scoreLead(model, leadOf(), activities, NOW);
}

function whysOf(...activities: Activity[]): string[] {
  return score(...activities).leftOut.map(({ why }) => why);
}

describe('what no person did does not score', () => {
  test('where the CRM marks a bot, whatever it did', () => {
    const activities = [letter('email-click', DAY, { machine: 'bot' }), view('/', DAY, { machine: 'bot' })];
    expect(score(...activities)).toMatchObject({ engagement: 0, flags: ['silent'], disqualifications: [] });
    expect(whysOf(...activities)).toStrictEqual(['bot', 'bot']);
  });

  test('opens from privacy proxies; a click from behind one is a person’s', () => {
    expect(whysOf(letter('email-open', DAY, { machine: 'privacy-proxy' }))).toStrictEqual(['privacy-proxy']);
    expect(score(letter('email-click', DAY, { machine: 'privacy-proxy' }))).toMatchObject({
      engagement: 5,
      leftOut: [],
    });
  });

  test.each([
    [0, true],
    [10 * SECOND, true],
    [10 * SECOND + 1, false],
    [DAY, false],
    [-2 * SECOND, true],
    [-11 * SECOND, false],
  ])('what comes %i milliseconds after delivery: %s', (delay, isMachine) => {
    for (const type of ['email-open', 'email-click'] as const) {
      const found = whysOf(letter(type, DAY, { deliveredAt: NOW - DAY - delay }));
      expect(found).toStrictEqual(isMachine ? ['too-soon'] : []);
    }
  });

  test('clicks on several links within a second, all of them', () => {
    const [one, other, third] = ['/a', '/b', '/c'].map((url) => `https://example.com${url}`);
    const clicks = [
      letter('email-click', 5_000, { url: one }),
      letter('email-click', 4_500, { url: other }),
      letter('email-click', 3_400, { url: third }),
    ];
    expect(score(...clicks).leftOut.map(({ activity }) => activity)).toStrictEqual(clicks.slice(0, 2));
    expect(score(...clicks)).toMatchObject({
      engagement: 5,
      leftOut: [{ why: 'several-links' }, { why: 'several-links' }],
    });
  });

  test('but not a double click on one link, nor clicks on links that nobody knows', () => {
    const url = 'https://example.com/a';
    expect(whysOf(letter('email-click', 500, { url }), letter('email-click', 100, { url }))).toStrictEqual([]);
    expect(whysOf(letter('email-click', 500), letter('email-click', 100))).toStrictEqual([]);
    expect(whysOf(letter('email-click', 500, { name: 'A' }), letter('email-click', 100, { name: 'B' }))).toStrictEqual([
      'several-links',
      'several-links',
    ]);
  });

  test('an address is the same link with another query: that is not kept', () => {
    const [one, other] = ['?utm=1', '?utm=2#top'].map((end) => `https://example.com/a${end}`);
    const clicks = [letter('email-click', 500, { url: one }), letter('email-click', 100, { url: other })];
    expect(whysOf(...clicks)).toStrictEqual([]);
  });

  test('a link between two clicks on another is found from both sides', () => {
    const [a, b] = ['https://example.com/a', 'https://example.com/b'];
    const clicks = [900, 800, 0].map((ago, index) => letter('email-click', ago, { url: index === 1 ? b : a }));
    expect(whysOf(...clicks)).toStrictEqual(['several-links', 'several-links', 'several-links']);
  });

  test('pages and forms within a second are not letters', () => {
    expect(whysOf(view('/a', 100), view('/b', 90))).toStrictEqual([]);
  });
});

describe('what is left out', () => {
  const bot = letter('email-click', 2 * DAY, { url: 'https://example.com/demo', machine: 'bot' });

  test('fast-tracks nobody and ends no silence', () => {
    expect(score(bot)).toMatchObject({ fastTracks: [], flags: ['silent'] });
    const { machine: _, ...person } = bot;
    expect(score(person)).toMatchObject({ fastTracks: [{ rule: 'clicked-demo' }], flags: ['clicked'] });
  });

  test('is listed oldest first, and only where a rule of the model asks for such', () => {
    const open = letter('email-open', DAY, { machine: 'bot' });
    const reply: Activity = { id: 'r', type: 'email-reply', at: NOW, machine: 'bot' };
    expect(score(open, reply, bot).leftOut).toStrictEqual([
      { activity: bot, why: 'bot' },
      { activity: open, why: 'bot' },
    ]);
  });

  test('is the same in whatever order it comes and however often', () => {
    const clicks = ['/a', '/b'].map((path) => letter('email-click', DAY, { url: `https://example.com${path}` }));
    expect(score(...clicks.toReversed(), ...clicks)).toStrictEqual(score(...clicks));
    const marked = { ...clicks[0]!, machine: 'bot' as const };
    expect(score(marked, clicks[0]!)).toStrictEqual(score(clicks[0]!, marked));
    expect(whysOf(marked, clicks[0]!)).toStrictEqual(['bot']);
  });

  test('is found among ten thousand clicks within a second, looking at each a few times', () => {
    let looks = 0;
    const many = Array.from({ length: 10_000 }, (_, place) => ({
      ...letter('email-click', 900),
      get url() {
        looks += 1;
        return `https://example.com/${place === 0 ? 'a' : 'b'}`;
      },
    }));
    expect(leftOut(many)).toStrictEqual(many.map(() => 'several-links'));
    expect(looks).toBeLessThan(100_000);
  });
});
