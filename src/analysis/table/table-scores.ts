import { ConfigError } from '../../base/errors.ts';
import type { ColumnFacts } from '../leakage.ts';
import { auc } from '../statistics/auc.ts';
import type { Column } from './column.ts';
import type { Outcomes } from './outcome.ts';

export interface TableScores {
  /** The points of each lead that has some, those of several columns added up. */
  readonly scores: Float64Array;
  /** The leads that have points in every column. */
  readonly outcomes: Outcomes;
  /** Leads without points in one of the columns, and how many of them bought: they are left out. */
  readonly unscored: { readonly leads: number; readonly buyers: number };
}

/** Reads the points that a table gives its leads. @throws ConfigError where a column holds no numbers, or no lead has points in all. */
export function tableScores(columns: readonly Column[], outcomes: Outcomes, file: string): TableScores {
  const fail = (message: string) => new ConfigError([{ file, message }]);
  for (const { name, numbers } of columns) {
    if (numbers === undefined) throw fail(`the score ${JSON.stringify(name)} holds no numbers`);
  }
  const pointsOf = (row: number) => columns.reduce((sum, { numbers }) => sum + (numbers?.[row] ?? Number.NaN), 0);
  const points = Float64Array.from(outcomes.rows, pointsOf);
  const isScored = (_: number, lead: number) => !Number.isNaN(points[lead]);
  const scores = points.filter(isScored);
  if (scores.length === 0) throw fail('no lead has points in every column of the score');
  const bought = outcomes.bought.filter(isScored);
  return {
    scores,
    outcomes: { rows: outcomes.rows.filter(isScored), bought, open: outcomes.open },
    unscored: { leads: points.length - scores.length, buyers: buyersAmong(outcomes.bought) - buyersAmong(bought) },
  };
}

/** What each column of points tells alone, of leads that have points in all: that it is called a score is no news of it. */
export function scoreFacts(columns: readonly Column[], { rows, bought }: Outcomes): ColumnFacts[] {
  return columns.map(({ name, numbers }) => ({
    name,
    auc: auc(
      Float64Array.from(rows, (row) => numbers?.[row] ?? Number.NaN),
      bought,
    ),
    isQuestion: true,
  }));
}

const buyersAmong = (bought: Uint8Array) => bought.reduce((sum, one) => sum + one, 0);
