import { promiseLines } from '../promises.ts';
import { number, tableLines } from '../table.ts';
import type { Latencies } from './latencies.ts';
import type { MeasuredFastTracks, Moments } from './measure.ts';

/** What was measured, for people. */
export function fastTrackText({ webhook, hotPoll, promises, ...measured }: MeasuredFastTracks): string {
  const { limit, leads, hotPollPeriodMs } = measured;
  return `${[
    `  from the submission of a demo request to the write in the CRM, in milliseconds`,
    `  ${number(leads)} leads; limit ${limit.burst} calls in ${limit.interval / 1_000} s; a hot poll every ${hotPollPeriodMs / 1_000} s`,
    '',
    ...tableLines([
      ['', 'requests', 'p50', 'p95', 'p99'],
      ...rowsOf('by webhook', webhook),
      ...rowsOf('by hot poll', hotPoll),
    ]),
    '',
    ...promiseLines(promises),
  ].join('\n')}\n`;
}

function rowsOf(way: string, { idle, underBackfill, fetching, scoring }: Moments): string[][] {
  return [
    row(`${way}, idle`, idle),
    row(`${way}, under backfill`, underBackfill),
    row('  while it fetches what people did', fetching),
    row('  while it scores leads', scoring),
  ];
}

function row(name: string, { requests, p50Ms, p95Ms, p99Ms }: Latencies): string[] {
  const cells = [p50Ms, p95Ms, p99Ms].map((ms) => (Number.isNaN(ms) ? '-' : number(ms)));
  return [name, number(requests), ...cells];
}
