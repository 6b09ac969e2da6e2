import { HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import { table } from '../../src/cli/print.ts';
import { afterWarmUp, FEWEST, growthOf, type Sample } from './slope.ts';

/** One thing that must hold at the end, and what was found of it. */
export interface Check {
  readonly what: string;
  readonly held: boolean;
  readonly found: string;
  readonly allowed: string;
  /** What there is more to be said, a line each. */
  readonly details?: readonly string[];
}

export interface FlatOptions {
  /** Milliseconds at the beginning that do not count. */
  readonly warmUp: number;
  /** How much it may grow over the stretch that is measured, as a share of the mean. */
  readonly share: number;
  readonly unit: string;
  /** What a value is divided by for people: 2 ** 20 for bytes. */
  readonly per?: number;
  /** So much it may grow however little it is. */
  readonly atLeast?: number;
}

/** That something does not grow: too few samples show nothing, and hold nothing. It may shrink. */
export function flat(
  what: string,
  samples: readonly Sample[],
  { warmUp, share, unit, per = 1, atLeast = 0 }: FlatOptions,
): Check {
  const measured = afterWarmUp(samples, warmUp);
  const growth = growthOf(measured);
  const orElse = atLeast > 0 ? `, or ${(atLeast / per).toFixed(0)} ${unit},` : '';
  const allowed = `at most ${percent(share)}${orElse} in the time measured`;
  if (growth === undefined)
    return { what, held: false, found: `${measured.length} samples, too few to tell (${FEWEST})`, allowed };
  const { perHour, mean, stretch } = growth;
  const found = [
    `${percent(growth.share)} in ${span(stretch)}`,
    `${signed(perHour / per)} ${unit} an hour at ${(mean / per).toFixed(1)} ${unit}`,
    `${growth.samples} samples`,
  ].join(', ');
  return { what, held: growth.share <= Math.max(share, atLeast / mean), found, allowed };
}

/** That there is no more of something at rest than there was at rest before; `more` is what may have been made once since. */
export function noMore(what: string, before: number | undefined, after: number | undefined, more: number): Check {
  const allowed = before === undefined ? 'known before' : `at most ${before + more}, as ${before} before`;
  const isKnown = before !== undefined && after !== undefined;
  return { what, held: isKnown && after <= before + more, found: String(after ?? 'not known'), allowed };
}

const MOST_DETAILS = 10;

/** That there is nothing of a kind; the first of what there is are told. */
export function none(what: string, things: readonly string[]): Check {
  const found = things.length === 0 ? 'none' : String(things.length);
  return { what, held: things.length === 0, found, allowed: 'none', details: things.slice(0, MOST_DETAILS) };
}

/** That all of so many are as they must be; the first of those that are not are told. None at all shows nothing. */
export function all(what: string, of: number, bad: readonly string[]): Check {
  const found = `${of - bad.length} of ${of}`;
  const held = bad.length === 0 && of > 0;
  return { what, held, found, allowed: 'all, and some', details: bad.slice(0, MOST_DETAILS) };
}

export function atMost(what: string, value: number, most: number, unit: string): Check {
  const held = Number.isFinite(value) && value <= most;
  return { what, held, found: `${value.toFixed(0)} ${unit}`, allowed: `at most ${most} ${unit}` };
}

/** For people: what holds, and what does not. */
export function checksTable(checks: readonly Check[]): string {
  const rows = checks.map(({ what, held, found, allowed }) => [held ? 'held' : 'NOT HELD', what, found, allowed]);
  const [heading = '', ...lines] = table([['', 'WHAT', 'FOUND', 'ALLOWED'], ...rows]);
  const told = checks.flatMap(({ details = [] }, place) => [
    lines[place] ?? '',
    ...details.map((one) => `          ${one}`),
  ]);
  const held = checks.filter((check) => check.held).length;
  return [heading, ...told, '', `${held} of ${checks.length} held`].join('\n');
}

const percent = (share: number) => `${(share * 100).toFixed(1)}%`;

const signed = (value: number) => `${value > 0 ? '+' : ''}${value.toFixed(1)}`;

function span(ms: number): string {
  if (ms >= HOUR) return `${(ms / HOUR).toFixed(1)} h`;
  return ms >= 2 * MINUTE ? `${(ms / MINUTE).toFixed(0)} min` : `${(ms / SECOND).toFixed(0)} s`;
}
