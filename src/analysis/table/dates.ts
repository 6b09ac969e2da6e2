const ISO = /^(\d{4}-\d\d-\d\d)(?:[t ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s*(z|[+-]\d\d:?\d\d)?)?$/;
const WITH_POINTS = /^(\d\d?)\.(\d\d?)\.(\d{4})(?:,?\s+(\d\d:\d\d(?::\d\d)?))?$/;
/** With an hour of twelve too, as programs write it that have the month first. */
const WITH_SLASHES = /^(\d\d?)([/-])(\d\d?)\2(\d{4})(?:,?\s+(\d\d?)(:\d\d(?::\d\d)?)\s*([ap]m)?)?$/;

/** Which number of `03/04/2026` is the day: one such date does not say, the others of its column do. */
export type DateOrder = 'day-first' | 'month-first';

/**
 * Reads a day or a time as CRMs export it, `2026-03-31`, `2026-03-31 09:30`, `31.03.2026` or, in this order, `31/03/2026`, into
 * milliseconds since 1970; UTC unless it says otherwise. Undefined for all else.
 * @param text in lower case, without surrounding blanks.
 */
export function parseDate(text: string, order: DateOrder): number | undefined {
  const [, date, clock, zone] = ISO.exec(text) ?? [];
  if (date !== undefined) return timeOf(date, clock, zone);
  const [, day, month, year, time] = WITH_POINTS.exec(text) ?? [];
  if (day !== undefined && month !== undefined && year !== undefined) return timeOf(dateOf(year, month, day), time);
  return parseSlashes(text, order);
}

function parseSlashes(text: string, order: DateOrder): number | undefined {
  const [, first, , second, year, hour, minutes, half] = WITH_SLASHES.exec(text) ?? [];
  if (first === undefined || second === undefined || year === undefined) return undefined;
  const date = order === 'day-first' ? dateOf(year, second, first) : dateOf(year, first, second);
  if (hour === undefined) return timeOf(date);
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'pm' ? 12 : 0);
  return half !== undefined && Number(hour) > 12
    ? undefined
    : timeOf(date, `${String(hours).padStart(2, '0')}${minutes}`);
}

const dateOf = (year: string, month: string, day: string) =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;

function timeOf(date: string, clock = '00:00', zone = 'z'): number | undefined {
  const midnight = Date.parse(`${date}T00:00Z`);
  // 30 February would be read as 2 March.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) return undefined;
  const written = zone === 'z' ? 'Z' : zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const time = Date.parse(`${date}T${clock}${written}`);
  return Number.isNaN(time) ? undefined : time;
}
