import { describe, expect, test } from 'vitest';
import { FatalError, RetryableError } from '../../../../src/base/errors.ts';
import type { Observation, StreamWindow } from '../../../../src/crm/crm.ts';
import {
  forgetOrgs,
  HOUR,
  id,
  inQuery,
  LEAD,
  MINUTE,
  NOON,
  pullAll,
  streamsOf,
  WINDOW,
  written,
} from './streams-bench.ts';

forgetOrgs();

const OPEN = ['tasks', 'events', 'emails', 'opportunities'] as const;
const EMPTY = { Task: [], Event: [], EmailMessage: [], Opportunity: [], OpportunityContactRole: [] };

const objectsOf = (queries: readonly string[] | undefined) => queries?.map((soql) => / FROM (\w+) /.exec(soql)?.[1]);

const task = (number: number, at: number) => ({
  Id: id('00T', number),
  SystemModstamp: written(at),
  IsDeleted: false,
  CreatedDate: written(at),
  WhoId: LEAD,
  TaskSubtype: 'Call',
  IsClosed: true,
  CompletedDateTime: written(at),
  ActivityDate: null,
  CallType: null,
  CallDurationInSeconds: null,
  CallDisposition: null,
});

describe('the streams of one poll', () => {
  test('share one call for all that sales keeps', async () => {
    const { streams, asked, calls } = streamsOf({ open: OPEN, tables: EMPTY });
    await Promise.all(streams.map((stream) => pullAll(stream, WINDOW)));
    expect(asked.map(objectsOf)).toEqual([['Task', 'Event', 'EmailMessage', 'Opportunity', 'OpportunityContactRole']]);
    expect(calls).toEqual(['activity']);
    const next = { from: WINDOW.from + MINUTE, to: WINDOW.to + MINUTE };
    await Promise.all(streams.map((stream) => pullAll(stream, next)));
    expect(asked).toHaveLength(2);
  });

  test('whose windows differ ask for their own', async () => {
    const { streams, asked } = streamsOf({ open: ['tasks', 'events'], tables: EMPTY });
    const windows: StreamWindow[] = [WINDOW, { ...WINDOW, from: WINDOW.from - HOUR }];
    for (const [index, stream] of streams.entries()) await pullAll(stream, windows[index] ?? WINDOW);
    expect(asked.map((queries) => queries[0]?.match(/>= (\S+)/)?.[1])).toEqual([
      inQuery(NOON - HOUR),
      inQuery(NOON - 2 * HOUR),
    ]);
  });

  test('do not fall together: where Salesforce refuses the query of one, the others are read by themselves', async () => {
    const { streams, asked } = streamsOf({
      open: ['tasks', 'events'],
      tables: { Task: [task(1, NOON - 5)], Event: 'INVALID_TYPE' },
    });
    const results = await Promise.allSettled(streams.map((stream) => pullAll(stream, WINDOW)));
    expect(results[0]).toMatchObject({ status: 'fulfilled', value: [{ activity: { id: id('00T', 1) } }] });
    const reason = results[1]?.status === 'rejected' ? results[1].reason : undefined;
    expect(reason).toBeInstanceOf(RetryableError);
    expect(String(reason)).toContain('meeting can no longer be read, and all else goes on');
    // The others have theirs already.
    expect(asked.map(objectsOf)).toEqual([['Task', 'Event'], ['Event']]);
  });
});

describe('reading by time and id', () => {
  test('goes on behind the last record, also where thousands were touched in one second', async () => {
    const stamp = NOON - 30 * MINUTE;
    const { pull, asked } = streamsOf({
      open: ['tasks'],
      tables: {
        Task: (soql) => {
          const after = Number(/Id > '00T(\d{12})/.exec(soql)?.[1] ?? 0);
          return Array.from({ length: Math.min(2_000, 4_500 - after) }, (_, index) => task(after + index + 1, stamp));
        },
      },
    });
    const found: Observation[] = await pull('task');
    expect(found.map(({ activity }) => activity.id)).toEqual(
      Array.from({ length: 4_500 }, (_, index) => id('00T', index + 1)),
    );
    expect(asked).toHaveLength(3);
    const at = inQuery(stamp);
    expect(asked[1]).toEqual([
      expect.stringContaining(
        `AND SystemModstamp >= ${at} AND (SystemModstamp > ${at} OR Id > '${id('00T', 2_000)}') AND SystemModstamp < ${inQuery(NOON)} ORDER BY`,
      ),
    ]);
  });

  test('asks for less at once where Salesforce gives a query up, and leaves nothing out', async () => {
    const stamps = Array.from({ length: 4_500 }, (_, index) => NOON - HOUR + index * 750);
    const all = stamps.map((stamp, index) => task(index + 1, Math.floor(stamp / 1_000) * 1_000));
    const { pull } = streamsOf({
      open: ['tasks'],
      tables: {
        Task: (soql) => {
          const [, from = '', to = ''] = /SystemModstamp >= (\S+) .*SystemModstamp < (\S+) ORDER/.exec(soql) ?? [];
          if (Date.parse(to) - Date.parse(from) > 20 * MINUTE) return 'QUERY_TIMEOUT';
          const [, after = ''] = / Id > '(\w+)'/.exec(soql) ?? [];
          return all
            .filter(({ SystemModstamp: at, Id }) => {
              const stamp = Date.parse(at);
              const isBehind = after === '' || stamp > Date.parse(from) || Id > after;
              return stamp >= Date.parse(from) && stamp < Date.parse(to) && isBehind;
            })
            .slice(0, 2_000);
        },
      },
    });
    const found: Observation[] = await pull('task');
    expect(found.map(({ activity }) => activity.id)).toEqual(all.map(({ Id }) => Id));
  });

  test('gives up what Salesforce does not answer however little it is', async () => {
    const { pull, asked } = streamsOf({ open: ['tasks'], tables: { Task: 'QUERY_TIMEOUT' } });
    await expect(pull('task')).rejects.toBeInstanceOf(RetryableError);
    expect(asked.length).toBeLessThan(10);
  });

  test('does not leave what was touched in this very second for the next poll', async () => {
    const { pull, asked } = streamsOf({ open: ['tasks'], tables: { Task: [] } });
    await pull('task', { from: NOON - HOUR, to: NOON + 250 });
    expect(asked.flat()[0]).toContain(`SystemModstamp < ${inQuery(NOON + 1_000)} `);
  });

  test('stops where Salesforce does not sort as asked: some would be left out', async () => {
    const { pull } = streamsOf({ open: ['tasks'], tables: { Task: [task(2, NOON - MINUTE), task(1, NOON - HOUR)] } });
    await expect(pull('task')).rejects.toBeInstanceOf(FatalError);
  });

  test('stops at a row of another shape, saying where and never what', async () => {
    const { pull } = streamsOf({
      open: ['tasks'],
      tables: { Task: [{ ...task(1, NOON - HOUR), IsClosed: 'canary' }] },
    });
    const error = await pull('task').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RetryableError);
    expect(String(error)).toContain('another shape than documented (at 0.IsClosed)');
    expect(String(error)).not.toContain('canary');
  });
});
