const PATTERN = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/** A day, or a time of a day, in ISO 8601, read into milliseconds since 1970; undefined where it is none. UTC unless it says otherwise. */
export function parseInstant(text: string): number | undefined {
  const [, day, clock = '00:00', zone = 'Z'] = PATTERN.exec(text.trim()) ?? [];
  if (day === undefined) return undefined;
  // 30 February would be read as 2 March.
  const midnight = new Date(`${day}T00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return undefined;
  const time = Date.parse(`${day}T${clock}${zone}`);
  return Number.isNaN(time) ? undefined : time;
}
