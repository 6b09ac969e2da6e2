import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/base/clock.ts';
import { ageText } from '../../../src/cli/age-text.ts';
import { statusJson } from '../../../src/cli/status-json.ts';
import { needsOf } from '../../../src/cli/status-needs.ts';
import { statusText } from '../../../src/cli/status-text.ts';
import type { ConnectionStatus, Status } from '../../../src/sync/status.ts';
import { MONDAY } from '../../support/test-clock.ts';

const NOW = MONDAY;
const ago = (ms: number) => NOW - ms;

const WELL: ConnectionStatus = {
  name: 'hubspot',
  role: 'both',
  workerSeenAt: ago(4 * SECOND),
  isWorkerLate: false,
  reachedAt: ago(12 * SECOND),
  errors: [],
  scored: { state: 'done', at: ago(2 * DAY) },
  isInForce: true,
  challengers: [],
  streams: [
    { name: 'leads', readTo: ago(12 * SECOND), schedule: { every: MINUTE }, late: false },
    { name: 'form-submission:demo-request', readTo: ago(4 * SECOND), schedule: { every: 10 * SECOND }, late: false },
  ],
  backlog: { waiting: 12, waitingSince: ago(3 * SECOND), held: 100 },
  accounts: { waiting: 0, held: 0 },
  work: [{ job: 'score', connection: 'hubspot', since: ago(2 * SECOND) }],
  calls: {
    burst: 97,
    burstOf: 100,
    interval: 10 * SECOND,
    day: { left: 238_112, of: 250_000, toldAt: ago(SECOND) },
  },
  deadLetters: 0,
  sales: { open: 14, overdue: 2, notices: 0 },
};

const status = (own: Partial<ConnectionStatus> = {}, more: Partial<Status> = {}): Status => ({
  at: NOW,
  connections: [{ ...WELL, ...own }],
  tripped: [],
  undone: [],
  channels: { troubles: new Map(), undelivered: 0 },
  ...more,
});

const textOf = (one: Status) => statusText(one, needsOf(one), { colour: false });

describe('the status', () => {
  it('tells all of it in a few short lines', () => {
    expect(textOf(status())).toEqual([
      'hubspot: reached 12 s ago',
      '  scored        every lead, 2 d ago',
      '  waiting       12 leads, the longest for 3 s; 100 taken or resting',
      '  at work       score for 2 s',
      '  calls left    97 of 100 for 10 s; 238,112 of 250,000 for the day (1 s ago)',
      '  sales         14 follow-ups open, 2 overdue',
      '  dead letters  none',
      '  read up to',
      '    leads                         12 s ago  every 60 s',
      '    form-submission:demo-request  4 s ago   every 10 s',
      '',
      'All is well.',
    ]);
  });

  it('says in words that no follow-up is open', () => {
    const idle = { open: 0, overdue: 0, notices: 2 };
    expect(textOf(status({ sales: idle }))).toContain('  sales         no follow-up is open; 2 notices to be sent');
  });

  it('fits on a screen, with what is late before what is not, however much is polled', () => {
    const streams = Array.from({ length: 60 }, (_, index) => ({
      name: `form-submission:form-${index}`,
      readTo: ago(index * MINUTE),
      schedule: { every: MINUTE },
      late: index >= 58,
    }));
    const lines = textOf(status({ streams })).flatMap((line) => line.split('\n'));
    expect(lines.length).toBeLessThanOrEqual(24);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    const shown = lines.filter((line) => line.includes('form-submission:form-') && !line.startsWith('x'));
    expect(shown[0]).toMatch(/form-58 .*late$/);
    expect(lines).toContain('    and 50 more, all in time');
  });

  it('names every stream in JSON, with times that programs read', () => {
    const one = status({ errors: [{ job: 'score', since: ago(HOUR), at: ago(MINUTE), message: 'no answer' }] });
    const json = JSON.parse(JSON.stringify(statusJson(one, needsOf(one))));
    expect(json).toMatchObject({ at: '2026-11-16T09:00:00.000Z', ok: false });
    expect(json.connections.hubspot).toMatchObject({
      streams: [{ name: 'leads', readTo: '2026-11-16T08:59:48.000Z', schedule: { every: MINUTE }, late: false }, {}],
      errors: [{ job: 'score', since: '2026-11-16T08:00:00.000Z', message: 'no answer' }],
      followUps: { open: 14, overdue: 2 },
    });
  });
});

