import type { Backlog } from '../ledger/backlog.ts';
import type { BudgetLeft } from '../queue/budget-left.ts';
import type { Schedule } from '../settings/schedules.ts';
import type { ConnectionStatus, Scored, Status } from '../sync/status.ts';
import type { StreamStatus } from '../sync/stream-status.ts';
import { ageText } from './age-text.ts';
import type { Io } from './io.ts';
import { challengerText } from './models-text.ts';
import { counted, fold, paint, table } from './print.ts';

/** The status on one screen, within 80 columns where no name or message is longer. */
export function statusText(
  { at, connections, tripped, undone, channels }: Status,
  needs: readonly string[],
  io: Pick<Io, 'colour'>,
): string[] {
  const lines = connections.flatMap((each) => [...connectionText(each, at, io), '']);
  const rules = [
    ...tripped.map(
      ({ rule, at: since, held }) => `  ${rule}: ${counted(held, 'alert')} held for ${ageText(at - since)}`,
    ),
    ...undone.map(
      ({ rule, decision, decidedAt, held }) =>
        `  ${rule}: ${decision} ${ageText(at - decidedAt)} ago, which is not done yet: ${counted(held, 'alert')}`,
    ),
  ];
  return [
    ...lines,
    ...(rules.length === 0 ? [] : [paint(io, 'bold', 'rules that wanted to alert too many'), ...rules, '']),
    ...(channels.undelivered === 0
      ? []
      : [`${counted(channels.undelivered, 'notice')} given up within a week: see the log`, '']),
    ...(needs.length === 0
      ? [paint(io, 'green', 'All is well.')]
      : needs.map((need) => `${paint(io, 'red', 'x ')} ${fold(need, 3).trimStart()}`)),
  ];
}

function connectionText(connection: ConnectionStatus, now: number, io: Pick<Io, 'colour'>): string[] {
  const { name, role, paused, backlog, accounts, work, calls, sales, errors, streams, deadLetters, challengers } =
    connection;
  const facts: [string, string | undefined][] = [
    ['paused', paused],
    ['scored', scoredText(connection, now)],
    ...(role === 'source' ? [] : challengers.map((one): [string, string] => ['', challengerText(one)])),
    ['waiting', backlogText(backlog, 'lead', now)],
    ['', accounts.waiting + accounts.held === 0 ? undefined : backlogText(accounts, 'account', now)],
    ['at work', work.map(({ job, since }) => `${job} for ${ageText(now - since)}`).join(', ') || undefined],
    ['calls left', callsText(calls, now)],
    ['sales', salesText(sales)],
    ['dead letters', deadLetters === 0 ? 'none' : deadLetters.toLocaleString('en-US')],
    ...errors.map(({ job, since, at, message }): [string, string] => [
      'failed',
      `${job}, ${ageText(now - at)} ago${at > since ? `, for ${ageText(at - since)}` : ''}: ${message}`,
    ]),
  ];
  return [
    `${paint(io, 'bold', name)}: ${stateText(connection, now)}`,
    ...facts.flatMap(([what, text]) => (text === undefined ? [] : [fact(what, text, io)])),
    ...streamLines(streams, now, io),
  ];
}

function stateText({ paused, role, isWorkerLate, workerSeenAt, reachedAt }: ConnectionStatus, now: number): string {
  const as = role === 'both' ? '' : `, as a ${role}`;
  if (paused !== undefined) return `paused until restarted${as}`;
  if (workerSeenAt === undefined) return `no worker has run yet${as}`;
  if (isWorkerLate) return `no worker for ${ageText(now - workerSeenAt)}${as}`;
  return reachedAt === undefined ? `a worker is at it${as}` : `reached ${ageText(now - reachedAt)} ago${as}`;
}

function scoredText({ scored, isInForce, role }: ConnectionStatus, now: number): string {
  const others = isInForce ? '' : '; the models in config/ are others: they hold once the worker is restarted';
  return `${SCORED[scored.state](scored, now, role === 'source' ? 'read' : 'scored')}${others}`;
}

const SCORED: Readonly<Record<Scored['state'], (scored: Scored, now: number, done: string) => string>> = {
  never: () => 'nobody yet',
  'not-yet': ({ at }, now, done) =>
    at === undefined
      ? `every lead is yet to be ${done} by changed models`
      : `the first backfill began ${ageText(now - at)} ago`,
  done: ({ at }, now) => (at === undefined ? 'every lead' : `every lead, ${ageText(now - at)} ago`),
};

function backlogText({ waiting, waitingSince, held }: Backlog, thing: string, now: number): string {
  const longest = waitingSince === undefined ? '' : `, the longest for ${ageText(now - waitingSince)}`;
  const taken = held === 0 ? '' : `; ${held.toLocaleString('en-US')} taken or resting`;
  return `${waiting === 0 ? `no ${thing}` : counted(waiting, thing)}${longest}${taken}`;
}

function callsText({ burst, burstOf, interval, day, ownDay, pausedUntil }: BudgetLeft, now: number): string {
  const number = (value: number) => value.toLocaleString('en-US');
  const of = (left: number, most: number | undefined) =>
    `${number(left)}${most === undefined ? '' : ` of ${number(most)}`}`;
  return [
    ...(pausedUntil === undefined ? [] : [`none for ${ageText(pausedUntil - now)}, as the CRM asked`]),
    `${of(burst, burstOf)} for ${ageText(interval)}`,
    ...(day === undefined ? [] : [`${of(day.left, day.of)} for the day (${ageText(now - day.toldAt)} ago)`]),
    ...(ownDay === undefined ? [] : [`${of(ownDay.left, ownDay.of)} by config`]),
  ].join('; ');
}

function salesText({ open, overdue, notices }: ConnectionStatus['sales']): string {
  const late = overdue === 0 ? '' : `, ${overdue.toLocaleString('en-US')} overdue`;
  const waiting = notices === 0 ? '' : `; ${counted(notices, 'notice')} to be sent`;
  return `${open === 0 ? 'no follow-up is' : counted(open, 'follow-up')} open${late}${waiting}`;
}

/** More would push the rest off the screen: the late ones come first, and JSON has them all. */
const MOST_STREAMS = 10;

function streamLines(streams: readonly StreamStatus[], now: number, io: Pick<Io, 'colour'>): string[] {
  if (streams.length === 0) return [];
  const late = streams.filter((stream) => stream.late);
  const inTime = streams.filter((stream) => !stream.late);
  const shown =
    streams.length <= MOST_STREAMS ? streams : [...late, ...inTime].slice(0, Math.max(MOST_STREAMS, late.length));
  const rows = shown.map(({ name, readTo, schedule, late: isLate }) => [
    `    ${name}`,
    readTo === undefined ? 'never' : `${ageText(now - readTo)} ago`,
    scheduleText(schedule),
    isLate ? paint(io, 'yellow', 'late') : '',
  ]);
  const more = streams.length - shown.length;
  return ['  read up to', ...table(rows), ...(more === 0 ? [] : [`    and ${more} more, all in time`])];
}

function scheduleText(schedule: Schedule): string {
  if (schedule === 'off') return 'off';
  return 'every' in schedule ? `every ${ageText(schedule.every)}` : `at ${schedule.cron}`;
}

const LABEL = 14;

function fact(what: string, text: string, io: Pick<Io, 'colour'>): string {
  const label = `  ${what}`.padEnd(LABEL + 2);
  const style = what === 'failed' || what === 'paused' ? 'yellow' : 'dim';
  return paint(io, style, label) + fold(text, LABEL + 2).trimStart();
}
