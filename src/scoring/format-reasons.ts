import type { Reason, Score } from './score.ts';

/**
 * Why a lead's score and standing are what they are, as text for the CRM, one line each: first what gives no points but
 * decides, `Set by hand: not for sales` and `Ruled out: company too small`, then the reasons as `formatReasons` gives them.
 * `parseReasons` reads it back.
 */
export function reasonsText(
  { override, disqualifications, reasons }: Pick<Score, 'override' | 'disqualifications' | 'reasons'>,
  maxLength: number,
): string {
  const decisive = [
    ...(override === undefined
      ? []
      : [override === 'qualified' ? 'Set by hand: ready for sales' : 'Set by hand: not for sales']),
    ...[...new Set(disqualifications.map(({ why }) => `Ruled out: ${why}`))].sort(),
  ];
  const lines: string[] = [];
  let left = maxLength;
  for (const line of decisive) {
    if (line.length > left) break;
    lines.push(line);
    left -= line.length + 1;
  }
  const points = formatReasons(reasons, left);
  return (points === '' ? lines : [...lines, points]).join('\n');
}

/**
 * The reasons as text for the CRM, one a line, strongest first: `+18 Pricing page (3 times, last 2 Nov 2026)`. A criterion
 * is one line, net of its decay and cap. The points of the lines add up to the score; what does not fit into `maxLength`
 * (UTF-16 code units) is summed up in a last line. Holds nothing of the person but what they did and when.
 */
export function formatReasons(reasons: readonly Reason[], maxLength: number): string {
  const lines = netLines(reasons).sort(byStrength);
  const texts = lines.map(({ points, text }) => `${signed(points)} ${text}`);
  const whole = texts.join('\n');
  if (whole.length <= maxLength) return whole;
  let length = whole.length;
  let left = 0;
  for (let kept = lines.length - 1; kept >= 0; kept--) {
    length -= (texts[kept]?.length ?? 0) + (kept > 0 ? 1 : 0);
    left += lines[kept]?.points ?? 0;
    const closing = `… and ${lines.length - kept} more: ${signed(left)}`;
    if (length + (kept > 0 ? 1 : 0) + closing.length <= maxLength) return [...texts.slice(0, kept), closing].join('\n');
  }
  return '';
}

interface Line {
  readonly points: number;
  readonly text: string;
}

/** A line for each criterion, cap and floor that makes a difference in the end. */
function netLines(reasons: readonly Reason[]): Line[] {
  const points = new Map<string, number>();
  const texts = new Map<string, string>();
  for (const reason of reasons) {
    const key = lineOf(reason);
    points.set(key, (points.get(key) ?? 0) + reason.points);
    const text = textOf(reason);
    if (text !== undefined) texts.set(key, text);
  }
  return [...points].flatMap(([key, net]) => (net === 0 ? [] : [{ points: net, text: texts.get(key) ?? '' }]));
}

/** The line to which a reason belongs: its criterion's, or one of its own. */
function lineOf({ kind, dimension, id }: Reason): string {
  const shared = kind === 'decay' || kind === 'criterion-cap' ? 'criterion' : kind;
  return `${shared} ${dimension} ${id}`;
}

/** Undefined for what only changes the points of its criterion's line. */
function textOf(reason: Reason): string | undefined {
  switch (reason.kind) {
    case 'criterion':
      return reason.label + occurrences(reason);
    case 'group-cap':
    case 'dimension-cap':
      return `${reason.label} capped at ${reason.points < 0 ? '' : '-'}${reason.limit ?? 0}`;
    case 'floor':
      return `${reason.label} is at least ${reason.limit ?? 0}`;
    case 'decay':
    case 'criterion-cap':
      return undefined;
  }
}

function occurrences({ count, last }: Reason): string {
  if (count === undefined || last === undefined) return '';
  return count === 1 ? ` (${day(last)})` : ` (${count} times, last ${day(last)})`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Such as `2 Nov 2026`, in UTC and the same in every locale. */
function day(time: number): string {
  const date = new Date(time);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

function byStrength(one: Line, other: Line): number {
  return (
    Math.abs(other.points) - Math.abs(one.points) ||
    other.points - one.points ||
    (one.text < other.text ? -1 : Number(one.text > other.text))
  );
}

/** Such as `+18` and `-5`. */
function signed(points: number): string {
  return points < 0 ? String(points) : `+${points}`;
}
