import { redactText } from '../../base/log.ts';
import { cleanText } from '../clean-text.ts';
import { BEYOND, type Column } from '../table/column.ts';
import { isNoAnswer } from '../table/no-answer.ts';
import type { DriftPart } from './drift.ts';
import { numberParts } from './number-parts.ts';

/** More would be too few leads each. */
const MOST_PARTS = 10;
const NUMBER_PARTS = 5;
/** What fewer leads have, such as a surname or a telephone number, would tell who they are. */
const NAMED_FROM = 10;
const LONGEST_LABEL = 60;

/**
 * What a field held of two groups of leads: its commonest values, numbers in stretches, and of what differs from lead to lead, such as names
 * and dates, whether it is filled in. No value is told that few leads have, nor any with an e-mail address.
 */
export function columnParts(earlier: Column, now: Column): DriftPart[] {
  const counts = { earlier: countsOf(earlier), now: countsOf(now) };
  const filled = filledOf(counts.earlier) + filledOf(counts.now);
  const numbers = [earlier, now].map((column) => numbersOf(column));
  const [numbersEarlier, numbersNow] = numbers;
  const read = numbers.reduce((sum, each) => sum + (each?.filter((value) => !Number.isNaN(value)).length ?? 0), 0);
  if (numbersEarlier !== undefined && numbersNow !== undefined && read > filled / 2) {
    return numberParts(numbersEarlier, numbersNow, { most: NUMBER_PARTS, least: NAMED_FROM, named: NAMED_FROM });
  }
  const labels = new Set([...counts.earlier.byValue.keys(), ...counts.now.byValue.keys()]);
  const isFree =
    earlier.times !== undefined || now.times !== undefined || [counts.earlier, counts.now].some(differFromLeadToLead);
  const named = isFree ? [] : commonest(labels, counts);
  const rest = (when: 'earlier' | 'now') => filledOf(counts[when]) - named.reduce((sum, part) => sum + part[when], 0);
  const others = { label: named.length === 0 ? 'filled in' : 'others', earlier: rest('earlier'), now: rest('now') };
  const empty = { label: 'nothing known', earlier: counts.earlier.empty, now: counts.now.empty };
  return [...named, others, empty].filter((part) => part.earlier + part.now > 0);
}

interface Counts {
  readonly byValue: ReadonlyMap<string, { readonly count: number; readonly written: string }>;
  /** Those whose value was not kept. */
  readonly beyond: number;
  readonly empty: number;
}

function countsOf({ codes, values, written }: Column): Counts {
  const byCode = new Uint32Array(values.length);
  let beyond = 0;
  for (const code of codes) {
    if (code === BEYOND) beyond += 1;
    else byCode[code] = (byCode[code] ?? 0) + 1;
  }
  const byValue = new Map<string, { count: number; written: string }>();
  let empty = 0;
  for (const [code, value] of values.entries()) {
    const count = byCode[code] ?? 0;
    if (isNoAnswer(value)) empty += count;
    else if (count > 0) byValue.set(value, { count, written: written[code] ?? value });
  }
  return { byValue, beyond, empty };
}

function differFromLeadToLead(counts: Counts): boolean {
  const { size } = counts.byValue;
  return size > MOST_PARTS && size > filledOf(counts) / 2;
}

function filledOf({ byValue, beyond }: Counts): number {
  return [...byValue.values()].reduce((sum, { count }) => sum + count, beyond);
}

/** A column without any number has none of them read. */
function numbersOf({ numbers, codes, values }: Column): Float64Array | undefined {
  if (numbers !== undefined) return numbers;
  const isEmpty = codes.every((code) => isNoAnswer(values[code] ?? 'beyond'));
  return isEmpty ? new Float64Array(codes.length).fill(Number.NaN) : undefined;
}

function commonest(labels: ReadonlySet<string>, { earlier, now }: { earlier: Counts; now: Counts }): DriftPart[] {
  const parts = [...labels].map((value) => ({
    label: (now.byValue.get(value) ?? earlier.byValue.get(value))?.written ?? value,
    earlier: earlier.byValue.get(value)?.count ?? 0,
    now: now.byValue.get(value)?.count ?? 0,
  }));
  const inAll = ({ earlier: before, now: after }: DriftPart) => before + after;
  return parts
    .filter((part) => inAll(part) >= NAMED_FROM && redactText(part.label) === part.label)
    .sort((one, other) => inAll(other) - inAll(one) || (one.label < other.label ? -1 : 1))
    .slice(0, MOST_PARTS)
    .map((part) => ({ ...part, label: cleanText(part.label, LONGEST_LABEL) }));
}
