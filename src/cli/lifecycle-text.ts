import { durationText } from '../base/duration-text.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { Score } from '../scoring/score.ts';
import { hanging } from './explain-hanging.ts';
import type { Explanation } from './explanation.ts';
import { gapText, isRuledOut } from './gate-gaps.ts';
import { timeText } from './print.ts';

/** Whether a subscriber is a lead, in a line; nothing where the model has no gates for that, or more is said elsewhere. */
export function leadText({ leadGates }: CompiledModel, score: Score): string[] {
  if (leadGates === undefined || score.mql || isRuledOut(score) || score.override === 'disqualified') return [];
  if (score.lead) return ['lead: yes'];
  const gaps = (['fit', 'engagement'] as const).flatMap((dimension) => {
    const gate = leadGates[dimension] ?? Number.NEGATIVE_INFINITY;
    return score[dimension] < gate ? [gapText({ dimension, score: score[dimension], gate })] : [];
  });
  return [hanging(`lead: not yet, ${gaps.join(', ')}`, 0)];
}

/** The nurture series that lead there by what was done, the one of the last first. */
export function seriesOf({ nurture }: Score): string[] {
  return [...new Set(nurture.map(({ rule }) => rule).toReversed())];
}

/** What leads into nurture series, and when an MQL would go back to marketing. */
export function lifecycleLines({ model, score }: Explanation): string[] {
  const lines = [
    ...leadText(model, score),
    ...score.nurture.map(({ rule, activity: { name, type, at } }) => {
      const what = name ?? type;
      return `nurture: ${what === rule ? rule : `${rule} (${what})`} on ${timeText(at)}, unless sales have it`;
    }),
    ...coldLines(model, score),
  ];
  return lines.map((line) => hanging(line, 2));
}

function coldLines({ recycle }: CompiledModel, { cold }: Score): string[] {
  if (cold === undefined || recycle === undefined) return [];
  const { since, recycleAt } = cold;
  return [
    `cold: engagement below ${recycle.below} since ${timeText(since)}; after ${durationText(recycle.for)} of that, on ${timeText(recycleAt)}, an MQL that sales do not work goes back to marketing`,
  ];
}
