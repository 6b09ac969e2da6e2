import { resolve } from 'node:path';
import { defaultRepeatStrategy } from 'bullmq';
import { describe, expect, test } from 'vitest';
import { cronProblem } from '../../../src/settings/cron.ts';
import { schedulesSchema } from '../../../src/settings/schedules.ts';
import { checkYaml, readYaml } from '../../../src/settings/yaml-file.ts';
import { problemsOf } from './problems-of.ts';

test('every schedule may be left out', () => {
  expect(checkYaml('# nothing\n', 'f', schedulesSchema).value).toEqual({
    pull_leads: { every: 60_000 },
    pull_activities: { every: 60_000 },
    hot_poll: { every: 10_000 },
    pull_related: { every: 60_000 },
    pull_lists: { every: 300_000 },
    score: { every: 60_000 },
    due: { every: 60_000 },
    follow_up: { every: 15_000 },
    notices: { every: 15_000 },
    digest: { every: 300_000 },
    accounts: { every: 60_000 },
    sweep: { cron: '30 2 * * *', tz: 'UTC' },
    refresh: { cron: '0 3 * * 0', tz: 'UTC' },
    review: 'off',
  });
});

test('config/schedules.yaml says what holds without it', () => {
  const file = resolve(import.meta.dirname, '../../../config/schedules.yaml');
  expect(readYaml(file, schedulesSchema).value).toEqual(schedulesSchema.parse({}));
});

test('a schedule is a length of time, a cron expression or off', () => {
  const text = 'pull_leads: { every: 5m }\npull_activities: { cron: "0 3 * * *", tz: Europe/Berlin }\nscore: off\n';
  expect(checkYaml(text, 'f', schedulesSchema).value).toMatchObject({
    pull_leads: { every: 300_000 },
    pull_activities: { cron: '0 3 * * *', tz: 'Europe/Berlin' },
    score: 'off',
  });
});

test('a review needs a folder, and comes each quarter unless a cron expression says otherwise', () => {
  const review = (text: string) => checkYaml(`review: ${text}\n`, 'f', schedulesSchema).value.review;
  expect(review('{ to: reviews }')).toEqual({ to: 'reviews', cron: '0 6 1 1,4,7,10 *', tz: 'UTC' });
  expect(review('{ to: /srv/reviews, cron: "0 6 * * 1", tz: Europe/Berlin }')).toEqual({
    to: '/srv/reviews',
    cron: '0 6 * * 1',
    tz: 'Europe/Berlin',
  });
});

test('a cron expression means UTC unless it says otherwise', () => {
  expect(checkYaml('due: { cron: "0 3 * * *" }\n', 'f', schedulesSchema).value.due).toEqual({
    cron: '0 3 * * *',
    tz: 'UTC',
  });
});

test.each([
  ['due: of', ['f:1:6 "of" is not allowed for "due": did you mean "off"?']],
  ['due: 60s', ['f:1:6 "due" must be keys with values or "off", not "60s"']],
  ['due:', ['f:1:1 "due" is empty: give it keys with values or "off"']],
  ['due: {}', ['f:1:6 missing key: one of "every", "cron"']],
  ['duee: off', ['f:1:1 unknown key "duee": did you mean "due"?']],
  ['due: { evry: 60s }', ['f:1:8 unknown key "evry": did you mean "every"?']],
  [
    'due: { every: 60 }',
    ['f:1:15 60 is not a length of time: write its unit too, such as 60m for minutes or 60d for days'],
  ],
  ['due: { every: 1s }', ['f:1:15 "every" must be 5s to 1d for this job']],
  ['due: { every: 60s, tz: UTC }', ['f:1:20 unknown key "tz": only "every" is allowed']],
  ['hot_poll: { every: 2m }', ['f:1:20 "every" must be 5s to 60s for this job']],
  ['due: { cron: "0 25 * * *" }', ['f:1:14 "0 25 * * *" is no schedule: "25" is no hour: write 0 to 23, or *']],
  [
    'due: { cron: "0 3 * * *", tz: Europe/Berln }',
    ['f:1:31 "Europe/Berln" is no time zone: did you mean "Europe/Berlin"?'],
  ],
  ['due: { cron: "0 3 * * *", tz: Mars }', ['f:1:31 "Mars" is no time zone: write one such as Europe/Berlin']],
])('%s is named where it stands', (text, problems) => {
  expect(problemsOf(`${text}\n`, schedulesSchema)).toEqual(problems);
});

describe('a cron expression', () => {
  test.each([
    '* * * * *',
    '0 3 * * *',
    '*/15 * * * *',
    '0-30/10 8,12,18 * * *',
    '0 9 * * mon-fri',
    '0 9 1 jan,JUL *',
    '0 0 29 2 *',
    '0 0 31 * *',
    '0 0 31 2 1',
    '0 0 * * 7',
  ])('%s is what BullMQ can run', async (text) => {
    expect(cronProblem(text)).toBeUndefined();
    expect(await defaultRepeatStrategy(0, { pattern: text, tz: 'UTC' })).toBeGreaterThan(0);
  });

  test.each([
    ['', 'write five fields'],
    ['0 3 * *', 'write five fields'],
    ['0 0 3 * * *', 'write five fields'],
    ['@daily', 'write five fields'],
    ['60 * * * *', '"60" is no minute: write 0 to 59, or *'],
    ['0 24 * * *', '"24" is no hour: write 0 to 23, or *'],
    ['0 0 0 * *', '"0" is no day of the month: write 1 to 31, or *'],
    ['0 0 * 13 *', '"13" is no month: write 1 to 12, or *'],
    ['0 0 * * 8', '"8" is no day of the week: write 0 to 7, or *'],
    ['0 0 * * mo', '"mo" is no day of the week: write 0 to 7, or *'],
    ['5-1 * * * *', '"5-1" is no minute'],
    ['*/0 * * * *', '"*/0" is no minute'],
    ['1,,2 * * * *', '"" is no minute'],
    ['1-2-3 * * * *', '"1-2-3" is no minute'],
    ['-5 * * * *', '"-5" is no minute'],
    ['0 0 31 2 *', 'no month has such a day'],
    ['0 0 31 4,6,9,11 *', 'no month has such a day'],
  ])('%j is refused: %s', (text, problem) => {
    expect(cronProblem(text)).toContain(problem);
  });
});
