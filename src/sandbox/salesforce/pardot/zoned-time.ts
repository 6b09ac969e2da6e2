import { MINUTE } from '../../../base/clock.ts';

/** How far a time zone is ahead of UTC at an instant, in milliseconds. */
type OffsetOf = (at: number) => number;

/** Date-times as Account Engagement writes and reads them: in the time zone of the user who calls. */
export class ZonedTime {
  readonly #offsetOf: OffsetOf;

  /** @param timeZone IANA name */
  constructor(timeZone: string) {
    this.#offsetOf = offsetsOf(timeZone);
  }

  /** `2026-11-21T13:00:00+01:00` */
  write(at: number): string {
    const offset = this.#offsetOf(at);
    const minutes = Math.abs(Math.round(offset / MINUTE));
    const two = (number: number) => String(number).padStart(2, '0');
    const sign = offset < 0 ? '-' : '+';
    return `${new Date(at + offset).toISOString().slice(0, 19)}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  }

  /** Milliseconds since 1970. A time without an offset is one of this time zone; undefined for what is no time. */
  read(text: string): number | undefined {
    const parts = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$/.exec(text);
    if (parts === null) return undefined;
    const [, date, time = '00:00:00', offset] = parts;
    const asUtc = Date.parse(`${date}T${time}Z`);
    if (Number.isNaN(asUtc)) return undefined;
    if (offset !== undefined) return Date.parse(`${date}T${time}${offset.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`);
    const guess = asUtc - this.#offsetOf(asUtc);
    // Near a change to or from summer time the first guess may be on its other side.
    return asUtc - this.#offsetOf(guess);
  }
}

function offsetsOf(timeZone: string): OffsetOf {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const known = new Map<number, number>();
  return (at) => {
    // No zone changes its clocks but at a quarter of an hour.
    const quarter = Math.floor(at / (15 * MINUTE));
    const before = known.get(quarter);
    if (before !== undefined) return before;
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    const ahead = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE;
    const offset = sign === '-' ? -ahead : ahead;
    known.set(quarter, offset);
    return offset;
  };
}
