import { chanceOfParts } from '../statistics/chi-square.ts';
import { credible } from '../statistics/credible.ts';
import { PSI_MARKS, psi } from '../statistics/psi.ts';

/** A part of what is looked at, such as a country, and how many leads were in it. */
export interface DriftPart {
  readonly label: string;
  readonly earlier: number;
  readonly now: number;
}

/** What an index says: by the marks of 0.1 and 0.25, and only where chance is ruled out; else why there is none. */
export type DriftWord = 'steady' | 'may be chance' | 'shifted' | 'much shifted' | 'too few leads' | 'past unknown';

/** How far something moved between two groups of leads. */
export interface Drift {
  readonly word: DriftWord;
  /** The population stability index; absent where there are too few leads, or what was before is not known. */
  readonly psi?: number;
  /** How likely chance alone parts the two groups as far; absent where the index is. */
  readonly p?: number;
  /** None where the index is absent. */
  readonly parts: readonly DriftPart[];
  /** The place of the part that moved most. */
  readonly most?: number;
}

/** With fewer, anything may have moved by chance. */
const FEWEST_LEADS = 30;

/**
 * How far each of several things moved. Whether chance is ruled out is asked of all together: each at 5% for itself, one of twenty fields
 * would have shifted by chance in every review.
 * @param all the parts of each; undefined where what was before is not known.
 */
export function driftsOf(all: readonly (readonly DriftPart[] | undefined)[]): Drift[] {
  const measured = all.map((parts) => parts && measure(parts));
  const isApart = credible(measured.map((each) => (typeof each === 'object' ? each.p : Number.NaN)));
  return measured.map((each, place): Drift => {
    if (each === undefined) return { word: 'past unknown', parts: [] };
    // Of a handful of leads the parts would almost name them.
    if (each === 'too few') return { word: 'too few leads', parts: [] };
    return { word: wordOf(each.psi, isApart[place] === true), ...each };
  });
}

type Measured = Omit<Drift, 'word'> & Required<Pick<Drift, 'psi' | 'p'>>;

function measure(parts: readonly DriftPart[]): Measured | 'too few' {
  const earlier = parts.map((part) => part.earlier);
  const now = parts.map((part) => part.now);
  if (Math.min(sum(earlier), sum(now)) < FEWEST_LEADS) return 'too few';
  const index = psi(earlier, now);
  const most = index > 0 ? mostMoved(parts) : undefined;
  return { psi: index, p: chanceOfParts(earlier, now), parts, ...(most !== undefined && { most }) };
}

function wordOf(index: number, isApart: boolean): DriftWord {
  if (index < PSI_MARKS.shifted) return 'steady';
  if (!isApart) return 'may be chance';
  return index < PSI_MARKS.muchShifted ? 'shifted' : 'much shifted';
}

const ROUNDING = 1e-9;

/** The part of which the share moved most: what people see, while the index also counts how rare it was. */
function mostMoved(parts: readonly DriftPart[]): number {
  const earlier = sum(parts.map((part) => part.earlier));
  const now = sum(parts.map((part) => part.now));
  const moves = parts.map((part) => Math.abs(part.now / now - part.earlier / earlier));
  // Of two parts, what the one loses the other gains.
  const largest = Math.max(...moves);
  return moves.findIndex((move) => move > largest - ROUNDING);
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
