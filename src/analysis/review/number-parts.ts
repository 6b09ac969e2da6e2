import { numberSteps } from '../table/number-steps.ts';
import type { DriftPart } from './drift.ts';

export interface NumberPartsOptions {
  /** How many parts about; one more for each number that very many leads have. */
  readonly most: number;
  /** How many leads a part has at least, of both groups together. */
  readonly least: number;
  /** How many leads must have a number for it to be told where it is not round; 0 for numbers that are ours. */
  readonly named: number;
}

/**
 * Numbers in parts of about equally many leads of both groups together, so that neither group alone chooses where they end. Those that are
 * NaN are nothing known, and a part of their own where there are any.
 */
export function numberParts(earlier: Float64Array, now: Float64Array, options: NumberPartsOptions): DriftPart[] {
  const known = Float64Array.from([...earlier, ...now].filter((value) => !Number.isNaN(value)));
  const counted = (label: string, isIn: (value: number) => boolean): DriftPart => ({
    label,
    earlier: earlier.filter(isIn).length,
    now: now.filter(isIn).length,
  });
  const all = [...partsOf(known, options), { label: 'nothing known', isIn: Number.isNaN }];
  return all.map(({ label, isIn }) => counted(label, isIn)).filter((part) => part.earlier + part.now > 0);
}

interface NumberPart {
  readonly label: string;
  isIn(value: number): boolean;
}

function partsOf(known: Float64Array, { most, least, named }: NumberPartsOptions): NumberPart[] {
  const steps = numberSteps(known, most - 1, least).filter(({ atLeast }) => mayTell(atLeast, known, named));
  const [lowest = 0] = known.toSorted();
  const [first] = steps;
  if (first === undefined) {
    const isOne = known.length >= named && known.every((value) => value === lowest);
    return [{ label: isOne ? text(lowest) : 'filled in', isIn: (value) => !Number.isNaN(value) }];
  }
  // Of whole numbers people say `10 to 19`.
  const isWhole = known.every(Number.isInteger);
  const parts = steps.map(({ atLeast }, place): NumberPart => {
    const next = steps[place + 1]?.atLeast;
    return {
      label: labelOf(atLeast, next, isWhole),
      isIn: (value) => value >= atLeast && value < (next ?? Number.POSITIVE_INFINITY),
    };
  });
  const { atLeast, isLowest } = first;
  const below = { label: isLowest ? text(lowest) : `below ${text(atLeast)}`, isIn: (value: number) => value < atLeast };
  return [below, ...parts];
}

/** Such as 137, 1,400 or 25,500,000. Longer ones may be telephone numbers. */
const ROUND_DIGITS = 3;

/** Where a part ends stands on the page. */
function mayTell(step: number, known: Float64Array, named: number): boolean {
  const isRound = Number(step.toPrecision(ROUND_DIGITS)) === step;
  return isRound || known.filter((value) => value === step).length >= named;
}

function labelOf(begin: number, next: number | undefined, isWhole: boolean): string {
  if (next === undefined) return `${text(begin)} and more`;
  if (!isWhole) return `${text(begin)} to below ${text(next)}`;
  return next - begin > 1 ? `${text(begin)} to ${text(next - 1)}` : text(begin);
}

const text = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 2 });
