import type { DriftPart } from './drift.ts';

/**
 * Numbers in parts of about equally many leads as they were before, at most so many. Those that are NaN are nothing known, and a part of
 * their own where there are any.
 */
export function numberParts(earlier: Float64Array, now: Float64Array, most: number): DriftPart[] {
  const begins = beginsOf(earlier, most);
  // Of whole numbers people say `10 to 19`.
  const isWhole = [earlier, now].every((values) =>
    values.every((value) => Number.isNaN(value) || Number.isInteger(value)),
  );
  const [first = 0, ...others] = begins;
  const parts = begins.map((begin, place) => ({
    label: labelOf(begin, begins[place + 1], { isFirst: place === 0, isWhole }),
    earlier: 0,
    now: 0,
  }));
  const unknown = { label: 'nothing known', earlier: 0, now: 0 };
  const count = (when: 'earlier' | 'now', value: number) => {
    const part = Number.isNaN(value)
      ? unknown
      : parts[
          Math.max(
            begins.findLastIndex((begin) => begin <= value),
            0,
          )
        ];
    if (part !== undefined) part[when] += 1;
  };
  for (const value of earlier) count('earlier', value);
  for (const value of now) count('now', value);
  // All the same number then: what differs now lies above or below it.
  const split = others.length === 0 ? aroundOne(first, earlier, now) : parts;
  return unknown.earlier + unknown.now > 0 ? [...split, unknown] : split;
}

/** From where each part goes, ascending. */
function beginsOf(values: Float64Array, most: number): number[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const begins = Array.from({ length: most }, (_, part) => sorted[Math.floor((part * sorted.length) / most)] ?? 0);
  return [...new Set(begins)];
}

function aroundOne(value: number, earlier: Float64Array, now: Float64Array): DriftPart[] {
  const part = (label: string, isIn: (each: number) => boolean): DriftPart => ({
    label,
    earlier: earlier.filter(isIn).length,
    now: now.filter(isIn).length,
  });
  return [
    part(`below ${text(value)}`, (each) => each < value),
    part(text(value), (each) => each === value),
    part(`above ${text(value)}`, (each) => each > value),
  ];
}

interface LabelOptions {
  readonly isFirst: boolean;
  readonly isWhole: boolean;
}

function labelOf(begin: number, next: number | undefined, { isFirst, isWhole }: LabelOptions): string {
  if (isFirst) return next === undefined ? text(begin) : `below ${text(next)}`;
  if (next === undefined) return `${text(begin)} and more`;
  if (!isWhole) return `${text(begin)} to below ${text(next)}`;
  return next - begin > 1 ? `${text(begin)} to ${text(next - 1)}` : text(begin);
}

const text = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 2 });
