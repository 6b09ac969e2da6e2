import { promiseLines } from '../promises.ts';
import { number, tableLines } from '../table.ts';
import type { MeasuredSync } from './measure-sync.ts';

/** What was measured, for people. */
export function syncText(measured: MeasuredSync): string {
  const { calls, least, incremental, promises, within } = measured;
  return `${[
    `  ${NAMES[measured.crm]}: a backfill of ${number(measured.leads)} leads`,
    '',
    ...tableLines([
      ['answers 429', number(measured.rateLimited)],
      ['calls', number(calls.total)],
      ['least possible', number(least.total)],
      ['ratio', number(measured.callsVsLeast, 3)],
      ['seconds', number(measured.seconds)],
      ['leads a second', number(measured.leadsPerSecond)],
      ['peak memory, MB', number(measured.peakRssMb)],
      ['growth, MB a minute', number(measured.rssGrowthMbPerMinute, 1)],
      ['Redis, bytes a lead', measured.redisBytesPerLead === undefined ? '?' : number(measured.redisBytesPerLead)],
    ]),
    '',
    ...(within === null ? [] : withinLines(measured, within)),
    `  the polls of a minute after ${number(incremental.changes)} changes`,
    '',
    ...tableLines([
      ['', ...incremental.portals.map(({ leads }) => `${number(leads)} leads`)],
      ...[...new Set(incremental.portals.flatMap((portal) => Object.keys(portal.calls)))].map((kind) => [
        `${kind} calls`,
        ...incremental.portals.map((portal) => number(portal.calls[kind] ?? 0)),
      ]),
      ['seconds', ...incremental.portals.map(({ seconds }) => number(seconds, 2))],
      [
        'Redis commands',
        ...incremental.portals.map(({ redisCommands }) => (redisCommands === undefined ? '?' : number(redisCommands))),
      ],
    ]),
    '',
    ...promiseLines(promises),
  ].join('\n')}\n`;
}

const NAMES = { hubspot: 'HubSpot', salesforce: 'Salesforce' };

function withinLines({ limit }: MeasuredSync, within: NonNullable<MeasuredSync['within']>): string[] {
  const { leads, limitUsed, rateLimited, leadsPerSecond, seconds } = within;
  const scale = limit?.timeScale === 1 ? "HubSpot's own" : `HubSpot's, in ${limit?.timeScale} times the time`;
  return [
    `  a backfill of ${number(leads)} leads within ${limit?.burst} calls in ${(limit?.interval ?? 0) / 1_000} s (${scale})`,
    '',
    ...tableLines([
      ['of the limit used', limitUsed === null ? '?' : `${number(100 * limitUsed, 1)}%`],
      ['answers 429', number(rateLimited)],
      ['seconds', number(seconds)],
      ['leads a second', number(leadsPerSecond)],
    ]),
    '',
  ];
}