describe('what needs a person', () => {
  it('is nothing while all is well, overdue follow-ups and a failure of some minutes among it', () => {
    expect(needsOf(status())).toEqual([]);
    const short = [{ job: 'pull-leads', since: ago(10 * MINUTE), at: ago(MINUTE), message: 'no answer' }];
    expect(needsOf(status({ errors: short }))).toEqual([]);
    expect(statusJson(status(), [])).toMatchObject({ ok: true });
  });

  it.each<[string, Partial<ConnectionStatus>, string | RegExp]>([
    ['a pause', { paused: 'the token was revoked' }, /^paused: mend it and restart the worker/],
    ['no worker yet', { workerSeenAt: undefined, isWorkerLate: true }, 'no worker has run yet: run "leadgauge start"'],
    [
      'a worker that is gone',
      { workerSeenAt: ago(3 * HOUR), isWorkerLate: true },
      'no worker for 3 h: run "leadgauge start"',
    ],
    ['no backfill', { scored: { state: 'never' } }, 'no lead is scored yet: run "leadgauge backfill"'],
    ['dead letters', { deadLetters: 3 }, '3 dead letters: see "leadgauge dead-letters list"'],
    [
      'what fails for long',
      { errors: [{ job: 'pull-lists', since: ago(HOUR), at: ago(MINUTE), message: 'no answer' }] },
      'pull-lists has failed for 60 min: no answer',
    ],
    ['a spent day', { calls: { ...WELL.calls, spent: 'account' } }, /^the day's API calls are spent/],
    [
      'leads that nobody scores',
      { backlog: { waiting: 1_200, waitingSince: ago(5 * HOUR), held: 0 } },
      '1,200 leads wait to be scored, the first for 5 h',
    ],
  ])('is %s', (_, own, need) => {
    expect(needsOf(status(own))).toEqual([typeof need === 'string' ? need : expect.stringMatching(need)]);
  });

  it('is the cause, and not all that follows from it', () => {
    const streams = WELL.streams.map((stream) => ({ ...stream, late: true }));
    const errors = [{ job: 'pull-leads', since: ago(DAY), at: ago(MINUTE), message: 'no answer' }];
    const late = { streams, errors, backlog: { waiting: 1, waitingSince: ago(DAY), held: 0 } };
    expect(needsOf(status(late))).toHaveLength(3);
    expect(needsOf(status({ ...late, isWorkerLate: true }))).toHaveLength(1);
    expect(needsOf(status({ ...late, paused: 'no scope' }))).toHaveLength(1);
    expect(needsOf(status({ ...late, errors: [] }))[0]).toBe('leads and 1 more are read late');
  });

  it('says why no worker could start', () => {
    const errors = [{ job: 'start', since: ago(HOUR), at: ago(MINUTE), message: 'the token was revoked' }];
    expect(needsOf(status({ workerSeenAt: ago(HOUR), isWorkerLate: true, errors }))).toEqual([
      'no worker for 60 min, as its last start failed: the token was revoked: run "leadgauge start"',
    ]);
  });

  it('names the connection where there are several, and what concerns them all once', () => {
    const other = { ...WELL, name: 'salesforce', deadLetters: 1 };
    const tripped = [{ rule: 'platform/demo', at: ago(HOUR), leads: 50, per: HOUR, held: 4_000 }];
    const troubles = new Map([['slack', 'the webhook is gone (404)']]);
    const both = status({}, { connections: [WELL, other], tripped, channels: { troubles, undelivered: 2 } });
    expect(needsOf(both)).toEqual([
      'salesforce: 1 dead letter: see "leadgauge dead-letters list"',
      'the rule platform/demo alerts too many: 4,000 alerts are held, see "leadgauge alerts list"',
      'sales cannot be told by slack: the webhook is gone (404)',
    ]);
    const text = textOf(both).join('\n');
    expect(text).toContain('platform/demo: 4,000 alerts held for 60 min');
    expect(text).toContain('2 notices given up within a week: see the log');
  });
});

describe('a decision on a stopped rule that broke off', () => {
  const undone = (decidedAt: number): Partial<Status> => {
    const stopped = { rule: 'platform/demo-request', at: ago(2 * HOUR), leads: 50, per: HOUR, held: 3 };
    return { undone: [{ ...stopped, decision: 'resumed', decidedAt }] };
  };

  it('is told of, and needs nobody as long as a worker finishes it', () => {
    const one = status({}, undone(ago(2 * MINUTE)));
    expect(needsOf(one)).toEqual([]);
    const told = '  platform/demo-request: resumed 2 min ago, which is not done yet: 3 alerts';
    expect(textOf(one)).toContain(told);
    expect(statusJson(one, [])).toMatchObject({
      undone: [{ rule: 'platform/demo-request', decision: 'resumed', decidedAt: '2026-11-16T08:58:00.000Z', held: 3 }],
    });
  });

  it('needs a person once none has', () => {
    expect(needsOf(status({}, undone(ago(15 * MINUTE))))).toEqual([
      'the rule platform/demo-request was resumed, which broke off: run "leadgauge alerts resume platform/demo-request" again',
    ]);
  });
});

it.each([
  [0, '0 s'],
  [90 * SECOND, '90 s'],
  [2 * MINUTE, '2 min'],
  [119 * MINUTE, '119 min'],
  [47 * HOUR, '47 h'],
  [48 * HOUR, '2 d'],
  [1_500 * DAY, '1,500 d'],
  [-SECOND, '0 s'],
])('%i ms are %s', (ms, text) => {
  expect(ageText(ms)).toBe(text);
});
