import { PSI_MARKS, psi, psiByChance } from '../statistics/psi.ts';

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
  /** What nineteen of twenty such pairs stay below though nothing has moved. */
  readonly chance?: number;
  /** None where what was before is not known. */
  readonly parts: readonly DriftPart[];
  /** The place of the part that moved most. */
  readonly most?: number;
}

/** With fewer, anything may have moved by chance. */
const FEWEST_LEADS = 30;

export function driftOf(parts: readonly DriftPart[]): Drift {
  const earlier = parts.map((part) => part.earlier);
  const now = parts.map((part) => part.now);
  if (Math.min(sum(earlier), sum(now)) < FEWEST_LEADS) return { word: 'too few leads', parts };
  const index = psi(earlier, now);
  const chance = psiByChance(earlier, now);
  const most = index > 0 ? mostMoved(parts) : undefined;
  return { word: wordOf(index, chance), psi: index, chance, parts, ...(most !== undefined && { most }) };
}

function wordOf(index: number, chance: number): DriftWord {
  if (index < PSI_MARKS.shifted) return 'steady';
  if (index <= chance) return 'may be chance';
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
