import { durationText } from '../base/duration-text.ts';
import type { Dimension, Group } from '../scoring/compiled-model.ts';
import type { Decay } from '../scoring/decay.ts';
import type { DimensionName, Reason } from '../scoring/score.ts';
import type { Explanation } from './explanation.ts';
import { fold, signed, timeText } from './print.ts';

/** The reasons of a dimension, group by group in the order of the model, each with what caps and time took away. */
export function reasonLines({ model, score, silences }: Explanation, name: DimensionName): string[] {
  const dimension = model.dimensions[name];
  const reasons = score.reasons.filter((reason) => reason.dimension === name);
  const since = new Map(silences.map(({ criterion, from }) => [criterion, from]));
  const lines = [
    ...dimension.groups.flatMap((group) => groupLines(group, reasons, since)),
    ...reasons
      .filter(({ kind }) => kind === 'dimension-cap' || kind === 'floor')
      .map((reason) => ofDimension(reason, dimension)),
  ];
  return lines.length === 0 ? ['  nothing scores'] : lines;
}

function groupLines(group: Group, reasons: readonly Reason[], since: ReadonlyMap<string, number>): string[] {
  const ids = new Map(group.criteria.map((criterion) => [criterion.id, criterion]));
  const own = reasons.filter(({ kind, id }) =>
    kind === 'group-cap' ? id === group.name : isOfCriterion(kind) && ids.has(id),
  );
  if (own.length === 0) return [];
  const total = own.reduce((sum, { points }) => sum + points, 0);
  return [
    `  ${group.name}: ${signed(total)}`,
    ...own.map((reason) => line(reason.points, textOf(reason, ids.get(reason.id)?.counting?.decay, since))),
  ];
}

const isOfCriterion = (kind: Reason['kind']) => kind === 'criterion' || kind === 'decay' || kind === 'criterion-cap';

function ofDimension({ kind, points, limit = 0 }: Reason, { label }: Dimension): string {
  const text = kind === 'floor' ? `${label} is never below ${limit}` : `${label} is never above ${limit}`;
  return `  ${signed(points).padStart(4)}  ${text}`;
}

function textOf(
  { kind, id, label, count, last, limit = 0, points }: Reason,
  decay: Decay | undefined,
  since: ReadonlyMap<string, number>,
): string {
  const bound = points < 0 ? `no more than ${limit}` : `no less than -${limit}`;
  switch (kind) {
    case 'decay':
      return decay === undefined ? 'faded' : `faded: ${fading(decay)}`;
    case 'criterion-cap':
      return `${label}: ${bound}`;
    case 'group-cap':
      return `${label} together: ${bound}`;
    default: {
      const from = since.get(id);
      return from === undefined ? label + occurrences(count, last) : `${label}: inactive since ${timeText(from)}`;
    }
  }
}

function fading(decay: Decay): string {
  return decay.kind === 'half-life'
    ? `half of it is gone in ${durationText(decay.halfLife)}`
    : `${decay.percent}% of what it was goes every ${durationText(decay.every)}`;
}

function occurrences(count: number | undefined, last: number | undefined): string {
  if (count === undefined || last === undefined) return '';
  return count === 1 ? `, ${timeText(last)}` : `, ${count} times, last on ${timeText(last)}`;
}

/** Points stand under points. */
function line(points: number, text: string): string {
  return `    ${signed(points).padStart(4)}  ${fold(text, 10).trimStart()}`;
}
