import type { History } from '../history.ts';
import type { Column } from './column.ts';
import { type Asked, columnFeatures, type FeatureLimits } from './column-features.ts';
import { dimensionOf } from './dimension-of.ts';
import { featureId } from './feature-id.ts';
import type { Outcomes } from './outcome.ts';

export interface TableHistoryOptions {
  readonly outcomes: Outcomes;
  /** The columns to look at: neither the outcome nor what was filled in after it. */
  readonly columns: readonly Column[];
  /** When each lead came, where a column says so. */
  readonly date: Column | undefined;
}

/** More take long and are looked through by nobody: those that hold for hardly any lead, or for nearly all, go first. */
const MOST_FEATURES = 500;

/**
 * What a table tells of its leads, in questions that a model could ask. No outcome is looked at for that, so that what the features are
 * found to be worth may be cross-validated on the same leads.
 */
export function tableHistory({ outcomes: { rows, bought }, columns, date }: TableHistoryOptions): History {
  const limits = limitsFor(rows.length);
  const found = columns.flatMap((column) =>
    columnFeatures(column, rows, limits).map((asked) => ({ ...asked, source: column.name })),
  );
  const kept = mostTelling(found, rows.length);
  const taken = new Set<string>();
  return {
    bought,
    at: Float64Array.from(rows, (row) => date?.times?.[row] ?? Number.NaN),
    features: kept.map(({ name, when, source }) => ({
      id: featureId(name, taken),
      name: shortened(name),
      source,
      dimension: dimensionOf(source),
      when,
    })),
    leadsOf: kept.map(({ leads }) => leads),
  };
}

/** The less data, the coarser the questions. */
export function limitsFor(leads: number): FeatureLimits {
  return {
    least: Math.min(Math.max(30, Math.round(leads * 0.003)), 200),
    steps: Math.min(Math.max(3, Math.round(Math.sqrt(leads) / 8)), 12),
  };
}

function mostTelling<Found extends Asked>(all: readonly Found[], count: number): readonly Found[] {
  if (all.length <= MOST_FEATURES) return all;
  const evenness = ({ leads }: Asked) => Math.min(leads.length, count - leads.length);
  const kept = new Set([...all].sort((one, other) => evenness(other) - evenness(one)).slice(0, MOST_FEATURES));
  return all.filter((one) => kept.has(one));
}

/** A criterion's name may be no longer. */
const LONGEST_NAME = 80;

const shortened = (name: string) => (name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`);
