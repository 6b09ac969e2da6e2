import { describe, expect, test } from 'vitest';
import {
  CONTACT,
  DAY,
  forgetOrgs,
  HOUR,
  id,
  inQuery,
  LEAD,
  MINUTE,
  NOON,
  streamsOf,
  told,
  USER,
  WINDOW,
  written,
} from './streams-bench.ts';

forgetOrgs();

const task = (number: number, more: object = {}) => ({
  Id: id('00T', number),
  SystemModstamp: written(NOON - 10 * MINUTE),
  IsDeleted: false,
  CreatedDate: written(NOON - 10 * MINUTE),
  WhoId: LEAD,
  TaskSubtype: 'Call',
  IsClosed: true,
  CompletedDateTime: written(NOON - 10 * MINUTE),
  ActivityDate: '2026-11-02',
  CallType: null,
  CallDurationInSeconds: null,
  CallDisposition: null,
  ...more,
});

describe('calls that are logged as tasks', () => {
  const pull = async (...tasks: object[]) =>
    (await streamsOf({ open: ['tasks'], tables: { Task: tasks } }).pull('task')).map(told);

  test('count once they are done, at that time and with how long they took', async () => {
    await expect(pull(task(1, { CallDurationInSeconds: 90 }))).resolves.toEqual([
      { who: LEAD, id: id('00T', 1), type: 'call', at: NOON - 10 * MINUTE, minutes: 1.5 },
    ]);
  });

  test.each([
    ['is to be done still', { IsClosed: false, CompletedDateTime: null }],
    ['was deleted', { IsDeleted: true }],
    ['was called off', { CallDisposition: 'Cancelled' }],
  ])('are taken back, whatever they were told as, where one %s', async (_, how) => {
    await expect(pull(task(1, { ...how, CreatedDate: written(NOON - DAY) }))).resolves.toMatchObject([
      { type: 'call', withdrawn: true },
      { type: 'call-attempt', withdrawn: true },
    ]);
  });

  test.each([
    ['reached nobody', { CallDisposition: 'No Answer' }],
    ['reached a machine', { CallDisposition: 'Left voicemail' }],
    ['lasted no second', { CallDurationInSeconds: 0 }],
  ])('are a try where one %s', async (_, how) => {
    await expect(pull(task(1, how))).resolves.toEqual([
      { who: LEAD, id: id('00T', 1), type: 'call-attempt', at: NOON - 10 * MINUTE },
    ]);
  });

  test('that turn out otherwise are told as that, and taken back as what they were', async () => {
    const before = { CreatedDate: written(NOON - DAY) };
    await expect(pull(task(1, { ...before, CallDisposition: 'No answer' }))).resolves.toMatchObject([
      { type: 'call', withdrawn: true },
      { type: 'call-attempt' },
    ]);
    const [call, attempt] = await pull(task(1, { ...before, CallDisposition: 'Connected' }));
    expect(call).not.toHaveProperty('withdrawn');
    expect(attempt).toMatchObject({ type: 'call-attempt', withdrawn: true });
  });

  test('of the person’s own are marked so, and are no try of sales where nobody took them', async () => {
    const inbound = { CallType: 'Inbound' };
    await expect(pull(task(1, inbound))).resolves.toMatchObject([{ type: 'call', isInbound: true }]);
    await expect(pull(task(1, { ...inbound, CallDisposition: 'Missed call' }))).resolves.toEqual([]);
  });

  test('with a result of the company’s own count', async () => {
    await expect(pull(task(1, { CallDisposition: 'Interested, will answer by mail' }))).resolves.toMatchObject([
      { type: 'call' },
    ]);
  });

  test('that are planned need no word before they are done', async () => {
    await expect(pull(task(1, { IsClosed: false, CompletedDateTime: null }))).resolves.toEqual([]);
  });

  test('of years ago that came from another system took place on their day', async () => {
    const [call] = await pull(task(1, { ActivityDate: '2025-03-04' }));
    expect(call?.at).toBe(Date.UTC(2025, 2, 4, 12));
  });

  test('that were planned for last week and done today took place today', async () => {
    const [call] = await pull(task(1, { ActivityDate: '2026-10-26', CreatedDate: written(NOON - 10 * DAY) }));
    expect(call?.at).toBe(NOON - 10 * MINUTE);
  });

  test('are about leads and contacts alone', async () => {
    await expect(pull(task(1, { WhoId: CONTACT }), task(2, { WhoId: USER }))).resolves.toMatchObject([
      { who: CONTACT },
    ]);
  });

  test('are no follow-up task: only what was logged as a call, or as one by a telephone system, is asked for', async () => {
    const { pull: poll, asked } = streamsOf({ open: ['tasks'], tables: { Task: [] } });
    await poll('task');
    expect(asked.flat()).toEqual([
      expect.stringContaining(
        "FROM Task WHERE WhoId != null AND (TaskSubtype IN ('Call','Email') OR CallType != null) AND",
      ),
    ]);
    expect(asked.flat()[0]).not.toMatch(/Subject|Description/);
  });

  test('take nothing back where nothing is known yet', async () => {
    const edited = task(1, { CreatedDate: written(NOON - DAY), CallDisposition: 'No answer' });
    const { pull: poll } = streamsOf({ open: ['tasks'], tables: { Task: [edited] } });
    const found = await poll('task', { from: NOON - DAY, to: NOON, since: NOON - DAY });
    expect(found.map(told)).toMatchObject([{ type: 'call-attempt' }]);
  });

  test('where nothing is known yet, are those done since then, of the archive too', async () => {
    const { pull: poll, asked } = streamsOf({ open: ['tasks'], tables: { Task: [] } });
    const since = NOON - 400 * DAY;
    await poll('task', { from: since, to: NOON, since });
    expect(asked.flat()).toEqual([
      expect.stringMatching(
        new RegExp(
          `^all .* AND IsDeleted = false AND \\(IsClosed = true AND \\(CreatedDate >= ${inQuery(since)} OR CompletedDateTime >= ${inQuery(since)}\\)\\) ORDER BY SystemModstamp, Id LIMIT 2000$`,
        ),
      ),
    ]);
  });
});

