import { type Promised, promiseLines } from '../promises.ts';
import { number, tableLines } from '../table.ts';
import type { Compared } from './compare.ts';
import type { Seen, Trouble, WhileSlow } from './while-slow.ts';

export interface MeasuredReceiver {
  readonly compared: readonly Compared[];
  readonly connections: number;
  readonly whileSlow: readonly WhileSlow[];
  readonly redis: string;
}

export function receiverPromises({ compared, whileSlow }: MeasuredReceiver): Promised[] {
  const ours = (trouble: Trouble) => whileSlow.find((each) => each.trouble === trouble)?.ours;
  const within = (seen: Seen | undefined, ms: number) => seen !== undefined && seen.unanswered === 0 && seen.p99Ms < ms;
  const allTaken = (seen: Seen | undefined) => seen !== undefined && seen.refused === 0 && within(seen, 1_000);
  return [
    ...compared.map(({ events, vsBare }) => ({
      what: `at least 0.9 of the bare route, ${eventsText(events)}`,
      kept: vsBare >= 0.9,
    })),
    { what: 'all taken within a second while the CRM is silent', kept: allTaken(ours('crm-silent')) },
    { what: 'all taken within a second while Redis is slow', kept: allTaken(ours('redis-100-ms-late')) },
    { what: 'all answered within a second while Redis is silent', kept: within(ours('redis-silent'), 1_000) },
    { what: 'all answered within a second while Redis is away', kept: within(ours('redis-away'), 1_000) },
  ];
}

/** What was measured, for people. */
export function receiverText(measured: MeasuredReceiver, promises: readonly Promised[]): string {
  const { compared, connections, whileSlow } = measured;
  return `${[
    `  as fast as it goes, ${connections} requests under way at once`,
    '',
    ...tableLines([
      ['', 'times bare', 'requests/s', 'p50 ms', 'p99 ms', '503', 'µs of CPU'],
      ...compared.flatMap(({ events, vsBare, bare, ...ours }) => [
        [eventsText(events), number(vsBare, 2), ...figureCells(ours)],
        ['  the bare route', '', ...figureCells(bare)],
      ]),
    ]),
    '',
    '  what the senders of 200 webhooks a second see',
    '',
    ...tableLines([
      ['', 'taken', '503', 'no answer', 'p50 ms', 'p99 ms'],
      ...whileSlow.flatMap(({ trouble, ours, bare }) => [
        [TROUBLES[trouble], ...seenCells(ours)],
        ['  the bare route', ...seenCells(bare)],
      ]),
    ]),
    '',
    ...promiseLines(promises),
  ].join('\n')}\n`;
}

const TROUBLES: Readonly<Record<Trouble, string>> = {
  none: 'all is well',
  'redis-100-ms-late': 'Redis answers 100 ms late',
  'redis-silent': 'Redis does not answer',
  'redis-away': 'Redis is away',
  'crm-silent': 'the CRM does not answer',
};

function figureCells({ requestsPerSecond, p50Ms, p99Ms, refused, cpuMicros }: Compared['bare']): string[] {
  const cpu = cpuMicros === undefined ? '-' : number(cpuMicros);
  return [number(requestsPerSecond), number(p50Ms, 1), number(p99Ms, 1), number(refused), cpu];
}

function seenCells({ taken, refused, unanswered, p50Ms, p99Ms }: Seen): string[] {
  return [number(taken), number(refused), number(unanswered), number(p50Ms, 1), number(p99Ms, 1)];
}

function eventsText(events: number): string {
  return events === 1 ? 'one event each' : `${events} events each`;
}
