import { SECOND } from '../../../base/clock.ts';

/**
 * Reads times of Account Engagement, `2026-11-21T13:00:00+01:00`, as milliseconds since 1970; one without an offset is of the
 * given IANA time zone, that of the user who calls. NaN for what is no time.
 */
export function engagementTimes(timeZone: string): (text: string) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });

  /** How far the zone is ahead of UTC at an instant, in milliseconds. */
  function ahead(at: number): number {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = PARTS.map((part) => parts.get(part));
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / SECOND) * SECOND;
  }

  return (text) => {
    const [, date, time, offset] =
      /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? [];
    const asUtc = Date.parse(`${date}T${time}Z`);
    if (Number.isNaN(asUtc)) return Number.NaN;
    if (offset !== undefined) return Date.parse(`${date}T${time}${offset.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`);
    // Near a change of the clocks the first guess may lie on its other side.
    return asUtc - ahead(asUtc - ahead(asUtc));
  };
}

const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;
