/** A time as people of a time zone tell it: `Mon 16 Nov, 10:05 (Europe/Berlin)`, or `Mon 16 Nov, 09:05 UTC`. The same on every machine. */
export function zonedText(at: number, timeZone = 'UTC'): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  // British English writes "Sept", and nobody else does.
  const day = `${part('weekday')} ${part('day')} ${part('month').slice(0, 3)}`;
  const zone = timeZone === 'UTC' ? 'UTC' : `(${timeZone})`;
  return `${day}, ${part('hour')}:${part('minute')} ${zone}`;
}
