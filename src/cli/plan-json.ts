import type { ModelReport } from '../analysis/model-report.ts';
import type { PlanReport } from './plan-words.ts';
import { isoTime } from './print.ts';

/** The figures of the first model at the top; with several, those of each by its id beside them, and those of holdouts by the id of the challenger. */
export function planJson({ at, sampleOf, models, holdouts = [] }: PlanReport): Record<string, unknown> {
  const [first] = models;
  return {
    at: isoTime(at),
    ...(sampleOf === undefined ? {} : { sampleOf }),
    ...(first === undefined ? {} : first),
    ...(models.length > 1 ? { models: byId(models) } : {}),
    ...(holdouts.length > 0 ? { holdouts: byId(holdouts) } : {}),
  };
}

function byId(models: readonly ModelReport[]): Record<string, ModelReport> {
  return Object.fromEntries(models.map((report) => [report.model, report]));
}
