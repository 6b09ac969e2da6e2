const ISO = /^(\d{4}-\d\d-\d\d)(?:[t ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s*(z|[+-]\d\d:?\d\d)?)?$/;
const WITH_POINTS = /^(\d\d?)\.(\d\d?)\.(\d{4})(?:,?\s+(\d\d:\d\d(?::\d\d)?))?$/;

/**
 * Reads a day or a time as CRMs export it, `2026-03-31`, `2026-03-31 09:30` or `31.03.2026`, into milliseconds since 1970; UTC unless it
 * says otherwise. Undefined for all else: of `03/04/2026` nobody can tell which is the month.
 * @param text in lower case, without surrounding blanks.
 */
export function parseDate(text: string): number | undefined {
  const [, date, clock, zone] = ISO.exec(text) ?? [];
  if (date !== undefined) return timeOf(date, clock, zone);
  const [, day, month, year, time] = WITH_POINTS.exec(text) ?? [];
  if (day === undefined || month === undefined || year === undefined) return undefined;
  return timeOf(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, time, undefined);
}

function timeOf(date: string, clock = '00:00', zone = 'z'): number | undefined {
  const midnight = Date.parse(`${date}T00:00Z`);
  // 30 February would be read as 2 March.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) return undefined;
  const written = zone === 'z' ? 'Z' : zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const time = Date.parse(`${date}T${clock}${written}`);
  return Number.isNaN(time) ? undefined : time;
}