describe('e-mails that are logged as tasks', () => {
  const email = task(2, { TaskSubtype: 'Email' });

  test('count as e-mails of sales', async () => {
    const { pull } = streamsOf({ open: ['tasks'], tables: { Task: [email] } });
    expect((await pull('task')).map(told)).toMatchObject([{ who: LEAD, id: id('00T', 2), type: 'sales-email' }]);
  });

  test('are left to the e-mails where Salesforce keeps one beside the task', async () => {
    const { pull, asked } = streamsOf({
      open: ['tasks', 'emails'],
      tables: {
        Task: [email, task(3, { TaskSubtype: 'Email' })],
        EmailMessage: (soql) => (soql.includes('ActivityId IN') ? [{ ActivityId: id('00T', 2) }] : []),
      },
    });
    expect((await pull('task')).map(({ activity }) => activity.id)).toEqual([id('00T', 3)]);
    expect(asked.at(-1)).toEqual([
      `all SELECT ActivityId FROM EmailMessage WHERE ActivityId IN ('${id('00T', 2)}','${id('00T', 3)}')`,
    ]);
  });
});

describe('meetings', () => {
  const event = (more: object = {}) => ({
    Id: id('00U', 1),
    SystemModstamp: written(NOON - 10 * MINUTE),
    IsDeleted: false,
    WhoId: CONTACT,
    Subject: 'First meeting',
    StartDateTime: written(NOON + 3 * DAY),
    EndDateTime: written(NOON + 3 * DAY + 45 * MINUTE),
    ActivityDate: '2026-11-05',
    IsAllDayEvent: false,
    ...more,
  });
  const pull = async (how: object = {}) =>
    (await streamsOf({ open: ['events'], tables: { Event: [event(how)] } }).pull('meeting')).map(told);

  test('count from when they are booked, at their time and with their length', async () => {
    await expect(pull()).resolves.toEqual([
      { who: CONTACT, id: id('00U', 1), type: 'meeting', at: NOON + 3 * DAY, minutes: 45 },
    ]);
  });

  test.each([
    [{ IsDeleted: true }],
    [{ Subject: 'Canceled: First meeting' }],
    [{ Subject: 'Abgesagt: Kennenlernen' }],
    [{ StartDateTime: null, EndDateTime: null }],
  ])('are taken back where they are no more: %o', async (how) => {
    await expect(pull(how)).resolves.toMatchObject([{ withdrawn: true }]);
  });

  test('about a cancelled order take place', async () => {
    expect((await pull({ Subject: 'Cancelled order: next steps' }))[0]).not.toHaveProperty('withdrawn');
  });

  test('of a whole day are at its noon, and nobody knows how long they took', async () => {
    const [meeting] = await pull({ IsAllDayEvent: true, StartDateTime: '2026-11-05T00:00:00.000+0000' });
    expect(meeting).toEqual({ who: CONTACT, id: id('00U', 1), type: 'meeting', at: Date.UTC(2026, 10, 5, 12) });
  });

  test('of a colleague who was invited, and whole series, are not asked for', async () => {
    const { pull: poll, asked } = streamsOf({ open: ['events'], tables: { Event: [] } });
    await poll('meeting');
    await poll('meeting', { ...WINDOW, since: NOON - HOUR });
    expect(asked.flat()).toEqual([
      expect.stringContaining('WHERE WhoId != null AND IsChild = false AND IsRecurrence = false AND SystemModstamp >='),
      expect.stringContaining(`AND IsDeleted = false AND (StartDateTime >= ${inQuery(NOON - HOUR)}) ORDER BY`),
    ]);
  });
});
